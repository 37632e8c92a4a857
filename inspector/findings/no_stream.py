"""The body has no frames of any stream: plain text, or bytes of something else.

The official SDK reads it as an empty answer and says nothing.

Read what it says; a line like `Internal Server Error` has its cause in the server's log, and one like `curl: (7) …`
says that no server answered. TLS or HTTP/2 on a plain connection, or a compressed body, looks like junk.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.events import Undecoded
from inspector.findings.moments import EventCame
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import short
from inspector.wire.frame import NO_STREAM


def check(moment: EventCame) -> Iterator[Sign]:
    event = moment.event
    if isinstance(event, Undecoded) and event.reason == NO_STREAM and event.raw.strip():
        yield Sign(f"the body is no stream: {short(' '.join(event.raw[:400].split()), 80)}")


RULE = Rule("TS114", "no-stream", "error", __doc__, {Undecoded: check})
