"""One answer was asked for, or came, and a choice has another number than 0.

A proxy used the number of the content block as that of the choice. A client that reads choice 0 misses text or calls,
and waits for a second finish reason.

Where `n` was 1, take all choices for one answer. Report it to the proxy's authors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from inspector.choice import Choice
from inspector.findings.moments import DeltaCame, StageDone
from inspector.findings.rule import Rule, Sign


def check(moment: DeltaCame) -> Iterator[Sign]:
    request, index = moment.ledger.request, moment.turn.choice.index
    if index > 0 and request is not None and request.get("n") in (None, 1):
        yield Sign(f"the request asks for one answer, and a choice has index {index}", path=(*moment.path, "index"))


def check_stage(moment: StageDone) -> Iterator[Sign]:
    """Whatever was asked for, there is a choice 0, and each answer has an end: the text of one has, and its calls."""
    choices = moment.stage.stage.choices
    if moment.ledger.request is not None or not choices:
        return
    if 0 not in choices:
        first = choices[min(choices)]
        yield _sign(moment, first, f"there is no choice 0; the first has index {first.index}")
        return
    called = [each for each in choices.values() if each.calls]
    if called and called[0].index and moment.stage.stage.phase.last == "done" and _share_an_end(choices.values()):
        message = f"the calls are in choice {called[0].index}, and with choice 0 it has one finish reason"
        yield _sign(moment, called[0], f"{message}: most likely both are one answer")


def _share_an_end(choices: Iterable[Choice]) -> bool:
    """Where several answers were asked for, as many end."""
    return sum(each.finish.last is not None for each in choices) == 1


def _sign(moment: StageDone, choice: Choice, message: str) -> Sign:
    _, path = moment.ledger.choices.sent(choice.first_frame, choice.index)
    return Sign(message, path=(*path, "index"), frame=choice.first_frame)


RULE = Rule("TC066", "choice-index-not-zero", "warn", __doc__, {DeltaCame: check, StageDone: check_stage})
