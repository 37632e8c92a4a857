"""Laws of framing: no cut changes a frame, frames tile the input, and events are those of the standard."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from inspector.wire.framing import FramingName
from tests.wire import standard
from tests.wire.cuts import bytewise, cut, cut_points
from tests.wire.reading import dispatched, frames_of, opened, sse_ends, sse_frames, tiles

FRAMINGS: tuple[FramingName | None, ...] = (None, "sse", "ndjson", "jsonl")

# Pieces that mean something to an event stream, and pieces that only nearly do.
PIECES = [
    b"\n", b"\n", b"\r", b"\r\n", b"\n\n", b"\r\r", b"\xef\xbb\xbf", b"\xef\xbb", b"\xef", b":", b": ", b" ", b"\t",
    b"x", b"data", b"data:", b"data: x", b"Data: x", b"event", b"event: e", b"id", b"id:", b"id: 1", b"id: a\0b",
    b"retry: 10", b"retry: 1x", b"retry: 9007199254740993", b"retry: 00000000000000000007", b"foo: bar", b"\0", b"\xff",
    b"\xe2\x82", b"\xe2\x82\xac", b"\xed\xa0\x80", b"\xf0\x9f", b"\xc0\x80", b"\xf4\x90\x80\x80", b'{"a":1}', b"[1]",
    b"{", b"}", b"HTTP/1.1 200 OK\r\n", b"<html>", b"[DONE]",
]  # fmt: skip
STREAMS = st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join)
ANYTHING = STREAMS | st.binary(max_size=200)
law = settings(max_examples=500, deadline=None)


@law
@given(ANYTHING)
@example(b"\r\n\r\ndata: x\r\n\r\n")
@example(b"\xef\xbb\xbf\r\n\r\n\r\ndata: x\r\r")
def test_events_are_those_of_the_standard(data: bytes) -> None:
    assert dispatched(sse_frames(data, sse_ends([data]))) == standard.read(data)


@law
@given(ANYTHING, cut_points())
@example(b"\r\n\r\ndata: x\r\n\r\n", [1, 2, 3])
@example(b"data: x\r\r\n\r\n\n", [9])
def test_no_cut_moves_the_end_of_a_frame(data: bytes, points: list[int]) -> None:
    whole = sse_ends([data])
    assert sse_ends(cut(data, points)) == whole
    assert sse_ends(bytewise(data)) == whole


@law
@given(ANYTHING, cut_points(), st.sampled_from(FRAMINGS))
def test_any_input_is_tiled_and_reads_the_same_however_it_was_cut(
    data: bytes, points: list[int], framing: FramingName | None
) -> None:
    transcript = opened(data, framing=framing)
    pieces = opened(data, cut(data, points), framing=framing)
    assert tiles(transcript, len(data))
    assert (transcript.framing, transcript.framing_evidence) == (pieces.framing, pieces.framing_evidence)
    assert frames_of(transcript) == frames_of(pieces)


@law
@given(ANYTHING, st.sampled_from(FRAMINGS))
def test_only_the_last_frame_may_be_cut(data: bytes, framing: FramingName | None) -> None:
    frames = frames_of(opened(data, framing=framing))
    assert all(frame.complete or frame.note for frame in frames[:-1])


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 6])
def test_every_mix_of_line_ends_is_read_by_the_standard(size: int) -> None:
    """All of them, since empty lines and late line feeds are where readers go wrong."""
    for mix in product((b"\r", b"\n", b"data: x", b"\xef\xbb\xbf"), repeat=size):
        data = b"".join(mix)
        ends = sse_ends([data])
        assert sse_ends(bytewise(data)) == ends, data
        assert dispatched(sse_frames(data, ends)) == standard.read(data), data
