"""The data of an event is JSON, but no object: `null`, a text, a list.

Clients ask it for `choices` and crash, or pass over what it says.

Skip it, and tell the server's authors.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.events import Undecoded
from inspector.findings.moments import EventCame
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import short


def check(moment: EventCame) -> Iterator[Sign]:
    event = moment.event
    if isinstance(event, Undecoded) and event.reason == "a JSON value that is no object":
        yield Sign(f"the data is {short(event.raw.strip(), 60)}")


RULE = Rule("TS128", "data-not-object", "warn", __doc__, {Undecoded: check})
