"""Newline-delimited JSON: one value a line, empty lines between them of no account."""

from __future__ import annotations

import re
from array import array

from inspector.wire.frame import Frame

# Up to the LF of a line that holds something.
_LINE = re.compile(rb"[^\s][^\n]*\n")


class LineFramer:
    """Marks where lines end, in bytes fed in any pieces. Empty lines belong to the line after them."""

    def __init__(self, ends: array[int], start: int = 0) -> None:
        self._ends = ends
        self._at = start
        self._open = False  # the open line holds something

    def feed(self, data: bytes) -> None:
        seek = 0
        if self._open and (seek := data.find(b"\n") + 1):
            self._ends.append(self._at + seek)
            self._open = False
        if not self._open:
            ended = seek
            for match in _LINE.finditer(data, seek):
                ended = match.end()
                self._ends.append(self._at + ended)
            self._open = bool(data[ended:].strip())
        self._at += len(data)


def has_content(block: bytes, start: int) -> bool:
    """Whether a block is more than white space."""
    return bool(block.removeprefix(b"\xef\xbb\xbf").strip())


def parse(block: bytes, number: int, start: int, *, complete: bool = True) -> Frame:
    """Read one line. A last line without a line end counts as complete: files end so, and a cut one is no JSON."""
    text = (block.removeprefix(b"\xef\xbb\xbf") if start == 0 else block).strip()
    return Frame(number, start, start + len(block), block, complete, data=text or None)
