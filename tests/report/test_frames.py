"""`export --to frames`: the fields of CLI.md for frames of every kind; how bytes are framed is tested in `wire/`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from inspector.report.frames import frames
from inspector.transcript import Transcript
from tests.dialects.reading import Json, Reading, named, reading_of, text
from tests.dialects.recordings import STREAMS
from tests.shared import needs_shared

FIELDS = {"frame", "event", "data", "id", "retry", "start", "end", "complete", "dispatched", "comments", "unknown"}


def lines_of(transcript: Transcript, *, stage: str | None = None, dispatched_only: bool = False) -> list[Json]:
    lines = frames(transcript, transcript.framed - 1, stage=stage, dispatched_only=dispatched_only)
    return [json.loads(line) for line in lines]


@needs_shared
@pytest.mark.parametrize("path", STREAMS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_frames_of_a_recorded_stream_tile_it_and_have_the_fields_of_the_contract(path: Path) -> None:
    lines = lines_of(reading_of(path).transcript)
    bounds = [0, *(line["end"] for line in lines)]
    assert [line["start"] for line in lines] == bounds[:-1]
    assert bounds[-1] == path.stat().st_size
    for number, line in enumerate(lines):
        assert set(line) - {"note"} == FIELDS
        assert line["frame"] == number
        assert line["event"]
        assert line["complete"] or not line["dispatched"]


BLOCKS: dict[str, tuple[bytes, Json]] = {
    "data": (b"data: a\n\n", {"data": "a", "event": "message", "dispatched": True}),
    "data in two lines": (b"data: a\ndata: b\n\n", {"data": "a\nb"}),
    "an event name and an id": (b"event: done\nid: 7\ndata: a\n\n", {"event": "done", "id": "7"}),
    "a comment": (b": hi\n\n", {"comments": ["hi"], "dispatched": False, "complete": True, "data": ""}),
    "a retry": (b"retry: 100\n\n", {"retry": 100, "dispatched": False}),
    "a retry that is no number": (b"retry: soon\n\n", {"retry": None}),
    "an unknown field": (b"foo: bar\ndata: a\n\n", {"unknown": ["foo: bar"], "dispatched": True}),
    "what the end of the input cut": (b"data: a\n", {"complete": False, "dispatched": False, "data": "a"}),
}


@pytest.mark.parametrize(("block", "expected"), BLOCKS.values(), ids=BLOCKS)
def test_a_frame_says_what_its_lines_say(block: bytes, expected: Json) -> None:
    line = lines_of(Reading(b"data: x\n\n" + block).transcript)[1]
    assert {key: line[key] for key in expected} == expected
    assert (line["start"], line["end"]) == (9, 9 + len(block))


def test_an_id_holds_until_another_one_comes() -> None:
    lines = lines_of(Reading(b"data: a\n\nid: 7\n\ndata: b\n\nid\ndata: c\n\n").transcript)
    assert [line["id"] for line in lines] == ["", "7", "7", ""]


def test_only_dispatched_frames_can_be_asked_for_and_keep_their_numbers() -> None:
    transcript = Reading(b": hi\n\ndata: a\n\n: ho\n\ndata: b\n\ndata: c").transcript
    assert [(line["frame"], line["data"]) for line in lines_of(transcript, dispatched_only=True)] == [
        (1, "a"),
        (3, "b"),
    ]


def test_the_frames_of_one_stage_can_be_asked_for() -> None:
    stages: list[Any] = [("", "chat_completion_chunk", {"stage_id": each, "chunk": text("x")}) for each in "ABA"]
    assert [line["frame"] for line in lines_of(Reading(named(*stages)).transcript, stage="A")] == [0, 2]
