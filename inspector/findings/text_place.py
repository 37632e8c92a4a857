"""Where in the input a byte of a turn's text stands: its frame, and the bytes in that frame's JSON. Judges nothing."""

from __future__ import annotations

import json
import re
from typing import Any

from inspector.findings.choices import SentChoice
from inspector.findings.moments import TurnDone
from inspector.findings.rule import Sign
from inspector.json_place import Path, Span
from inspector.tracks import decode

_ESCAPE = re.compile(rb"\\u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|\\u\w{4}|\\.", re.DOTALL)
_VALUE = re.compile(rb'(?:"[^"\\]*(?:\\.[^"\\]*)*"\s*:\s*)?"', re.DOTALL)  # after its key, up to its own quote


def sign_in(moment: TurnDone, text: str, start: int, end: int, message: str, **more: Any) -> Sign:
    """A sign at what stands from byte `start` to `end` of this turn's `content`, `reasoning` or other text.

    Of what came in several frames it is the part in the first of them. Blanks that it begins with are passed over.
    """
    track = moment.turn.track(text)
    begin = moment.turn.begins.get(text, 0)
    start, end = begin + start, begin + end
    start = end - len(track.slice(start, end).lstrip() or b"?")
    n = track.frame_of(start)
    first, last = track.span_of(n)
    sent, piece, begin = _chunk(moment, text, n, start - first, last - first)
    where = _field(sent, decode(piece))
    if where is None:
        return Sign(message, path=sent.path, frame=n, **more)
    at = start - first - begin
    span = _within(moment, n, where, piece, (at, min(end - start, len(piece) - at) + at))
    return Sign(message, path=where, span=span, frame=n, **more)


def _chunk(moment: TurnDone, text: str, n: int, byte: int, size: int) -> tuple[SentChoice, bytes, int]:
    """The chunk of frame `n` that has this byte, of the `size` that the frame has of this text; and where it begins.

    A frame that also brought the results of tools has content before the synthesis.
    """
    index = moment.turn.choice.index
    texts = moment.ledger.choices.texts(n, index, "content" if text == "synthesis" else text)
    chunks: dict[Path, tuple[SentChoice, bytes]] = {}
    for sent, part in texts:
        before = chunks.get(sent.path, (sent, b""))[1]
        chunks[sent.path] = sent, before + part.encode("utf-8", "surrogatepass")
    begin = size - sum(len(said) for _, said in chunks.values()) if text == "synthesis" else 0
    for sent, said in chunks.values():
        if byte < begin + len(said):
            return sent, said, begin
        begin += len(said)
    return moment.ledger.choices.sent(n, index), b"", 0


def _field(sent: SentChoice, piece: str) -> Path | None:
    """The field of the choice that is this text."""
    for part in ("delta", "message"):
        fields = sent.choice.get(part)
        for key, value in fields.items() if isinstance(fields, dict) else ():
            if value == piece:
                return (*sent.path, part, key)
    return None


def _within(moment: TurnDone, n: int, path: Path, piece: bytes, part: Span) -> Span | None:
    """`None` where the field cannot be followed byte by byte."""
    transcript = moment.ledger.transcript
    start, end = moment.ledger.spots.of(n, Sign("", path=path))
    sent = transcript.read(start, end)
    opened = _VALUE.match(sent)
    if opened is None or _size(sent[opened.end() : -1]) != len(piece):
        return None
    literal = sent[opened.end() : -1]
    return tuple(start + opened.end() + _sent_at(literal, each) for each in part)  # type: ignore[return-value]  # two


def _sent_at(literal: bytes, byte: int) -> int:
    """The place in a JSON string of a byte of what it says."""
    at = said = 0
    for escape in _ESCAPE.finditer(literal):
        plain = escape.start() - at
        if said + plain >= byte:
            break
        said += plain + _said(escape.group())
        at = escape.end()
    return at + byte - said


def _size(literal: bytes) -> int:
    return len(literal) + sum(_said(each) - len(each) for each in _ESCAPE.findall(literal))


def _said(escape: bytes) -> int:
    """Bytes of what an escape stands for; 0 where it is none."""
    try:
        return len(json.loads(b'"' + escape + b'"').encode("utf-8", "surrogatepass"))
    except ValueError:
        return 0
