"""`export --to state` and `--to completion`: the keys of CLI.md, and one line for everything that opens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from inspector.report.completions import completion_lines
from inspector.report.state import states
from tests.dialects.reading import Json, Reading, calls, chunk, fragment, named, reading_of, sse, text
from tests.dialects.recordings import STREAMS
from tests.shared import needs_shared

STATE = {
    "stage",
    "dialect",
    "phase",
    "model",
    "choices",
    "tool_results",
    "synthesis",
    "statuses",
    "usage",
    "error",
}
CHOICE = {"index", "content", "reasoning", "refusal", "finish_reason", "tool_calls"}
CALL = {"slot", "turn", "index", "id", "name", "arguments", "json", "first_bad_byte", "matched_by"}
PHASES = {"waiting", "text", "calls", "results", "synthesis", "done", "cancelled", "error", "cut"}


def check_shape(state: Json) -> None:
    assert set(state) == STATE
    assert state["phase"] in PHASES
    for choice in state["choices"]:
        assert set(choice) == CHOICE
        assert all(isinstance(choice[name], str) for name in ("content", "reasoning", "refusal"))
        for call in choice["tool_calls"]:
            assert set(call) - {"origin"} == CALL
            assert call["json"] in ("valid", "partial", "invalid", "empty")
            assert (call["first_bad_byte"] is not None) == (call["json"] == "invalid")
            assert call["matched_by"] in ("index", "id", "position", "guess")
    assert all(set(each) == {"call_id", "name", "content"} for each in state["tool_results"])
    assert all(set(each) == {"frame", "status", "details"} for each in state["statuses"])
    assert (state["phase"] == "error") == (state["error"] is not None)


@needs_shared
@pytest.mark.parametrize("path", STREAMS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_state_of_a_recorded_stream_has_the_keys_of_the_contract(path: Path) -> None:
    reading = reading_of(path)
    for n in {0, reading.last // 2, reading.last}:
        for state in reading.states(n):
            check_shape(state)
    for line in reading.completions():
        assert set(line) == {"stage", "phase", "completion"}
        assert line["phase"] in ("calls", "text", "synthesis")
        assert line["completion"]["object"] == "chat.completion"


NOTHING: dict[str, tuple[bytes, str, int | None]] = {
    "an empty file": (b"", "cut", None),
    "junk": (b"\0\1\2", "cut", None),
    "comments": (b": hi\n\n: ho\n\n", "cut", None),
    "[DONE] alone": (sse("[DONE]"), "cut", None),
    "before the first stage begins": (b": hi\n\n" + sse(text("Hi")), "waiting", 0),
}


@pytest.mark.parametrize(("data", "phase", "n"), NOTHING.values(), ids=NOTHING)
def test_where_there_is_no_stage_there_is_one_line_all_the_same(data: bytes, phase: str, n: int | None) -> None:
    (state,) = Reading(data).states(n)
    check_shape(state)
    assert (state["stage"], state["phase"], state["choices"]) == ("s1", phase, [])


def test_texts_that_never_came_are_empty_and_other_values_null() -> None:
    state = Reading(sse(chunk({"role": "assistant"}))).state
    assert (state["model"], state["synthesis"], state["usage"], state["error"]) == (None, None, None, None)
    (choice,) = state["choices"]
    assert choice == {
        "index": 0,
        "content": "",
        "reasoning": "",
        "refusal": "",
        "finish_reason": None,
        "tool_calls": [],
    }


TWO = named(
    ("", "chat_completion_chunk", {"stage_id": "A", "chunk": text("a")}),
    ("", "done", {"stage_id": "A"}),
    ("", "tool_completion_chunk", {"stage_id": "B", "chunk": calls(fragment(0, "c", "f", "{}"))}),
    ("", "chat_completion_chunk", {"stage_id": "A", "chunk": text("a")}),
)


def test_stages_stand_in_order_of_appearance_and_only_when_they_have_begun() -> None:
    reading = Reading(TWO)
    begun = [[(state["stage"], state["phase"]) for state in reading.states(n)] for n in range(4)]
    assert begun == [
        [("A", "text")],
        [("A", "done")],
        [("A", "done"), ("B", "calls")],
        [("A", "done"), ("B", "cut"), ("A#2", "cut")],
    ]


def test_one_stage_can_be_asked_for() -> None:
    transcript = Reading(TWO).transcript
    assert len(list(states(transcript, 3, stage="B"))) == 1
    assert len(list(completion_lines(transcript, 3, stage="B"))) == 1


RESULTS: dict[str, tuple[Any, str]] = {
    "text": ("17 °C", "17 °C"),
    "an object": ({"temp": 17}, '{"temp": 17}'),
    "a number": (17, "17"),
    "null": (None, "null"),
}


@pytest.mark.parametrize(("result", "content"), RESULTS.values(), ids=RESULTS)
def test_a_result_is_text_and_any_other_value_is_printed_as_json(result: Any, content: str) -> None:
    state = Reading(named(("", "tool_summary", {"stage_id": "S", "tool_summary": {"a": result}}))).state
    assert state["tool_results"] == [{"call_id": "a", "name": None, "content": content}]
