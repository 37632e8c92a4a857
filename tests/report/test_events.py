"""`export --to events`: the types, their fields and what is in them are those of CLI.md, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from inspector.report.events import EventLines
from inspector.transcript import Transcript
from tests.dialects.reading import Json, Reading, calls, chunk, fragment, named, reading_of, sse, text
from tests.dialects.recordings import STREAMS
from tests.shared import needs_shared

OF_ALL = {"n", "frame", "stage", "choice", "type"}
TEXT, MAYBE_TEXT, NUMBER, MAYBE_NUMBER, ANYTHING = (str,), (str, type(None)), (int,), (int, type(None)), (object,)
TEXTS = ("content", "reasoning", "refusal", "synthesis")

# Fields of each type (CLI.md, "JSON shapes"), with the types that their values may have.
FIELDS: dict[str, dict[str, tuple[type, ...]]] = {
    "chunk": {"object": ANYTHING, "model": ANYTHING},
    **{f"{name}.delta": {"delta": TEXT} for name in TEXTS},
    **{f"{name}.done": {name: TEXT} for name in TEXTS},
    "tool_call.delta": {
        "slot": NUMBER,
        "turn": NUMBER,
        "index": MAYBE_NUMBER,
        "id": MAYBE_TEXT,
        "name": MAYBE_TEXT,
        "arguments_delta": TEXT,
        "matched_by": TEXT,
    },
    "tool_call.done": {
        "slot": NUMBER,
        "turn": NUMBER,
        "index": MAYBE_NUMBER,
        "id": MAYBE_TEXT,
        "name": MAYBE_TEXT,
        "arguments": TEXT,
    },
    "tool_result": {"call_id": MAYBE_TEXT, "name": MAYBE_TEXT, "content": TEXT},
    "status": {"status": TEXT, "details": ANYTHING},
    "usage": {"usage": (dict,)},
    "finished": {"finish_reason": TEXT},
    "stage.done": {},
    "stage.cancelled": {},
    "stage.error": {"message": TEXT},
    "stage.cut": {},
    "undecoded": {"reason": TEXT, "raw": TEXT},
}
# Fields that a type has only at times: `repaired` is our own, where strict JSON could not be read.
AT_TIMES = {
    **{kind: {"forced"} for kind in FIELDS if kind.endswith(".done") and kind != "stage.done"},
    "chunk": {"repaired"},
    "tool_result": {"repaired"},
}
OF_A_CHOICE = {f"{name}.{part}" for name in (*TEXTS, "tool_call") for part in ("delta", "done")} | {"finished"}


def check_shape(event: Json) -> None:
    kind = event["type"]
    fields = set(event) - OF_ALL
    assert set(event) >= OF_ALL
    assert fields - AT_TIMES.get(kind, set()) == set(FIELDS[kind])
    for name, types in FIELDS[kind].items():
        assert isinstance(event[name], types)
        assert not (int in types and isinstance(event[name], bool))
    assert event.get("forced", True) is True
    assert isinstance(event["choice"], int) == (kind in OF_A_CHOICE)
    assert isinstance(event["stage"], str) or kind == "undecoded"


CALL = [calls(fragment(0, "a", "f", "{")), calls(fragment(0, arguments="}"))]
EVERYTHING = named(
    ("", "", "junk"),
    ("", "", chunk({"reasoning": "Hm.", "content": "Hi", "refusal": "No"}, model="m")),
    ("", "", CALL[0]),
    ("", "", CALL[1]),
    ("", "", chunk(finish="tool_calls", usage={"total_tokens": 3})),
    ("", "tool_summary", {"stage_id": "S", "tool_summary": {"a": "17"}}),
    ("S-chunk-integ-0", "", {"stage_id": "S", "chunk": text("17.")}),
    ("", "done", {"stage_id": "S"}),
    ("", "cancel", {"stage_id": "T"}),
    ("", "error", {"stage_id": "U", "error": "no"}),
)


def test_every_event_of_the_engine_has_the_fields_of_the_contract() -> None:
    events = Reading(EVERYTHING).events
    agent = Reading(sse(chunk({"metadata": {"status": "tools_executed"}}))).events
    for event in events + agent:
        check_shape(event)
    assert {event["type"] for event in events + agent} == set(FIELDS)


@needs_shared
@pytest.mark.parametrize("path", STREAMS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_event_of_a_recorded_stream_has_the_fields_of_the_contract(path: Path) -> None:
    for event in reading_of(path).events:
        check_shape(event)


def test_n_counts_events_and_frame_is_the_one_that_said_it() -> None:
    events = Reading(b": hi\n\n" + sse(chunk({"content": "Hi", "reasoning": "Hm."}))).events
    assert [(each["n"], each["frame"], each["type"]) for each in events] == [
        (0, 1, "chunk"),
        (1, 1, "content.delta"),
        (2, 1, "reasoning.delta"),
        (3, 1, "reasoning.done"),
        (4, 1, "content.done"),
        (5, 1, "stage.cut"),
    ]


FORCED = {
    "the input ends midway": (sse(text("Hi"), *CALL), {"content.done", "tool_call.done"}),
    "a finish reason": (sse(text("Hi"), *CALL, chunk(finish="tool_calls")), set()),
    "[DONE]": (sse(text("Hi"), *CALL, "[DONE]"), set()),
    "an error": (sse(text("Hi"), *CALL, {"error": "no"}), set()),
    "another stage": (sse(text("Hi"), "[DONE]", text("Ho"), "[DONE]"), set()),
}


@pytest.mark.parametrize(("data", "forced"), FORCED.values(), ids=FORCED)
def test_only_what_the_end_of_the_input_brought_about_is_forced(data: bytes, forced: set[str]) -> None:
    assert {event["type"] for event in Reading(data).events if event.get("forced")} == forced


def lines_of(data: bytes, **options: Any) -> list[Json]:
    lines: list[str] = []
    transcript = Transcript(lambda start, end: data[start:end], listener=EventLines(lines.append, **options))
    transcript.feed(data)
    transcript.finish()
    transcript.decode_all()
    return [json.loads(line) for line in lines]


def test_snapshots_add_the_text_so_far_to_every_delta_and_change_nothing_else() -> None:
    plain, full = lines_of(EVERYTHING), lines_of(EVERYTHING, snapshots=True)
    added = {"snapshot", "arguments_snapshot"}
    assert [{key: value for key, value in event.items() if key not in added} for event in full] == plain
    for event in full:
        delta, is_call = event["type"].endswith(".delta"), event["type"].startswith("tool_call")
        assert added & set(event) == ({"snapshot"} if delta else set()) | (
            {"arguments_snapshot"} if delta and is_call else set()
        )


def test_a_snapshot_is_what_the_done_will_hold() -> None:
    data = sse(
        *CALL,
        text("Hi "),
        text("you"),
        chunk({"content": "Ho"}, choice=1),
        calls(fragment(1, "b", "g", "[]")),
        "[DONE]",
    )
    last: dict[Any, str] = {}
    for event in lines_of(data, snapshots=True):
        kind, _, part = event["type"].rpartition(".")
        key = kind, event["choice"], event.get("slot")
        if part == "delta":
            last[key] = event["snapshot"]
            assert event.get("arguments_snapshot", event["snapshot"]) == event["snapshot"]
        elif part == "done" and kind != "stage":
            assert last[key] == event["arguments" if kind == "tool_call" else kind]
    assert last["tool_call", 0, 0] == "{}"


def test_one_stage_of_several_keeps_its_numbers() -> None:
    all_of_it, one = lines_of(EVERYTHING), lines_of(EVERYTHING, stage="S")
    assert one == [event for event in all_of_it if event["stage"] == "S"]
    assert one[0]["n"] > 0
