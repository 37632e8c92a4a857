"""`export` from the command line: what `--at`, `--stage`, `--snapshots` and `--dialect` choose, and `dialects`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from inspector.cli import main
from tests.dialects.reading import Json, Reading, calls, chunk, fragment, named, sse, text

Run = Callable[..., list[Json]]

STREAM = sse(text("Hi "), text("you"), calls(fragment(0, "a", "f", "{}")), chunk(finish="tool_calls"), "[DONE]")
STAGES = named(
    ("", "chat_completion_chunk", {"stage_id": "A", "chunk": text("a")}),
    ("", "chat_completion_chunk", {"stage_id": "B", "chunk": text("b")}),
    ("", "done", {"stage_id": "A"}),
)


@pytest.fixture
def run(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs the command on some bytes, holds that it did its work in silence, and reads its lines."""

    def call(data: bytes, *arguments: str) -> list[Json]:
        path = tmp_path / "stream"
        path.write_bytes(data)
        command = list(arguments) if arguments[0] == "dialects" else ["export", str(path), "--to", *arguments]
        with pytest.raises(SystemExit) as left:
            main(command)
        out, err = capfdbinary.readouterr()
        assert (left.value.code, err) == (0, b"")
        assert out.isascii()
        return [json.loads(line) for line in out.decode("ascii").split("\n")[:-1]]

    return call


@pytest.mark.parametrize("kind", ["events", "state", "completion"])
def test_a_frame_beyond_the_end_is_the_last_one(run: Run, kind: str) -> None:
    assert run(STREAM, kind, "--at", "999999") == run(STREAM, kind, "--at", "4") == run(STREAM, kind)


def test_the_state_at_a_frame_is_the_one_after_it(run: Run) -> None:
    found = [run(STREAM, "state", "--at", str(n))[0] for n in range(5)]
    assert [state["phase"] for state in found] == ["text", "text", "calls", "done", "done"]
    assert [state["choices"][0]["content"] for state in found] == ["Hi ", "Hi you", "Hi you", "Hi you", "Hi you"]


def test_the_events_at_a_frame_are_those_up_to_it_and_nothing_is_forced_before_the_end(run: Run) -> None:
    whole = run(STREAM, "events")
    for n in range(5):
        assert run(STREAM, "events", "--at", str(n)) == [event for event in whole if event["frame"] <= n]


def test_the_end_of_the_input_is_only_reached_at_its_last_frame(run: Run) -> None:
    cut = sse(text("Hi "), text("you"))
    assert [event["type"] for event in run(cut, "events", "--at", "0")] == ["chunk", "content.delta"]
    assert [event["type"] for event in run(cut, "events", "--at", "1")][-2:] == ["content.done", "stage.cut"]


def test_one_stage_can_be_asked_for_by_its_id(run: Run) -> None:
    assert {event["stage"] for event in run(STAGES, "events", "--stage", "B")} == {"B"}
    assert [state["stage"] for state in run(STAGES, "state", "--stage", "B")] == ["B"]
    assert [each["stage"] for each in run(STAGES, "completion", "--stage", "A")] == ["A"]


def test_snapshots_are_only_there_when_they_are_asked_for(run: Run) -> None:
    assert not any("snapshot" in event for event in run(STREAM, "events"))
    snapshots = [event["snapshot"] for event in run(STREAM, "events", "--snapshots") if "snapshot" in event]
    assert snapshots == ["Hi ", "Hi you", "{}"]


@pytest.mark.parametrize("kind", ["frames", "events", "state", "completion"])
def test_an_empty_file_is_exported_without_trouble(run: Run, kind: str) -> None:
    assert len(run(b"", kind)) == (1 if kind == "state" else 0)


def test_a_dialect_can_be_forced(run: Run) -> None:
    (state,) = run(STREAM, "state", "--dialect", "raw")
    assert (state["dialect"], state["choices"]) == ("raw", [])


def test_odd_text_is_exported_as_ascii_and_reads_back(run: Run) -> None:
    odd = "a\ud83d\u2028\x1b[31m\x85é"
    (state,) = run(sse(text(odd)), "state")
    assert state["choices"][0]["content"] == odd


def test_events_are_what_the_engine_tells(run: Run) -> None:
    assert run(STAGES, "events") == Reading(STAGES).events


def test_the_dialects_are_listed_as_json(run: Run) -> None:
    assert [each["id"] for each in run(b"", "dialects", "--json")] == ["openai-chat", "stage", "agent", "raw"]
