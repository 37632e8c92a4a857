"""The body is an error as JSON, and no stream.

With a status of 200 the official SDK reads it as an empty answer and says nothing.

Read the server's words and mend the request; a client should look at the content type before it reads a stream.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.events import Undecoded
from inspector.findings.moments import EventCame
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import short

_BEGINS = "a JSON error body, not a stream: "


def check(moment: EventCame) -> Iterator[Sign]:
    if isinstance(moment.event, Undecoded) and moment.event.reason.startswith(_BEGINS):
        yield Sign(f"the server says: {short(moment.event.reason.removeprefix(_BEGINS), 300)}", path=("error",))


RULE = Rule("TS112", "json-error-body", "error", __doc__, {Undecoded: check})
