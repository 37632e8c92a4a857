"""The run was cancelled by whoever made it, or the server says that the stage was.

What came by then is no whole answer, though nobody is at fault: a call that stops midway was not meant to be run.

Do not take it for the model's answer, and leave it out of the conversation. Nothing else needs mending.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.asides import RunEnded
from inspector.events import StageCancelled
from inspector.findings.moments import AsideCame, EventCame
from inspector.findings.rule import Rule, Sign


def check(moment: EventCame) -> Iterator[Sign]:
    yield Sign("the server says that the stage was cancelled")


def check_run(moment: AsideCame) -> Iterator[Sign]:
    aside = moment.aside
    if isinstance(aside, RunEnded) and aside.how == "cancelled":
        yield Sign(f"the run was cancelled after {aside.at_s:.1f} s")


RULE = Rule("TS130", "cancelled", "info", __doc__, {StageCancelled: check, AsideCame: check_run})
