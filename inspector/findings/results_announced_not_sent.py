"""A status says that the tools ran, and no result is ever sent.

What a tool gave back cannot be seen, nor that it failed, is unknown or never ran: the status comes all the same.

Ask the server's log for the results. Do not take the status for a sign that a tool did its work.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import StageDone
from inspector.findings.rule import Rule, Sign

_RAN = "tools_executed"


def check(moment: StageDone) -> Iterator[Sign]:
    stage = moment.stage.stage
    told = [each.frame for each in stage.statuses if each.status == _RAN]
    if told and not stage.results and not stage.is_run:
        times = "once" if len(told) == 1 else f"{len(told)} times"
        yield Sign(f"{_RAN} came {times}, and no result of a tool", needle=_RAN.encode(), frame=told[0])


RULE = Rule("TC092", "results-announced-not-sent", "warn", __doc__, {StageDone: check})
