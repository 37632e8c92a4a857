"""Findings point at the chunk they are about, also where a frame has several."""

from __future__ import annotations

import json

import pytest

from inspector.findings.registry import named
from tests.dialects.reading import calls, chunk, fragment, sse, text
from tests.findings.case import found
from tests.findings.tables import CASES

# What is said of frames, of their order or of what stands between them is another thing where there is one frame.
_OF_FRAMES = {"TC044", "TC051", "TC064", "TC110"}
ONE_BY_ONE = {
    code: case
    for code, case in CASES.items()
    if code[:2] != "TS" and code not in _OF_FRAMES and case.fires.startswith(b'data: {"')
}


def in_one_frame(stream: bytes) -> bytes:
    """The chunks of a stream as data lines that no empty line keeps apart."""
    return stream.replace(b"\n\n", b"\n") + b"\n"


@pytest.mark.parametrize("code", ONE_BY_ONE)
def test_chunks_in_one_frame_are_pointed_at_like_those_in_frames_of_their_own(code: str) -> None:
    case = CASES[code]
    stream = in_one_frame(case.fires)
    (first, *_) = found(stream, [named(code)], asides=case.asides, tools=case.tools, replay=case.replay)
    assert stream[first.start : first.end].decode() == case.at


def test_of_two_calls_with_one_index_in_one_frame_each_has_its_own_bytes() -> None:
    made = [fragment(0, "a", "f", '{"a": '), fragment(0, arguments="oops}"), fragment(0, "b", "f", '{"b": ')]
    stream = in_one_frame(sse(*map(calls, made), calls(fragment(0, arguments="no}")), chunk(finish="tool_calls")))
    at = [stream[each.start : each.end] for each in found(stream, [named("TC033")])]
    assert at == [b'"arguments": "oops}"', b'"arguments": "no}"']


def test_a_payload_that_is_cut_into_lines_is_one_chunk() -> None:
    whole = json.dumps(text("Caf\u00e9.<|im_end|>"), ensure_ascii=False)
    stream = sse(whole.replace('"content"', '\ndata: "content"'), chunk(finish="stop"), "[DONE]")
    (mark,) = found(stream, [named("TL085")])
    assert stream[mark.start : mark.end] == b"<|im_end|>"


def test_a_done_line_without_a_line_end_ends_the_stream_in_the_frame_of_the_chunks_too() -> None:
    stream = in_one_frame(sse(text("Hi"), chunk(finish="stop"), "[DONE]"))
    assert found(stream.rstrip(b"\n"), [named("TS107")]) == []
    assert [each.code for each in found(stream.replace(b"data: [DONE]\n", b""), [named("TS107")])] == ["TS107"]
