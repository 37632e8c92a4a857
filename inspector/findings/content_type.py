"""The head of an event stream names another content type than `text/event-stream`, or none.

Browsers and clients that follow the standard refuse the stream, and proxies may hold it back until it is whole.

Send `Content-Type: text/event-stream`.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.heads import heads
from inspector.findings.moments import InputDone
from inspector.findings.rule import Rule, Sign


def check(moment: InputDone) -> Iterator[Sign]:
    transcript = moment.ledger.transcript
    if transcript.framing != "sse":
        return
    for head in heads(transcript):
        kind = (head.content_type or "").partition(";")[0].strip().lower()
        if head.status == 200 and kind != "text/event-stream":
            said = f"the content type is {kind}" if kind else "no content type is named"
            yield Sign(said, frame=head.n, span=head.span, about=head.n)


RULE = Rule("TS117", "content-type", "warn", __doc__, {InputDone: check})
