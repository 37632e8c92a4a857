"""The answer made tool calls, and its finish reason is `stop` (or `end_turn`).

An agent that goes on only at `tool_calls` stops here: it shows an empty answer and runs nothing.

Decide by the calls, not by the finish reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import TurnDone
from inspector.findings.rule import Rule, Sign

_STOPS = frozenset({"stop", "end_turn"})


def check(moment: TurnDone) -> Iterator[Sign]:
    turn = moment.turn
    made = [each.call for each in turn.calls.values() if each.call.origin != "status"]
    if made and turn.finish in _STOPS:
        frame = turn.finishes[0][0]
        _, path = moment.ledger.choices.sent(frame, turn.choice.index, "finish_reason")
        calls = "1 call was" if len(made) == 1 else f"{len(made)} calls were"
        message = f"{calls} made, and the finish reason is {turn.finish}"
        yield Sign(message, path=(*path, "finish_reason"), frame=frame)


RULE = Rule("TC050", "finish-stop-with-calls", "error", __doc__, {TurnDone: check})
