"""More than one chunk of a choice has a finish reason.

A client that acts on each runs the calls twice.

Act on the first only. OpenRouter repeats it on the chunk with the usage.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import DeltaCame
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import short


def check(moment: DeltaCame) -> Iterator[Sign]:
    reason = moment.choice.get("finish_reason")
    if moment.turn.finishes and reason and isinstance(reason, str):
        frame, first = moment.turn.finishes[0]
        message = f"a finish reason again ({short(reason, 30)}); the first, {short(first, 30)}, came in frame {frame}"
        yield Sign(message, path=(*moment.path, "finish_reason"))


RULE = Rule("TC052", "finish-repeated", "warn", __doc__, {DeltaCame: check})
