"""Server-sent events by the HTML standard (9.2.6): where frames end, and what the lines of one say."""

from __future__ import annotations

import re
from array import array

from inspector.wire.frame import Frame

BOM = b"\xef\xbb\xbf"
_EMPTY_LINE_LF = re.compile(rb"\n\n")
# The end of a line and the empty line after it, in all three line ends; an LF after a CR belongs to it.
_EMPTY_LINE = re.compile(rb"\n(?:\n|\r\n?)|\r(?:\n\n|\n\r\n?|\r\n?)")
_LINE = re.compile(rb"[^\r\n]+")
_MAX_RETRY = 2**53


class SseFramer:
    """Marks where frames end, in bytes fed in any pieces. Keeps one byte, never the input.

    A frame runs through the empty line that ends it; further empty lines belong to the frame after them.
    """

    def __init__(self, ends: array[int], start: int = 0) -> None:
        self._ends = ends
        self._at = start  # bytes seen
        self._blank_to = start  # the open frame holds only line ends (and a BOM) up to here
        self._last = b""  # the last byte, where a frame's end may hang on it
        self._swallow_lf = False
        self._head = b"" if start == 0 else b"..."  # the first three bytes: a BOM is no content

    def feed(self, data: bytes) -> None:
        if self._swallow_lf and data:
            data = self._swallow(data)
        if not data:
            return
        if len(self._head) < len(BOM):
            self._head += data[: len(BOM) - len(self._head)]
        base = self._at - len(self._last)
        window = self._last + data if self._last else data
        lone = b"\r" not in window
        for match in (_EMPTY_LINE_LF if lone else _EMPTY_LINE).finditer(window):
            end = base + match.end()
            if base + match.start() > self._blank_to and not self._is_bom(base + match.start()):
                self._ends.append(end)
            self._blank_to = end
        self._at += len(data)
        self._last = data[-1:] if data[-1] in b"\r\n" and self._at > self._blank_to else b""
        self._swallow_lf = data[-1] == 13 and self._at == self._blank_to

    def _is_bom(self, to: int) -> bool:
        return to == len(BOM) and self._head == BOM

    def _swallow(self, data: bytes) -> bytes:
        """A CR ended the last frame at once, without waiting; its LF comes only now."""
        self._swallow_lf = False
        if data[0] != 10:
            return data
        if self._ends and self._ends[-1] == self._blank_to:
            self._ends[-1] += 1
        self._at += 1
        self._blank_to = self._at
        return data[1:]


def has_content(block: bytes, start: int) -> bool:
    """Whether a block at byte `start` is more than empty lines and the BOM."""
    return bool((block.removeprefix(BOM) if start == 0 else block).strip(b"\r\n"))


def parse(block: bytes, number: int, start: int, *, complete: bool = True, last_id: str = "") -> Frame:
    """Read the lines of one block. `last_id` is the last event id of the stream before it."""
    frame = Frame(number, start, start + len(block), block, complete, id=last_id)
    data: list[bytes] = []
    for _, _, line in lines(block, start):
        _take(frame, line, data)
    if data:
        frame.data = b"\n".join(data)
    return frame


def lines(block: bytes, start: int) -> list[tuple[int, int, bytes]]:
    """The field lines of a block at byte `start`: `(start, end, text)`, offsets in the input, without line ends."""
    skip = len(BOM) if start == 0 and block.startswith(BOM) else 0
    return [(start + m.start(), start + m.end(), m.group()) for m in _LINE.finditer(block, skip)]


def _take(frame: Frame, line: bytes, data: list[bytes]) -> None:
    name, _, value = line.partition(b":")
    if value[:1] == b" ":
        value = value[1:]
    if name == b"data":
        data.append(value)
    elif name == b"event":
        frame.event = value.decode("utf-8", "replace")
    elif name == b"id" and b"\0" not in value:
        frame.id = value.decode("utf-8", "replace")
    elif name == b"retry" and value.isdigit() and len(value.lstrip(b"0")) < 17 and int(value) <= _MAX_RETRY:
        frame.retry = int(value)
    elif not name:
        frame.comments.append(value.decode("utf-8", "replace"))
    else:
        frame.unknown.append(line.decode("utf-8", "replace"))
