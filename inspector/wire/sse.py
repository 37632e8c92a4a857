"""Server-sent events by the HTML standard (9.2.6): where frames end, and what the lines of one say."""

from __future__ import annotations

import re
from array import array
from io import BytesIO

from inspector.wire.frame import Frame

BOM = b"\xef\xbb\xbf"
# The end of a line and the empty line after it, in all three line ends; an LF after a CR belongs to it.
_EMPTY_LINE = re.compile(rb"\n(?:\n|\r\n?)|\r(?:\n\n|\n\r\n?|\r\n?)")
_MAX_RETRY = 2**53


class SseFramer:
    """Marks where frames end, in bytes fed in any pieces. Keeps a few bytes, never the input.

    A frame runs through the empty line that ends it; further empty lines belong to the frame after them. `ends` is
    appended to; the last of it grows by one when the LF of a CR that ended a frame comes late. The body begins at
    `start`: a BOM there is no content.
    """

    def __init__(self, ends: array[int], start: int = 0) -> None:
        self._ends = ends
        self._at = start  # bytes seen
        self._blank_to = start  # the open frame holds only line ends (and a BOM) up to here
        self._last = b""  # the line end that the bytes so far end with: a frame's end may hang on it
        self._swallow_lf = False
        self._head = b""  # the first three bytes, which may be a BOM
        self._bom_end = start + len(BOM)

    def feed(self, data: bytes) -> None:
        if self._swallow_lf and data:
            data = self._swallow(data)
        if not data:
            return
        if len(self._head) < len(BOM):
            self._see_head(data)
        base = self._at - len(self._last)
        window = self._last + data if self._last else data
        (self._mark_lf if b"\r" not in window else self._mark)(window, base)
        self._at += len(data)
        self._last = _line_end(window) if self._at > self._blank_to else b""
        self._swallow_lf = data[-1] == 13 and self._at == self._blank_to

    def _see_head(self, data: bytes) -> None:
        self._head += data[: len(BOM) - len(self._head)]
        if self._head == BOM:
            self._blank_to = self._bom_end

    def _mark(self, window: bytes, base: int) -> None:
        """Mark the frames that end in the window, which begins at byte `base`."""
        for match in _EMPTY_LINE.finditer(window):
            if base + match.start() > self._blank_to:
                self._ends.append(base + match.end())
            self._blank_to = base + match.end()

    def _mark_lf(self, window: bytes, base: int) -> None:
        """The same where LF is the only line end: going by lines takes half the time of any search for empty ones."""
        at = max(base, self._blank_to)
        lines, mark = BytesIO(window[at - base :]), self._ends.append
        is_open = at > self._blank_to
        if is_open:
            at += len(lines.readline())  # the rest of a line, or only its end
        for line in lines:
            at += len(line)
            if line != b"\n":
                is_open = True
            elif is_open:
                mark(at)
                is_open = False
        if not is_open:
            self._blank_to = at

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


def _line_end(window: bytes) -> bytes:
    if window.endswith(b"\r\n"):
        return b"\r\n"
    return window[-1:] if window[-1] in b"\r\n" else b""


def has_content(block: bytes, start: int, *, body: int = 0) -> bool:
    """Whether a block at byte `start` is more than empty lines and the BOM; the body begins at byte `body`."""
    return bool((block.removeprefix(BOM) if start == body else block).strip(b"\r\n"))


def parse(block: bytes, number: int, start: int, *, complete: bool = True, last_id: str = "", body: int = 0) -> Frame:
    """Read the lines of one block. `last_id` is the last event id of the stream before it.

    A cut block is read like any other, but for a last line without its end: the standard drops that, so only its
    data is taken (as far as it came), and else it stands in `unknown`, since half a name or number is a wrong one.
    """
    frame = Frame(number, start, start + len(block), block, complete, id=last_id)
    data: list[bytes] = []
    fields = (block.removeprefix(BOM) if start == body else block).splitlines()
    half = fields.pop() if not complete and fields and not block.endswith((b"\n", b"\r")) else None
    for line in fields:
        if line:
            _take(frame, line, data)
    if half:
        _take_half(frame, half, data)
    if data:
        frame.data = b"\n".join(data)
    return frame


def lines(block: bytes, start: int, *, body: int = 0) -> list[tuple[int, int, bytes]]:
    """The field lines of a block at byte `start`: `(start, end, text)`, offsets in the input, without line ends."""
    at = start + (len(BOM) if start == body and block.startswith(BOM) else 0)
    found: list[tuple[int, int, bytes]] = []
    for line in block[at - start :].splitlines(keepends=True):
        if text := line.rstrip(b"\r\n"):
            found.append((at, at + len(text), text))
        at += len(line)
    return found


def lone_data(batch: bytes, frames: int) -> list[bytes]:
    """The data of each of so many whole frames, if each is a single line; empty for a line that holds no data.

    Nothing where some frame is anything else, so that one must `parse` them.
    """
    lines = BytesIO(batch).readlines() if b"\r" not in batch else []
    if len(lines) != 2 * frames or lines[1::2] != [b"\n"] * frames:
        return []
    return [line[6:-1] if line.startswith(b"data: ") else b"" for line in lines[::2]]


def _take_half(frame: Frame, line: bytes, data: list[bytes]) -> None:
    if line.startswith((b"data:", b":")):
        _take(frame, line, data)
    else:
        frame.unknown.append(line.decode("utf-8", "replace"))


def _take(frame: Frame, line: bytes, data: list[bytes]) -> None:
    colon = line.find(b":")  # not `partition` and a cut: lines can be long, and each would copy all of it
    if colon < 0:
        colon = len(line)
    name = line[:colon]
    value = line[colon + 2 :] if line.startswith(b" ", colon + 1) else line[colon + 1 :]
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
