"""What stands in a block of an event stream, also what clients throw away."""

from __future__ import annotations

from typing import Any

import pytest

from inspector.wire.frame import Frame
from inspector.wire.sse import lines
from tests.wire.cuts import bytewise, in_two
from tests.wire.reading import dispatched, frames_of, opened, sse_ends, sse_frames
from tests.wire.standard import read

BOM = b"\xef\xbb\xbf"
Block = tuple[bytes, dict[str, Any]]
X = {"data": b"x"}
CUT = {"complete": False}

# The blocks of each case, put together, are its input: the frames tile it as the table shows. Beside each stands
# what the frame holds, where that is not what an empty frame has.
CASES: list[tuple[str, list[Block]]] = [
    ("nothing", []),
    # Comments and unknown fields
    ("a comment alone", [(b": ping\n\n", {"comments": ["ping"]})]),
    ("an empty comment", [(b":\n\n", {"comments": [""]})]),
    ("a comment keeps its second space", [(b":  a b \n\n", {"comments": [" a b "]})]),
    ("a comment before data", [(b": a\ndata: x\n:b\n\n", X | {"comments": ["a", "b"]})]),
    ("a comment with colons", [(b":data: x\n\n", {"comments": ["data: x"]})]),
    ("a comment in bad UTF-8", [(b": \xff\n\n", {"comments": ["\ufffd"]})]),
    ("unknown fields", [(b"foo: 1\nbar\ndata: x\n\n", X | {"unknown": ["foo: 1", "bar"]})]),
    ("field names in capitals are unknown", [(b"Data: x\nID: 1\n\n", {"unknown": ["Data: x", "ID: 1"]})]),
    ("a space before a field makes it unknown", [(b" data: x\n\n", {"unknown": [" data: x"]})]),
    ("a space after a field makes it unknown", [(b"data : x\n\n", {"unknown": ["data : x"]})]),
    ("llama.cpp's error line is unknown", [(b'error: {"code":500}\n\n', {"unknown": ['error: {"code":500}']})]),
    ("a line of one space is unknown", [(b"data: x\n \n\n", X | {"unknown": [" "]})]),
    # Blocks that are not dispatched
    ("an event without data", [(b"event: ping\n\n", {"event": "ping"}), (b"data: x\n\n", X)]),
    ("an id without data counts", [(b"id: 7\n\n", {"id": "7"}), (b"data: x\n\n", X | {"id": "7"})]),
    ("a retry without data", [(b"retry: 5\n\n", {"retry": 5}), (b"data: x\n\n", X)]),
    ("data that is empty is data", [(b"data:\n\n", {"data": b""}), (b"data\n\n", {"data": b""})]),
    # Where frames end
    ("empty lines before the first", [(b"\n\r\n\rdata: x\n\n", X)]),
    ("empty lines between belong to the next", [(b"data: x\n\n", X), (b"\n\ndata: y\n\n", {"data": b"y"})]),
    ("empty lines at the end are a frame", [(b"data: x\n\n", X), (b"\n\r\n", {})]),
    ("one empty line alone", [(b"\n", {})]),
    ("a BOM belongs to the first frame", [(BOM + b"data: x\n\n", X), (b"data: x\n\n", X)]),
    ("a BOM and empty lines", [(BOM + b"\r\n\r\ndata: x\n\n", X)]),
    ("a BOM alone", [(BOM, {})]),
    ("a BOM and empty lines alone", [(BOM + b"\n\n\n", {})]),
    ("half a BOM is content", [(b"\xef\xbb\n\n", {"unknown": ["\ufffd"]})]),
    ("a second BOM is content", [(BOM * 2 + b"data: x\n\n", {"unknown": ["\ufeffdata: x"]})]),
    ("a BOM later on is content", [(b"data: x\n\n", X), (BOM + b"data: x\n\n", {"unknown": ["\ufeffdata: x"]})]),
    ("a BOM after an empty line is content", [(b"\n" + BOM + b"\n\n", {"unknown": ["\ufeff"]})]),
    # Line ends
    ("CR", [(b"data: x\r\r", X), (b"data: x\r\r", X)]),
    ("CRLF", [(b"data: x\r\n\r\n", X), (b"data: x\r\n\r\n", X)]),
    ("CR, then LF by itself", [(b"data: x\r\n\n", X), (b"data: x\n\r", X)]),
    ("LF, then CRLF", [(b"data: x\n\r\n", X), (b"data: x\r\r\n", X)]),
    ("CRLF, then CR", [(b"data: x\r\n\r", X), (b"data: x\r\n\r", X)]),
    ("three CR", [(b"data: x\r\r", X), (b"\rdata: x\r\r", X)]),
    ("CR in a line of LF ends it", [(b"data: x\rdata: y\n\n", {"data": b"x\ny"})]),
    ("other line breaks are text", [("data: a\u2028b\x0bc\x85\n\n".encode(), {"data": "a\u2028b\x0bc\x85".encode()})]),
    # Values
    ("one space is taken off", [(b"data:  x \n\n", {"data": b" x "}), (b"data:x\n\n", X)]),
    ("a tab stays", [(b"data:\tx\n\n", {"data": b"\tx"})]),
    ("data lines are joined", [(b"data: x\ndata\ndata: y\n\n", {"data": b"x\n\ny"})]),
    ("the last event name wins", [(b"event: a\nevent: b\ndata: x\n\n", X | {"event": "b"})]),
    ("an event name holds for its block", [(b"event: a\ndata: x\n\n", X | {"event": "a"}), (b"data: x\n\n", X)]),
    ("an id holds on", [(b"id: 1\ndata: x\n\n", X | {"id": "1"}), (b"data: x\n\n", X | {"id": "1"})]),
    ("an empty id takes it back", [(b"id: 1\ndata: x\n\n", X | {"id": "1"}), (b"id\ndata: x\n\n", X)]),
    ("an id with NUL is ignored", [(b"id: 1\nid: a\0b\ndata: x\n\n", X | {"id": "1", "unknown": ["id: a\0b"]})]),
    ("NUL in data and event stays", [(b"event: a\0\ndata: \0\n\n", {"event": "a\0", "data": b"\0"})]),
    ("bad UTF-8 harms only itself", [(b"data: a\xff\n\n", {"data": b"a\xff"}), (b"data: x\n\n", X)]),
    # retry
    ("retry 0", [(b"retry: 0\n\n", {"retry": 0})]),
    ("retry with zeros before", [(b"retry: 000000000000000000009\n\n", {"retry": 9})]),
    ("retry of 2^53", [(b"retry: 9007199254740992\n\n", {"retry": 2**53})]),
    ("retry over 2^53", [(b"retry: 9007199254740993\n\n", {"unknown": ["retry: 9007199254740993"]})]),
    ("retry of 5000 digits", [(b"retry: " + b"9" * 5000 + b"\n\n", {"unknown": ["retry: " + "9" * 5000]})]),
    ("retry with a sign", [(b"retry: -1\nretry: +1\n\n", {"unknown": ["retry: -1", "retry: +1"]})]),
    ("retry with spaces", [(b"retry:  1\nretry: 1 \n\n", {"unknown": ["retry:  1", "retry: 1 "]})]),
    ("retry without a value", [(b"retry\nretry:\n\n", {"unknown": ["retry", "retry:"]})]),
    ("retry in other digits", [("retry: ٣²\n\n".encode(), {"unknown": ["retry: ٣²"]})]),
    ("a bad retry keeps the good one", [(b"retry: 1\nretry: x\n\n", {"retry": 1, "unknown": ["retry: x"]})]),
    ("the last good retry wins", [(b"retry: 1\nretry: 2\n\n", {"retry": 2})]),
    # What the end of the input cuts
    ("no empty line at the end", [(b"data: x\n", X | CUT)]),
    ("no empty line after CR", [(b"data: x\r", X | CUT)]),
    ("half a data line", [(b"data: x\n\n", X), (b"id: 1\ndata: y", {"data": b"y", "id": "1"} | CUT)]),
    ("half a character", [(b"data: \xe2\x82", {"data": b"\xe2\x82"} | CUT)]),
    ("a byte after a whole line", [(b"data: x\nd", X | {"unknown": ["d"]} | CUT)]),
    ("half an id is none", [(b"id: 1\n\n", {"id": "1"}), (b"id: 23", {"id": "1", "unknown": ["id: 23"]} | CUT)]),
    ("half an event name is none", [(b"data: x\nevent: do", X | {"unknown": ["event: do"]} | CUT)]),
    ("half a retry is none", [(b"retry: 30", {"unknown": ["retry: 30"]} | CUT)]),
    ("data without a colon may be half a name", [(b"data", {"unknown": ["data"]} | CUT)]),
    ("half a comment", [(b": pin", {"comments": ["pin"]} | CUT)]),
    ("half a field name", [(b"da", {"unknown": ["da"]} | CUT)]),
    ("a cut block that is whole but for its empty line", [(b"id: 1\nevent: e\n", {"id": "1", "event": "e"} | CUT)]),
]  # fmt: skip
PARAMS = [pytest.param(blocks, id=id) for id, blocks in CASES]
FIELDS: dict[str, Any] = {
    "event": "", "data": None, "id": "", "retry": None, "complete": True, "comments": [], "unknown": [],
}  # fmt: skip


