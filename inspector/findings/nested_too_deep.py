"""The JSON of an event nests more than 200 levels deep.

Parsers refuse it, at 200 levels (jiter, pydantic) or at some thousand, or run out of stack.

Look for a value that holds itself, or that is wrapped once more in every step.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.events import Undecoded
from inspector.findings.moments import EventCame
from inspector.findings.rule import Rule, Sign


def check(moment: EventCame) -> Iterator[Sign]:
    if isinstance(moment.event, Undecoded) and moment.event.reason.startswith("JSON nested deeper"):
        yield Sign("the JSON nests too deep to be read")


RULE = Rule("TS129", "nested-too-deep", "warn", __doc__, {Undecoded: check})
