"""A transcript holds every byte of its input in one frame, whatever the input is and however it comes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.events import Undecoded
from inspector.stages import Stages
from inspector.transcript import Transcript
from inspector.wire.frame import HTTP_HEAD, NO_STREAM
from tests.wire.cuts import by, cut, cut_points
from tests.wire.reading import frames_of, opened, tiles

BOM = b"\xef\xbb\xbf"
CHUNK = b'{"id":"c1","choices":[{"index":0,"delta":{"content":"Hi"}}]}'
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
REDIRECT = b"HTTP/2 301 \r\nlocation: /b\r\n\r\n"

# Frames as (block, data, complete, dispatched).
Row = tuple[bytes, bytes | None, bool, bool]
HEADS: list[tuple[str, list[Row]]] = [
    ("one head", [(HEAD, None, True, False), (b"data: x\n\n", b"x", True, True)]),
    ("several heads are one frame", [(REDIRECT + HEAD, None, True, False), (b"data: x\n\n", b"x", True, True)]),
    ("a BOM in the body", [(HEAD, None, True, False), (BOM + b"data: x\n\n", b"x", True, True)]),
    ("a BOM and empty lines", [(HEAD, None, True, False), (BOM + b"\r\n\r\ndata: x\n\n", b"x", True, True)]),
    ("a BOM before JSON lines", [(HEAD, None, True, False), (BOM + CHUNK + b"\n", CHUNK, True, True)]),
    ("a BOM on a line of its own", [(HEAD, None, True, False), (BOM + b"\n" + CHUNK + b"\n", CHUNK, True, True)]),
    ("a body that is cut", [(HEAD, None, True, False), (b"data: x\n", b"x", False, False)]),
    ("an error body", [(REDIRECT, None, True, False), (b'{"error":1}\n', b'{"error":1}\n', False, False)]),
    ("a page", [(REDIRECT, None, True, False), (b"<html>", b"<html>", False, False)]),
    ("no body", [(HEAD, None, True, False)]),
    ("a head that is cut", [(HEAD[:-3], None, False, False)]),
    ("a head cut inside its last line end", [(HEAD[:-1], None, False, False)]),
]  # fmt: skip


def rows(transcript: Transcript) -> list[Row]:
    return [(f.block, f.data, f.complete, f.dispatched) for f in frames_of(transcript)]


@pytest.mark.parametrize("frames", [pytest.param(frames, id=id) for id, frames in HEADS])
def test_the_head_of_an_http_capture_is_a_frame_of_its_own(frames: list[Row]) -> None:
    data = b"".join(row[0] for row in frames)
    assert rows(opened(data)) == frames
    for size in (1, 2, 7):
        assert rows(opened(data, by(data, size))) == frames
    assert opened(data).frame(0).note == HTTP_HEAD


def test_a_forced_framing_is_taken_at_its_word() -> None:
    data = HEAD + b"data: x\n\n"
    head, body = frames_of(opened(data, framing="sse"))
    assert head.unknown == ["HTTP/1.1 200 OK", "Content-Type: text/event-stream"]
    assert (head.note, head.complete, body.data) == (None, True, b"x")


@pytest.mark.parametrize("data", [b"<html>\n</html>", b'{"error":\n"no"}', b"\x00\xff", b"oops"])
def test_input_that_is_no_stream_is_one_frame_that_says_so(data: bytes) -> None:
    (frame,) = frames_of(opened(data))
    assert (frame.block, frame.data, frame.complete, frame.dispatched) == (data, data, False, False)
    assert frame.note == NO_STREAM


def test_nothing_at_all_has_no_frame() -> None:
    transcript = opened(b"")
    transcript.decode_all()
    assert (transcript.framed, transcript.framing) == (0, "raw")
    assert tiles(transcript, 0)


# -- the cap on one frame -----------------------------------------------------------------------------------------

CAPPED: list[tuple[str, bytes, bytes]] = [
    ("a data line", b"data: " + b"x" * 100 + b"\n\n", b"data: y\n\n"),
    ("a data line of JSON", b'data: {"a":"' + b"x" * 100 + b'"}\n\n', b"data: {}\n\n"),
    ("many data lines", b"data: x\n" * 20 + b"\n", b"data: y\n\n"),
    ("a line without an end", b"data: y\n\n", b"data: " + b"x" * 100),
    ("a JSON line", b'{"a":"' + b"x" * 100 + b'"}\n', b"{}\n"),
    ("a JSON line without an end", b"{}\n{}\n", b'{"a":"' + b"x" * 100 + b'"}'),
]


@pytest.mark.parametrize(("first", "second"), [pytest.param(a, b, id=id) for id, a, b in CAPPED])
def test_a_frame_over_the_cap_is_named_and_not_read(first: bytes, second: bytes) -> None:
    data = first + second
    transcript = opened(data, line_cap=64)
    transcript.decode_all()
    over = [frame for frame in frames_of(transcript) if frame.end - frame.start > 64]
    assert [frame.note and frame.note[:13] for frame in over] == ["line-too-long"]
    assert not over[0].complete
    assert not over[0].dispatched
    (event,) = transcript.events(over[0].number)
    assert isinstance(event, Undecoded)
    assert event.reason.startswith("line-too-long: ")
    assert "over the cap of 64" in event.reason
    assert_batches_say_the_same(transcript)
    assert tiles(transcript, len(data))


def test_the_last_event_id_outlives_a_frame_over_the_cap() -> None:
    frames = frames_of(opened(b"id: 1\n\ndata: " + b"x" * 99 + b"\n\ndata: y\n\n", line_cap=64))
    assert [frame.id for frame in frames] == ["1", "1", "1"]


def test_an_excerpt_of_a_frame_over_the_cap_ends_where_the_frame_does() -> None:
    first = opened(b"data: " + b"x" * 99 + b"\n\ndata: y\n\n", line_cap=64).frame(0)
    assert first.block == b"data: " + b"x" * 99 + b"\n\n"


# -- reading in batches -------------------------------------------------------------------------------------------


def assert_batches_say_the_same(transcript: Transcript) -> None:
    """What decoding folded is what each frame says by itself."""
    alone = Stages(has_end_event=transcript.stages_index._has_end_event)
    for n in range(transcript.framed):
        alone.apply(n, transcript.events(n))
    alone.close(transcript.framed - 1)
    assert transcript.kinds == alone.kinds
    assert [stage.phase.at(transcript.framed) for stage in transcript.stages] == [
        stage.phase.at(transcript.framed) for stage in alone.all
    ]


BLOCKS = [
    b"data: " + CHUNK + b"\n\n", b"data:" + CHUNK + b"\n\n", b"data: " + CHUNK + b"\r\n\r\n", b"data: [DONE]\n\n",
    b"data: \n\n", b": ping\n\n", b"\n", b"event: x\ndata: " + CHUNK + b"\n\n", b"data: " + CHUNK + b"\n",
    b"data: " + CHUNK + b"\rdata: [DONE]\n\n", b"data: {\ndata: }\n\n", b"d", b"data", b"id: 1\n\n", b"oops\n\n",
    b'error: {"message":"no"}\n\n',
]  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(BLOCKS), max_size=12).map(b"".join), st.integers(1, 300))
def test_a_frame_says_the_same_alone_and_in_a_batch(data: bytes, cap: int) -> None:
    for line_cap in (cap, 1 << 26):
        transcript = opened(data, framing="sse", line_cap=line_cap)
        transcript.decode_all()
        assert_batches_say_the_same(transcript)


def test_a_cut_frame_is_not_taken_for_whole_in_a_batch() -> None:
    """One byte after a whole data line made the block look like a data line and its empty line."""
    transcript = opened(b"data: " + CHUNK + b"\n\ndata: " + CHUNK + b"\nd")
    transcript.decode_all()
    assert_batches_say_the_same(transcript)
    (event,) = transcript.events(1)
    assert isinstance(event, Undecoded)


def said(transcript: Transcript) -> list[Any]:
    n = transcript.framed
    return [bytes(transcript.kinds), list(transcript.boundaries), transcript.dialect] + [
        (stage.key, stage.first_frame, stage.phase.at(n), stage.synthesis.text_at(n), stage.error.at(n))
        for stage in transcript.stages
    ]


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(BLOCKS), max_size=12).map(b"".join), cut_points(800))
def test_decoding_while_the_input_grows_ends_where_decoding_at_the_end_does(data: bytes, points: list[int]) -> None:
    whole = opened(data)
    whole.decode_all()
    grown = Transcript(lambda start, end: data[start:end])
    for piece in cut(data, points):
        grown.feed(piece)
        grown.decode(3)
    grown.finish()
    grown.decode_all()
    assert said(grown) == said(whole)


def test_another_dialect_takes_nothing_back_from_readers() -> None:
    """A cursor may stand on any decoded frame while the dialect is chosen anew."""
    blocks = [b"data: " + CHUNK + b"\n\n"] * 3 + [b"event: done\ndata: {}\n\n"]
    seen: list[tuple[int, int]] = []

    def read(start: int, end: int) -> bytes:
        seen.append((transcript.decoded, len(transcript.kinds)))
        return b"".join(blocks)[start:end]

    transcript = Transcript(read)
    for block in blocks:
        transcript.feed(block)
        transcript.decode(1)
    assert transcript.dialect == "stage"
    assert [stage.phase.last for stage in transcript.stages] == ["done"]
    assert seen == sorted(seen)
    assert all(decoded <= kinds for decoded, kinds in seen)
