"""A stream that was cut, with another behind it in the same recording, is said to be cut, and nothing else is wrong."""

from __future__ import annotations

import pytest

from inspector.findings.rule import Finding
from tests.dialects.reading import chunk, named, sse, text
from tests.findings.case import found

STOP = (chunk(finish="stop"), "[DONE]")


def staged(stage: str, *words: str) -> bytes:
    """A stage server's chunks, each an event with an id and a name."""
    bodies = [{"stage_id": stage, "chunk": text(word, id=stage)} for word in words]
    return named(*((f"{stage}-chunk-{n}", "chat_completion_chunk", body) for n, body in enumerate(bodies)))


def errors(stream: bytes) -> list[Finding]:
    return [each for each in found(stream) if each.severity == "error" and each.code != "TC110"]


STAGE, SECOND = staged("A", "one", "two"), staged("B", "three") + named(("9", "done", {"stage_id": "B"}))
PLAIN, OTHER = sse(text("one", id="A"), text("two", id="A")), sse(text("three", id="B"), *STOP)


@pytest.mark.parametrize("size", range(STAGE.rindex(b"data: {") + 7, STAGE.rindex(b"\n\n")))
def test_a_stage_that_is_cut_inside_a_line_is_one_error_at_that_line(size: int) -> None:
    stream = STAGE[:size] + SECOND
    (cut,) = errors(stream)
    assert (cut.code, cut.stage, cut.frame) == ("TS108", "A", 1)
    assert stream[cut.start : cut.end].startswith(STAGE[:size].rpartition(b"\n")[2])


@pytest.mark.parametrize("size", range(PLAIN.rindex(b"data: {") + 7, PLAIN.rindex(b"\n\n")))
def test_a_plain_stream_that_is_cut_inside_a_line_is_one_error_at_that_line(size: int) -> None:
    stream = PLAIN[:size] + OTHER
    (cut,) = errors(stream)
    assert (cut.code, cut.frame) == ("TS108", 1)
    assert stream[cut.start : cut.end].startswith(PLAIN[:size].rpartition(b"\n")[2])


def test_a_stage_that_is_cut_between_two_events_is_cut_at_its_own_last_one() -> None:
    (cut,) = errors(STAGE + SECOND)
    assert (cut.code, cut.stage, cut.frame) == ("TS108", "A", 1)


NO_CUT = {
    "the name of the field twice": b"data: data: {}\n\n",
    "text about a field": b'data: {"a": "data: b", oops}\n\n',
    "text beside a chunk": b"data: {}\ndata: hello\n\n",
}


@pytest.mark.parametrize("frame", NO_CUT.values(), ids=NO_CUT)
def test_data_that_is_no_json_for_another_reason_is_no_cut(frame: bytes) -> None:
    assert [each.code for each in errors(sse(text("Hi")) + frame + sse(*STOP))] == ["TS104"]
