"""The answer ends with `[DONE]`, and no choice ever gave a finish reason.

The server swallowed the last chunk, and perhaps the end of the text or of a call with it. Some clients take that for
an error, the official SDK says nothing.

Take the answer as complete only if the arguments of its calls are whole JSON. Report it to the server's authors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from inspector.findings.moments import AnswerDone, TurnDone
from inspector.findings.rule import Rule, Sign


def check_turn(moment: TurnDone) -> Iterable[Sign]:
    if moment.turn.finishes:
        moment.turn.stage.kept[RULE.code] = True
    return ()


def check(moment: AnswerDone) -> Iterator[Sign]:
    stage = moment.stage.stage
    is_finished = moment.stage.kept.pop(RULE.code, False)
    if moment.said_done and stage.choices and not is_finished and not stage.failed:
        partial = any(
            call.json_at(moment.n).state == "partial" for each in stage.choices.values() for call in each.calls
        )
        midway = ", and the arguments of a call are cut" if partial else ""
        yield Sign(f"[DONE] came and no finish reason before it{midway}")


RULE = Rule("TC051", "finish-missing", "error", __doc__, {TurnDone: check_turn, AnswerDone: check})
