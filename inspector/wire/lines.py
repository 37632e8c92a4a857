"""Newline-delimited JSON: one value a line, empty lines between them of no account."""

from __future__ import annotations

import re
from array import array

from inspector.wire.frame import Frame
from inspector.wire.json_value import value_of

_BOM = b"\xef\xbb\xbf"
# Up to the LF of a line that holds something.
_LINE = re.compile(rb"[^\s][^\n]*\n")


class LineFramer:
    """Marks where lines end, in bytes fed in any pieces. Empty lines, and a BOM, belong to the line after them."""

    def __init__(self, ends: array[int], start: int = 0) -> None:
        self._ends = ends
        self._at = start
        self._open = False  # the open line holds something
        self._bom: bytes | None = b""  # what came of a BOM; `None` when it is known whether there is one

    def feed(self, data: bytes) -> None:
        if self._bom is not None:
            data = self._past_bom(self._bom + data)
        seek = 0
        if self._open and (seek := data.find(b"\n") + 1):
            self._ends.append(self._at + seek)
            self._open = False
        if not self._open:
            ended = seek
            # Not past the last line end: a long open line would be searched anew from each of its bytes.
            for match in _LINE.finditer(data, seek, data.rfind(b"\n") + 1):
                ended = match.end()
                self._ends.append(self._at + ended)
            self._open = bool(data[ended:].strip())
        self._at += len(data)

    def _past_bom(self, data: bytes) -> bytes:
        if len(data) < len(_BOM) and _BOM.startswith(data):
            self._bom = data
            return b""
        self._bom = None
        if not data.startswith(_BOM):
            return data
        self._at += len(_BOM)
        return data[len(_BOM) :]


def parse(block: bytes, number: int, start: int, *, complete: bool = True, body: int = 0) -> Frame:
    """Read one line as data, without the white space around it. The body begins at byte `body`."""
    text = (block.removeprefix(_BOM) if start == body else block).strip()
    return Frame(number, start, start + len(block), block, complete, data=text or None)


def is_whole(frame: Frame) -> bool:
    """Whether a last line without its line end, as many files have it, is all of a line: a value that was closed.

    A number or word may be the first half of another, so those count as cut.
    """
    return frame.data in (None, b"[DONE]") or isinstance(value_of(frame.data or b""), dict | list)
