"""The arguments of a call were whole JSON after some chunk, and more text followed.

Clients that run a call as soon as its arguments parse run it too early: with parameters missing, or twice.

Wait for the finish reason before you run it.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import CallDone
from inspector.findings.rule import Rule, Sign


def check(moment: CallDone) -> Iterator[Sign]:
    whole, track = moment.call.json.complete_at, moment.call.call.arguments
    if whole is None:
        return
    n = track.frame_of(whole - 1)
    size = track.size_at(n)
    if size < track.size and moment.call.json.verdict(size).state == "valid":
        message = f"the arguments of {moment.call.title} were whole after frame {n}"
        more = track.size - size
        yield moment.sign(f"{message}, and {more} more byte{'s' * (more > 1)} followed", size)


RULE = Rule("TC044", "parses-before-end", "info", __doc__, {CallDone: check})
