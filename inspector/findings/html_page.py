"""The body is an HTML or XML page, and no stream.

A login page, a proxy's error, or a wrong address: the official SDK reads it as an empty answer and says nothing.

Open the address in a browser to see who answers, and check the base URL and the proxy.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.events import Undecoded
from inspector.findings.moments import EventCame
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import short


def check(moment: EventCame) -> Iterator[Sign]:
    if isinstance(moment.event, Undecoded) and moment.event.reason.startswith("an HTML or XML page"):
        yield Sign(f"the body is a page: {short(' '.join(moment.event.raw.split()), 80)}")


RULE = Rule("TS111", "html-page", "error", __doc__, {Undecoded: check})
