"""The chunks hold whole calls, and the server's map of results is empty.

The server did not understand its own model's calls: with an id on the first fragment only, as OpenAI and llama.cpp
send it, an accumulator keyed by the id of each fragment has no whole call. It runs nothing, and the model then makes
something up.

Do not trust what comes after. Mend the server: join fragments by `index`, and say so when a call cannot be run.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from inspector.calls import Call
from inspector.events import ToolsRan
from inspector.findings.moments import EventCame
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import short
from inspector.stage import Stage


def check(moment: EventCame) -> Iterator[Sign]:
    stage = moment.stage
    if stage is None or not stage.has_end_event or (stage.results and stage.results[-1].frame == moment.n):
        return
    if whole := _whole(stage, moment.n):
        names = ", ".join(str(call.name.last) for call in whole[:3])
        made = "1 whole call" if len(whole) == 1 else f"{len(whole)} whole calls"
        message = f"{made} came ({short(names, 60)}), and the map of results is empty"
        yield Sign(message, path=("tool_summary",))


def _whole(stage: Stage, n: int) -> list[Call]:
    """The calls of the last turn that can be run: each has a name, and arguments that are JSON."""
    found: list[Call] = []
    for choice in stage.choices.values():
        last = list(takewhile(lambda call: call.turn == stage.turn, reversed(choice.calls)))
        found += (call for call in reversed(last) if call.name.last and call.json_at(n).state == "valid")
    return found


RULE = Rule("TC090", "calls-lost-by-server", "error", __doc__, {ToolsRan: check})
