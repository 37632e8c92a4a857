"""Which bytes of the input a sign points at. Knows frames and JSON, and no rule."""

from __future__ import annotations

from typing import NamedTuple

from inspector.findings.recent import Recent
from inspector.findings.rule import Sign
from inspector.json_place import Path, Places, Span
from inspector.transcript import Transcript
from inspector.wire import sse

_ENVELOPES: tuple[Path, ...] = ((), ("chunk",), ("tool_results",))  # where a stage server's frame has its chunk
_SEARCHED_BYTES = 1 << 20  # of a longer frame the path is not looked for


class _Looked(NamedTuple):
    block: bytes
    texts: list[tuple[int, bytes, Places]]  # its payload, in one piece or in several data lines


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
        lines = _data(block, start) if self._transcript.is_sse(n) else [(start, block)]
        return _Looked(block, [(at, text, Places(text)) for at, text in lines])


def _member(looked: _Looked, path: Path) -> Span | None:
    for at, _, places in looked.texts:
        for envelope in _ENVELOPES:
            if (not envelope or places.find(envelope)) and (found := places.find(envelope + path)):
                return at + found[0], at + found[1]
    return None


def _payload(looked: _Looked) -> Span | None:
    if not looked.texts:
        return None
    at, text, _ = looked.texts[-1]
    return looked.texts[0][0], at + len(text)


def _data(block: bytes, start: int) -> list[tuple[int, bytes]]:
    """Each data line's value, and where it begins."""
    found = []
    for at, _, line in sse.lines(block, start):
        if line.startswith(b"data:"):
            cut = 6 if line.startswith(b" ", 5) else 5
            found.append((at + cut, line[cut:]))
    return found
