"""`demo --live`: a real model calls tools in front of whoever typed it, and nothing of it stays behind."""

from __future__ import annotations

import json
import re
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

from inspector.cli import main
from inspector.demo import server
from tests.ui.terminal import Terminal

ANSWER = "It is 12 degrees and rainy in Paris. It is 24 degrees and sunny in Lima."


def code_of(*arguments: str) -> Any:
    with pytest.raises(SystemExit) as left:
        main(["demo", *arguments])
    return left.value.code


def test_both_phases_are_printed(tiny_server: str, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert code_of("--live", "--fast", "--no-tui", "--yes", "--record", str(tmp_path / "demo.sse")) == 0
    events = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert {event["name"] for event in events if event["type"] == "tool_call.done"} == {"get_weather"}
    assert len([event for event in events if event["type"] == "tool_result"]) == 2
    assert [event["synthesis"] for event in events if event["type"] == "synthesis.done"] == [ANSWER]


def test_what_is_asked_can_be_chosen(
    tiny_server: str, capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-CANARY")
    recording = tmp_path / "demo.sse"
    asked = ("--prompt", "What time is it in Rome?")
    assert code_of("--live", "--fast", "--no-tui", "--yes", "--record", str(recording), *asked) == 0
    assert "get_time" in capfd.readouterr().out
    assert "authorization" not in recording.with_suffix(".meta.jsonl").read_text().lower()


USAGE = {
    "options of a run without it": (("--fast",), "add it"),
    "a recording and a run": (("cut", "--live", "--no-tui", "--yes"), "one of the two"),
    "no terminal": (("--live",), "--no-tui"),
    "tools that nobody allowed": (("--live", "--no-tui"), "--yes"),
}


@pytest.mark.parametrize(("arguments", "said"), USAGE.values(), ids=USAGE)
def test_bad_usage_says_what_to_do(
    arguments: tuple[str, ...], said: str, tiny_server: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert code_of(*arguments) == 2
    assert said in capfd.readouterr().err


def test_without_llama_cpp_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(server, "is_installed", lambda: False)
    assert code_of("--live", "--no-tui", "--yes") == 2
    assert "pip install 'stage-inspector[demo]'" in capfd.readouterr().err


def test_in_the_app_it_asks_before_the_tools_run_and_stops_its_server_at_the_end(
    tiny_server: str, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "inspector", "demo", "--live", "--fast", "--record", str(tmp_path / "demo.sse")]
    with Terminal(command, columns=120, rows=34) as terminal:
        terminal.wait_for("May this tool run?")
        terminal.wait_quiet(0.5)  # the question is deaf at first, to keys that were meant for something else
        terminal.send("a")
        terminal.wait_for(ANSWER)
        address = re.search(r"127\.0\.0\.1:(\d+)", terminal.lines[0])
        assert address
        terminal.send("q")
        assert terminal.wait_exit() == 0
        assert f"recorded in {tmp_path / 'demo.sse'}" in "".join(terminal.lines)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", int(address[1])), timeout=2).close()


def test_in_the_app_it_says_that_it_is_slowed(tiny_server: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "inspector", "demo", "--live", "--record", str(tmp_path / "demo.sse")]
    with Terminal(command, columns=120, rows=34) as terminal:
        terminal.wait_for("Slowed to 20 events a second")
        terminal.send("q")
        assert terminal.wait_exit() == 0
