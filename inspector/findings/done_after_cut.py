"""The server says `done`, though the model's answer was cut or empty.

`done` only says that the server has nothing more to send. A client that takes it for success shows half an answer as
a whole one.

Look at the finish reason of the last chunk before you call it done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from inspector.events import StageMark
from inspector.findings.ledger import TurnFacts
from inspector.findings.moments import StageDone, TurnDone
from inspector.findings.rule import Rule, Sign
from inspector.stage import Stage


def check_turn(moment: TurnDone) -> Iterable[Sign]:
    moment.turn.stage.kept.setdefault(RULE.code, []).append(moment.turn)
    return ()


def check(moment: StageDone) -> Iterator[Sign]:
    stage = moment.stage.stage
    if stage.has_end_event and stage.phase.last == "done":
        what = _trouble(stage, moment.stage.kept.get(RULE.code, []))
        if what is not None and (moment.stage.first_body or _is_named(moment)):
            yield Sign(f"done came, though {what}")


def _trouble(stage: Stage, turns: list[TurnFacts]) -> str | None:
    if not any(_is_something(turn) for turn in turns):
        return "nothing was said before it"
    if any(turn.finish == "length" for turn in turns):
        return "the model's answer was cut at its limit of tokens (finish reason length)"
    ran = stage.synthesis_from
    if any(not turn.finishes and (ran is None or turn.first_frame < ran) for turn in turns):
        return "an answer of the model has no finish reason"  # of what follows the tools, these servers never send one
    return None


def _is_named(moment: StageDone) -> bool:
    """Whether the end says whose it is: else, with no chunk before it, it may be that of another API."""
    events = moment.ledger.transcript.events(moment.n)
    return any(isinstance(each, StageMark) and each.stage is not None for each in events)


def _is_something(turn: TurnFacts) -> bool:
    return bool(turn.calls) or any(turn.track(name).size > begin for name, begin in turn.begins.items())


RULE = Rule("TC091", "done-after-cut", "warn", __doc__, {TurnDone: check_turn, StageDone: check})
