"""The data of an event is neither JSON nor `[DONE]`, as where a proxy sends a keep-alive comment on as data.

Official SDKs raise there, and what comes after it is lost with it.

Look at what stands between the server and you: the server's own comments begin with a colon and are no data. Skip it.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.events import Undecoded
from inspector.findings.cut_lines import is_cut_line
from inspector.findings.moments import EventCame
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import short

_NOT_JSON = ("not JSON", "a data line that is no JSON")
_PLAIN_TEXT = frozenset({"output", "logs", "error"})  # Replicate's have text by design; an error is TS109's


def check(moment: EventCame) -> Iterator[Sign]:
    event = moment.event
    if not isinstance(event, Undecoded) or not event.reason.startswith(_NOT_JSON) or is_cut_line(event):
        return
    frame = moment.ledger.transcript.frame(moment.n)
    if frame.dispatched and frame.event not in _PLAIN_TEXT:
        is_comment = event.raw.lstrip().startswith(":")
        what = "a comment is sent as data" if is_comment else "the data is no JSON"
        yield Sign(f"{what}: {short(event.raw.strip(), 60)}")


RULE = Rule("TS104", "comment-inside-data", "error", __doc__, {Undecoded: check})
