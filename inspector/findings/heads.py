"""The response heads of an input: those a live run noted, and those a `curl -i` capture begins with. Judges nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from inspector.json_place import Span
from inspector.transcript import Transcript
from inspector.wire.frame import HTTP_HEAD

_STATUS = re.compile(rb"^HTTP/\S+ (\d{3})([^\r\n]*)", re.MULTILINE)
_CONTENT_TYPE = re.compile(rb"^content-type:[ \t]*([^\r\n]*)", re.MULTILINE | re.IGNORECASE)


class Head(NamedTuple):
    """`span` is where the input itself has the head; `None` where it is noted beside it."""

    n: int
    status: int
    reason: str
    content_type: str | None
    span: Span | None


def heads(transcript: Transcript) -> Iterator[Head]:
    for exchange in transcript.exchanges.all:
        if exchange.head is not None:
            types = [value for name, value in exchange.head.headers if name.lower() == "content-type"]
            kind = types[0] if types else None
            yield Head(exchange.first_frame, exchange.head.status, exchange.head.reason, kind, None)
    if transcript.framed and (frame := transcript.frame(0)).note == HTTP_HEAD:
        status = _STATUS.findall(frame.block)[-1:]
        kinds = _CONTENT_TYPE.findall(frame.block)[-1:]
        if status:
            code, reason = status[0]
            kind = kinds[0].decode("latin-1") if kinds else None
            yield Head(0, int(code), reason.decode("latin-1").strip(), kind, (frame.start, frame.end))