def told(frame: Frame) -> Block:
    held = {name: getattr(frame, name) for name in FIELDS}
    return frame.block, {name: value for name, value in held.items() if value != FIELDS[name]}


@pytest.mark.parametrize("blocks", PARAMS)
def test_each_block_is_a_frame_with_what_it_says(blocks: list[Block]) -> None:
    data = b"".join(block for block, _ in blocks)
    assert [told(frame) for frame in sse_frames(data, sse_ends([data]))] == blocks


@pytest.mark.parametrize("blocks", PARAMS)
def test_a_transcript_holds_the_same_frames(blocks: list[Block]) -> None:
    data = b"".join(block for block, _ in blocks)
    assert [told(frame) for frame in frames_of(opened(data, framing="sse"))] == blocks


@pytest.mark.parametrize("blocks", PARAMS)
def test_no_cut_moves_the_end_of_a_frame(blocks: list[Block]) -> None:
    data = b"".join(block for block, _ in blocks)
    whole = sse_ends([data])
    assert sse_ends(bytewise(data)) == whole
    assert all(sse_ends(pieces) == whole for pieces in in_two(data, every=max(1, len(data) // 500)))


@pytest.mark.parametrize("blocks", PARAMS)
def test_the_standard_dispatches_the_same_events(blocks: list[Block]) -> None:
    data = b"".join(block for block, _ in blocks)
    assert dispatched(sse_frames(data, sse_ends([data]))) == read(data)


# Bytes, and how many frames have ended once they are there: without the next byte, which may never come.
AT_ONCE: list[tuple[str, bytes, int]] = [
    ("LF LF", b"data: x\n\n", 1),
    ("CR CR", b"data: x\r\r", 1),
    ("CRLF CR", b"data: x\r\n\r", 1),
    ("LF CR", b"data: x\n\r", 1),
    ("CR LF is one line end", b"data: x\r\n", 0),
    ("LF alone", b"data: x\n", 0),
    ("the late LF of a CR ends no second frame", b"data: x\r\r\n", 1),
    ("nor does the empty line after that", b"data: x\r\r\n\n\n", 1),
]


@pytest.mark.parametrize(("data", "ended"), [pytest.param(data, ended, id=id) for id, data, ended in AT_ONCE])
def test_a_frame_ends_at_once_without_waiting_for_a_line_feed(data: bytes, ended: int) -> None:
    assert len(sse_ends(bytewise(data))) == ended
    assert len(sse_ends([data])) == ended


def test_lines_of_a_block_know_their_bytes_in_the_input() -> None:
    block = BOM + b"\ndata: x\r\n: c\r\n\r\n"
    assert lines(block, 0) == [(4, 11, b"data: x"), (13, 16, b": c")]
    assert lines(block, 100, body=100) == [(104, 111, b"data: x"), (113, 116, b": c")]
    assert lines(b"id\n\n", 100) == [(100, 102, b"id")]
