"""Which bytes of the input a sign points at. Knows frames and JSON, and no rule."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from inspector.dialects.payload import NotJson, load
from inspector.findings.recent import Recent
from inspector.findings.rule import Sign
from inspector.json_place import Path, Places, Span
from inspector.transcript import Transcript
from inspector.wire import sse

_ENVELOPES: tuple[Path, ...] = ((), ("chunk",), ("tool_results",))  # where a stage server's frame has its chunk
_SEARCHED_BYTES = 1 << 20  # of a longer frame the path is not looked for


class _Text(NamedTuple):
    """A payload: the value of a data line, or of all lines as a client joins them."""

    at: int
    text: bytes
    breaks: tuple[tuple[int, int], ...] = ()  # where a line after the first begins in it, and how far off it is there

    def span(self, start: int, end: int) -> Span:
        return self._byte(start), self._byte(end)

    def _byte(self, place: int) -> int:
        return self.at + place + sum(gap for begin, gap in self.breaks if begin <= place)


class _Looked(NamedTuple):
    block: bytes
    whole: _Text | None
    objects: list[tuple[_Text, Places]]  # mostly one; several where data lines are a chunk each


class Spots:
    """Looks up one frame after another; many signs may be in the same one."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._looked: Recent[_Looked] = Recent()

    def of(self, n: int, sign: Sign) -> Span:
        """As narrow as the sign allows: what it names, else the data of the frame, else all of the frame."""
        if sign.span is not None:
            return sign.span
        if not 0 <= n < self._transcript.framed:
            return 0, 0
        start, end = self._transcript.span(n)
        looked = self._looked.get((n, start, end), lambda: self._look_up(n, start))
        if sign.needle is not None:
            at = looked.block.find(sign.needle)
            return (start + at, start + at + len(sign.needle)) if at >= 0 else (start, end)
        found = _member(looked, sign.path) if sign.path is not None and end - start <= _SEARCHED_BYTES else None
        return found or _payload(looked) or (start, end)

    def _look_up(self, n: int, start: int) -> _Looked:
        block = self._transcript.frame(n).block
        lines = _data(block, start) if self._transcript.is_sse(n) else [_Text(start, block)]
        whole = _joined(lines) if lines else None
        is_several = len(lines) > 1 and len(block) <= _SEARCHED_BYTES
        objects = [each for each in lines if _is_object(each.text)] if is_several else []
        if not objects and whole is not None:
            objects = [whole]
        return _Looked(block, whole, [(each, Places(each.text)) for each in objects])


def _member(looked: _Looked, path: Path) -> Span | None:
    """A path that begins with a number is one into that object; any other leads into the last that has its begin."""
    objects = looked.objects[::-1]
    if path and isinstance(path[0], int):
        objects, path = looked.objects[path[0] :][:1], path[1:]
        if found := _find(objects, path):
            return found
        return objects[0][0].span(0, len(objects[0][0].text)) if objects else None
    return _find(objects, path)


def _find(objects: list[tuple[_Text, Places]], path: Path) -> Span | None:
    for text, places in objects:
        for envelope in _ENVELOPES:
            if (not envelope or places.find(envelope)) and (found := places.find(envelope + path)):
                return text.span(*found)
    return None


def _payload(looked: _Looked) -> Span | None:
    return looked.whole and looked.whole.span(0, len(looked.whole.text))


def _data(block: bytes, start: int) -> list[_Text]:
    """Each data line's value."""
    found = []
    for at, _, line in sse.lines(block, start):
        if line.startswith(b"data:"):
            cut = 6 if line.startswith(b" ", 5) else 5
            found.append(_Text(at + cut, line[cut:]))
    return found


def _joined(lines: list[_Text]) -> _Text:
    """The lines as one text, with a line feed between each two."""
    if len(lines) == 1:
        return lines[0]
    breaks, size = [], len(lines[0].text)
    for before, line in pairwise(lines):
        size += 1
        breaks.append((size, line.at - before.at - len(before.text) - 1))
        size += len(line.text)
    return _Text(lines[0].at, b"\n".join(line.text for line in lines), tuple(breaks))


def _is_object(text: bytes) -> bool:
    try:
        return isinstance(load(text)[0], dict)
    except NotJson:
        return False
