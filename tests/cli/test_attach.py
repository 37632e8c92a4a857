"""`attach --no-tui` on a stage server's envelope, in every form of it: what is printed, recorded, and given back."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from inspector.cli import main
from inspector.live.attach import Watch, attach_source
from inspector.live.connection import DEFAULT_TIMEOUT_S, Connection
from tests.cli.test_command_line import Done
from tests.live.driving import run as run_source
from tests.live.envelope_server import CHAT, RESULTS, TOOLCHAIN, End, EnvelopeServer, Variant, serving, stream
from tests.live.memory_tape import MemoryTape
from tests.live.raw_server import RawServer, answer

VARIANTS: list[Variant] = ["newer", "older", "plain"]
Attach = Callable[..., Done]


@pytest.fixture
def server() -> Iterator[EnvelopeServer]:
    with serving() as state:
        yield state


@pytest.fixture
def attach(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Attach:
    def call(url: str, body: Any = None, *more: str) -> Done:
        sent = [] if body is None else ["--json", json.dumps(body)]
        record = ["--record", str(tmp_path / "run.sse")]
        with pytest.raises(SystemExit) as left:
            main(["attach", "--no-tui", url, *sent, *record, *more])
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        assert isinstance(left.value.code, int)
        return Done(left.value.code, out, err)

    return call


def events(done: Done) -> list[Any]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def exported(path: Path, kind: str) -> bytes:
    command = [sys.executable, "-m", "inspector", "export", str(path), "--to", kind]
    return subprocess.run(command, capture_output=True, timeout=30, check=True).stdout


def states(path: Path) -> list[Any]:
    return [json.loads(line) for line in exported(path, "state").splitlines()]


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_toolchain_is_printed_with_its_calls_results_and_synthesis(
    server: EnvelopeServer, attach: Attach, tmp_path: Path, variant: Variant
) -> None:
    done = attach(server.url + TOOLCHAIN, {"stages": ["A"], "variant": variant})
    assert done.returncode == 0
    (state,) = states(tmp_path / "run.sse")
    assert state["stage"] == ("s1" if variant == "plain" else "A")
    assert [(each["name"], each["arguments"]) for each in state["choices"][0]["tool_calls"]] == [
        ("get_weather", '{"city": "Oslo"}')
    ]
    given = {} if variant == "plain" else RESULTS  # which never says what the tools gave
    assert {each["call_id"]: each["content"] for each in state["tool_results"]} == given
    assert (state["synthesis"], state["phase"]) == ("17 degrees.", "done")
    assert exported(tmp_path / "run.sse", "events") == done.stdout
    assert (tmp_path / "run.sse").read_bytes() == b"".join(stream(TOOLCHAIN, ["A"], variant, "done"))


@pytest.mark.parametrize("variant", ["newer", "older"])
def test_interleaved_stages_keep_apart(
    server: EnvelopeServer, attach: Attach, tmp_path: Path, variant: Variant
) -> None:
    done = attach(server.url + TOOLCHAIN, {"stages": ["A", "B", "C"], "variant": variant})
    assert done.returncode == 0
    found = states(tmp_path / "run.sse")
    assert [(each["stage"], each["phase"], each["synthesis"]) for each in found] == [
        (name, "done", "17 degrees.") for name in "ABC"
    ]
    ended = [event["stage"] for event in events(done) if event["type"] == "stage.done"]
    assert ended == ["A", "B", "C"]


ENDS: list[tuple[End, int, str]] = [("cancel", 0, "cancelled"), ("error", 3, "error"), ("cut", 3, "cut")]


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(("end", "code", "phase"), ENDS, ids=[end for end, _, _ in ENDS])
def test_the_end_of_a_stage_is_the_one_that_the_server_gave(
    server: EnvelopeServer, attach: Attach, tmp_path: Path, variant: Variant, end: End, code: int, phase: str
) -> None:
    stages = ["A"] if variant == "plain" else ["A", "B"]
    done = attach(server.url + TOOLCHAIN, {"stages": stages, "variant": variant, "end": end})
    assert done.returncode == code
    found = [each["phase"] for each in states(tmp_path / "run.sse")]
    assert found == [phase, "done"][: len(stages)]
    assert exported(tmp_path / "run.sse", "events") == done.stdout
    if end == "error":
        assert "The model is gone." in [event.get("message") for event in events(done)]


def test_a_chat_stage_by_get(server: EnvelopeServer, attach: Attach, tmp_path: Path) -> None:
    done = attach(server.url + CHAT, None, "--header", "X-Stage: A")
    assert done.returncode == 0
    (state,) = states(tmp_path / "run.sse")
    assert (state["choices"][0]["content"], state["phase"]) == ("It is sunny.", "done")
    (asked,) = server.asked
    assert (asked["method"], asked["headers"]["X-Stage"]) == ("GET", "A")


def test_a_body_can_stand_in_a_file(server: EnvelopeServer, attach: Attach, tmp_path: Path) -> None:
    (tmp_path / "body.json").write_text('{"stages": ["F"]}', encoding="utf-8")
    done = attach(server.url + CHAT, None, "--json", f"@{tmp_path / 'body.json'}")
    assert {event["stage"] for event in events(done)} == {"F"}
    assert server.asked[0]["body"] == {"stages": ["F"]}


def test_ctrl_c_leaves_the_server_and_says_cancelled(server: EnvelopeServer, tmp_path: Path) -> None:
    body = json.dumps({"stages": ["A"], "end": "hang"})
    path = tmp_path / "run.sse"
    command = [sys.executable, "-m", "inspector", "attach", "--no-tui", server.url + TOOLCHAIN]
    with subprocess.Popen([*command, "--json", body, "--record", str(path)], stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        for line in running.stdout:
            if json.loads(line).get("delta") == "degrees.":
                break
        running.send_signal(signal.SIGINT)
        last = running.stdout.read().splitlines()[-1]
        assert running.wait(10) == 130
    assert json.loads(last)["type"] == "stage.cancelled"
    assert server.left.wait(5)
    assert [each["phase"] for each in states(path)] == ["cancelled"]


REFUSED: dict[str, tuple[list[str], str]] = {
    "no URL": (["stage"], "http"),
    "a file": (["file:///etc/hosts"], "file"),
    "a port that cannot be": (["http://127.0.0.1:99999/"], "port"),
    "a body that is not JSON": (["{url}", "--json", "{"], "not JSON"),
    "a body that is not there": (["{url}", "--json", "@none.json"], "none.json"),
    "a method that is none": (["{url}", "--method", "GE T"], "method"),
}


@pytest.mark.parametrize(("arguments", "words"), REFUSED.values(), ids=REFUSED)
def test_bad_usage_is_said_before_anything_is_sent(
    server: EnvelopeServer, capfd: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["attach", "--no-tui", *(each.replace("{url}", server.url) for each in arguments)])
    out, err = capfd.readouterr()
    assert (left.value.code, out, server.asked) == (2, "", [])
    assert words in err


def test_without_a_terminal_the_app_does_not_begin(server: EnvelopeServer, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["attach", server.url])
    assert left.value.code == 2
    assert "--no-tui" in capfd.readouterr().err
    assert server.asked == []


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_live_source_gives_the_bytes_of_the_stage_server(server: EnvelopeServer, variant: Variant) -> None:
    body = json.dumps({"stages": ["A"], "variant": variant})
    outcome = run_source(attach_source(Watch(Connection(server.url + TOOLCHAIN), body=body), MemoryTape()))
    assert outcome.data == b"".join(stream(TOOLCHAIN, ["A"], variant, "done"))
    assert outcome.end.how == "end"


@pytest.mark.parametrize("body", [b"", b": alive\n\n", b"data: no stage\n\n"], ids=["nothing", "a comment", "no chunk"])
def test_a_stream_without_a_stage_is_exit_code_3_as_its_state_is_cut(
    attach: Attach, tmp_path: Path, body: bytes
) -> None:
    with RawServer([answer(body)]) as raw:
        done = attach(raw.url)
    assert done.returncode == 3
    (end,) = [each for each in events(done) if each["type"].startswith("stage.")]
    assert (b"before it was complete" if body else b"an empty body") in end["message"].encode()
    assert end["message"].encode() in done.stderr
    assert exported(tmp_path / "run.sse", "events") == done.stdout
    assert [each["phase"] for each in states(tmp_path / "run.sse")] == ["cut"]


NO_STREAM: dict[str, tuple[str, str, bytes, str]] = {
    "refused in JSON": (
        "401 Unauthorized",
        "application/json",
        b'{"error": "Bad key"}',
        "answered 401 Unauthorized: “Bad key”",
    ),
    "refused in HTML": ("503 Busy", "text/html", b"<title>Busy</title>", "answered 503 Busy: “Busy”"),
    "refused in no words": ("500 Oops", "", b"", "answered 500 Oops with an empty body"),
    "an error in a success": ("200 OK", "application/json", b'{"error": "No"}', "yet the body is an error: “No”"),
    "a page": ("200 OK", "text/html", b"<title>Log in</title>", "is the URL the one of the API?"),
    "one object": ("200 OK", "application/json", b'{"id": 1}', "does the request ask to stream?"),
}


@pytest.mark.parametrize(("status", "content_type", "body", "words"), NO_STREAM.values(), ids=NO_STREAM)
def test_what_is_no_stream_has_one_end_that_says_who_answered_what(
    attach: Attach, tmp_path: Path, status: str, content_type: str, body: bytes, words: str
) -> None:
    with RawServer([answer(body, status, content_type)]) as raw:
        done = attach(raw.url)
    (end,) = [each for each in events(done) if each["type"].startswith("stage.")]
    assert (done.returncode, end["type"]) == (3, "stage.error")
    assert words in end["message"]
    assert end["message"].startswith("127.0.0.1:")
    assert done.stderr.decode().count(end["message"]) == 1
    assert exported(tmp_path / "run.sse", "events") == done.stdout


@pytest.mark.parametrize("command", ["attach", "chat"])
def test_the_help_says_how_long_is_waited(command: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    assert f"nothing comes; {DEFAULT_TIMEOUT_S:g} by default" in " ".join(capfd.readouterr().out.split())
