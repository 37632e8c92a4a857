"""Lines of newline-delimited JSON: where they end, and whether a last one without its end is whole."""

from __future__ import annotations

import pytest
from hypothesis import example, given

from tests.wire.cuts import by, bytewise, cut, cut_points
from tests.wire.reading import frames_of, line_ends, opened
from tests.wire.test_sse_laws import ANYTHING, STREAMS, law

BOM = b"\xef\xbb\xbf"
CHUNK = b'{"id":"c1","choices":[{"index":0,"delta":{"content":"Hi"}}]}'

# Frames as (block, data, complete, dispatched).
Row = tuple[bytes, bytes | None, bool, bool]
CASES: list[tuple[str, list[Row]]] = [
    ("lines", [(b"{}\n", b"{}", True, True), (b"[1]\r\n", b"[1]", True, True)]),
    ("empty lines belong to the next", [(b"{}\n", b"{}", True, True), (b"\n \r\n{}\n", b"{}", True, True)]),
    ("empty lines at the end are a frame", [(b"{}\n", b"{}", True, True), (b"\n\n", None, True, False)]),
    ("a last line without its end", [(b"{}\n", b"{}", True, True), (b'{"a": [1]}', b'{"a": [1]}', True, True)]),
    ("a last list without its end", [(b"{}\n", b"{}", True, True), (b"[1, 2] ", b"[1, 2]", True, True)]),
    ("a last line that is cut", [(b"{}\n", b"{}", True, True), (b'{"a": [1]', b'{"a": [1]', False, False)]),
    ("a last number, which may be half of one", [(b"{}\n", b"{}", True, True), (b"12", b"12", False, False)]),
    ("a last [DONE]", [(b"{}\n", b"{}", True, True), (b"[DONE]", b"[DONE]", True, True)]),
    ("a line that is no JSON", [(b"{}\n", b"{}", True, True), (b"oops\n", b"oops", True, True)]),
    ("a BOM", [(BOM + b"{}\n", b"{}", True, True), (b"{}\n", b"{}", True, True)]),
    ("a BOM and empty lines", [(BOM + b"\n\n{}\n", b"{}", True, True)]),
    ("a BOM alone", [(BOM, None, True, False)]),
    ("half a BOM", [(b"\xef\xbb", b"\xef\xbb", False, False)]),
    ("a BOM later on", [(b"{}\n", b"{}", True, True), (BOM + b"{}\n", BOM + b"{}", True, True)]),
]  # fmt: skip


@pytest.mark.parametrize("frames", [pytest.param(frames, id=id) for id, frames in CASES])
def test_each_line_is_a_frame(frames: list[Row]) -> None:
    data = b"".join(row[0] for row in frames)
    for pieces in ([data], *(by(data, size) for size in (1, 2, 7))):
        found = frames_of(opened(data, pieces, framing="jsonl"))
        assert [(f.block, f.data, f.complete, f.dispatched) for f in found] == frames


def test_a_body_after_a_head_may_begin_with_a_bom() -> None:
    head = b"HTTP/1.1 200 OK\r\n\r\n"
    frames = frames_of(opened(head + BOM + b"\n" + CHUNK + b"\n{}\n"))
    assert [frame.data for frame in frames] == [None, CHUNK, b"{}"]


@law
@given(ANYTHING, cut_points())
@example(b"\xef\xbb\xbf\n \n1\n\n2", [1, 2])
def test_no_cut_moves_the_end_of_a_line(data: bytes, points: list[int]) -> None:
    whole = line_ends([data])
    assert line_ends(cut(data, points)) == whole
    assert line_ends(bytewise(data)) == whole


@law
@given(STREAMS)
def test_a_line_of_json_lines_holds_one_line_and_every_line(data: bytes) -> None:
    frames = frames_of(opened(data, framing="jsonl"))
    body = data.removeprefix(b"\xef\xbb\xbf")
    assert [frame.data for frame in frames if frame.data] == [
        line.strip() for line in body.split(b"\n") if line.strip()
    ]
