"""One answer was asked for, and a choice has another number than 0.

A proxy used the number of the content block as that of the choice. A client that reads choice 0 misses text or calls,
and waits for a second finish reason.

Where `n` was 1, take all choices for one answer. Report it to the proxy's authors.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import DeltaCame, StageDone
from inspector.findings.rule import Rule, Sign


def check(moment: DeltaCame) -> Iterator[Sign]:
    request, index = moment.ledger.request, moment.turn.choice.index
    if index > 0 and request is not None and request.get("n") in (None, 1):
        yield Sign(f"the request asks for one answer, and a choice has index {index}", path=(*moment.path, "index"))


def check_stage(moment: StageDone) -> Iterator[Sign]:
    """Whatever was asked for, there is a choice 0."""
    choices = moment.stage.stage.choices
    if moment.ledger.request is None and choices and 0 not in choices:
        first = choices[min(choices)]
        _, path = moment.ledger.choices.sent(first.first_frame, first.index)
        message = f"there is no choice 0; the first has index {first.index}"
        yield Sign(message, path=(*path, "index"), frame=first.first_frame)


RULE = Rule("TC066", "choice-index-not-zero", "warn", __doc__, {DeltaCame: check, StageDone: check_stage})
