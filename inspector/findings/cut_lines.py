"""Data lines in which a stream was cut, with another stream behind: sessions are recorded so, end to end. No rule."""

from __future__ import annotations

import re

from inspector.events import Event, Undecoded
from inspector.findings.ledger import Ledger
from inspector.json_place import Span
from inspector.json_scan import JsonScanner
from inspector.stage import Stage
from inspector.wire import sse

_ONE_OF_SEVERAL = "a data line that is no JSON object"
_FIELD = re.compile(rb"(?:event|id|retry): |data: ?[{\[]")  # that the next stream begins with
_DATA = re.compile(rb"data: ?[{\[]")


def is_cut_line(event: Event) -> bool:
    """Whether it is the beginning of an object, and behind it the first line of another stream."""
    if not isinstance(event, Undecoded):
        return False
    data = event.raw.encode("utf-8", "surrogatepass")
    if event.reason == _ONE_OF_SEVERAL:
        return _is_begin(data) or _has_behind(data, _FIELD)
    return event.reason.startswith("not JSON") and _has_behind(data, _DATA)


def _has_behind(data: bytes, field: re.Pattern[bytes]) -> bool:
    found = field.search(data)
    return found is not None and _is_begin(data[: found.start()])


def _is_begin(data: bytes) -> bool:
    scanner = JsonScanner()
    scanner.feed(data)
    return data.startswith(b"{") and scanner.verdict(len(data)).state != "invalid"


def cut_stage(ledger: Ledger, n: int) -> Stage | None:
    """The stage that goes on up to the cut line of frame `n`; what stands behind the line is of another."""
    return ledger.transcript.stage_at(n - 1) if n else None


def cut_span(ledger: Ledger, n: int) -> Span | None:
    """The bytes of the first data line of frame `n`."""
    frame = ledger.transcript.frame(n)
    lines = sse.lines(frame.block, frame.start)
    return next(((start, end) for start, end, line in lines if line.startswith(b"data:")), None)
