"""The body is one JSON value, as of an answer that was asked for without `stream`, and no stream.

A client that reads a stream finds no event in it and gives an empty answer; the official SDK says nothing.

Look whether the request has `"stream": true`, and whether a proxy takes it out. Read the answer as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.events import Undecoded
from inspector.findings.moments import EventCame
from inspector.findings.rule import Rule, Sign


def check(moment: EventCame) -> Iterator[Sign]:
    if isinstance(moment.event, Undecoded) and moment.event.reason.startswith("one JSON value, not a stream"):
        is_answer = '"chat.completion"' in moment.event.raw
        yield Sign("the body is a whole answer, not streamed" if is_answer else "the body is one JSON value")


RULE = Rule("TS113", "not-streamed", "error", __doc__, {Undecoded: check})
