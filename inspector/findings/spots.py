"""Which bytes of the input a sign points at. Knows frames and JSON, and no rule."""

from __future__ import annotations

from inspector.findings.rule import Sign
from inspector.json_place import Path, Span, place
from inspector.transcript import Transcript
from inspector.wire import sse

_ENVELOPES: tuple[Path, ...] = ((), ("chunk",), ("tool_results",))  # where a stage server's frame has its chunk
_SEARCHED_BYTES = 1 << 20  # of a longer frame the path is not looked for


def spot(transcript: Transcript, n: int, sign: Sign) -> Span:
    """As narrow as the sign allows: what it names, else the data of the frame, else all of the frame."""
    if sign.span is not None:
        return sign.span
    if not 0 <= n < transcript.framed:
        return 0, 0
    start, end = transcript.span(n)
    block = transcript.frame(n).block
    if sign.needle is not None:
        at = block.find(sign.needle)
        return (start + at, start + at + len(sign.needle)) if at >= 0 else (start, end)
    lines = _data(block, start) if transcript.is_sse(n) else []
    texts = lines or [(start, block)]
    if sign.path is not None and end - start <= _SEARCHED_BYTES:
        for at, text in texts:
            for envelope in _ENVELOPES:
                found = place(text, envelope + sign.path) if not envelope or place(text, envelope) else None
                if found is not None:
                    return at + found[0], at + found[1]
    if not lines:
        return start, end
    return lines[0][0], lines[-1][0] + len(lines[-1][1])


def _data(block: bytes, start: int) -> list[tuple[int, bytes]]:
    """Each data line's value, and where it begins."""
    found = []
    for at, _, line in sse.lines(block, start):
        if line.startswith(b"data:"):
            cut = 6 if line.startswith(b" ", 5) else 5
            found.append((at + cut, line[cut:]))
    return found
