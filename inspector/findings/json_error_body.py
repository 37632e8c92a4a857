"""The body is an error as JSON, and no stream.

With a status of 200 the official SDK reads it as an empty answer and says nothing.

Read the server's words and mend the request; a client should look at the content type before it reads a stream.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.events import Undecoded
from inspector.findings.error_words import to_do
from inspector.findings.moments import EventCame
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import short

_BEGINS = "a JSON error body, not a stream: "


def check(moment: EventCame) -> Iterator[Sign]:
    if isinstance(moment.event, Undecoded) and moment.event.reason.startswith(_BEGINS):
        said = moment.event.reason.removeprefix(_BEGINS)
        yield Sign(f"the server says: {short(said, 300)}", path=("error",), advice=to_do(said).strip() or None)


RULE = Rule("TS112", "json-error-body", "error", __doc__, {Undecoded: check})
