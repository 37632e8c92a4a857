"""A result on the wire names a call that is not in the stage.

The model is told of a result that it did not ask for; what the screen shows does not say what was run, and with
which arguments. A server does so where it read the call out of text, or answers under an id of its own.

Look at the text for a call that the model wrote there. A server must send the calls it runs, and answer under their
ids.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, takewhile

from inspector.calls import Call
from inspector.events import ToolResult
from inspector.findings.moments import EventCame
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import quoted, short
from inspector.stage import Stage

_SHOWN = 8  # ids in a message


@dataclass(slots=True)
class _Known:
    """The calls of a stage so far, as far as a result may name them."""

    ids: dict[str, None] = field(default_factory=dict)  # in order of appearance
    without: dict[Call, None] = field(default_factory=dict)  # those that have no id yet: a result may be for any
    turn: int = 0  # the last that was looked at
    n: int = -1  # the frame after which that was

    def look_at(self, stage: Stage) -> None:
        for choice in stage.choices.values():
            recent = list(takewhile(lambda call: call.turn >= self.turn, reversed(choice.calls)))
            for call in reversed(recent):
                self.without[call] = None
                self.ids.update((call_id, None) for _, call_id in call.id.history())
        self.without = {call: None for call in self.without if call.id.last is None}
        self.turn = stage.turn


def check(moment: EventCame) -> Iterator[Sign]:
    call_id = moment.event.call_id  # type: ignore[union-attr]  # it is a ToolResult
    known = _known(moment)
    if known is None or known.without or call_id in known.ids or (call_id is None and known.ids):
        return
    what = "a result that names no call" if call_id is None else f"a result for the call {quoted(call_id, 80)}"
    has = (
        f"the ids of its calls are {short(', '.join(islice(known.ids, _SHOWN)), 200)}"
        if known.ids
        else "it has no call"
    )
    needle = None if call_id is None else json.dumps(call_id, ensure_ascii=False).encode("utf-8", "replace")
    yield Sign(f"{what}, which is not in the stage: {has}", needle=needle, about=call_id)


def _known(moment: EventCame) -> _Known | None:
    if moment.stage is None:
        return None
    facts = moment.ledger.stages.get(moment.stage.number)
    known: _Known = facts.kept.setdefault(RULE.code, _Known()) if facts is not None else _Known()
    if known.n != moment.n:
        known.n = moment.n
        known.look_at(moment.stage)
    return known


RULE = Rule("TC073", "result-without-call", "warn", __doc__, {ToolResult: check})
