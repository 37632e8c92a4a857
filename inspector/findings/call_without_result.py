"""Tools ran and the wire has their results, but none for this call.

The server did not take the call, or did not run it: it keeps calls by id where fragments have none, knows no such
tool, or runs one of two that it takes for the same. The model goes on as if it had not asked, and makes the answer up.

Compare the ids and arguments of the calls with the results. Do not trust what is said of this call afterwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from inspector.events import ToolsRan
from inspector.findings.ledger import CallFacts, StageFacts
from inspector.findings.moments import CallDone, EventCame, StageDone
from inspector.findings.rule import Check, Rule, Sign
from inspector.findings.words import quoted, short

_WITH_RESULTS = frozenset({"stage"})  # the dialects whose wire has results
_SHOWN = 8  # ids in a message


@dataclass(slots=True)
class _Calls:
    """Those of a stage that are over; for the first `asked` of them the results had their chance."""

    calls: list[CallFacts] = field(default_factory=list)
    asked: int = 0


def call_done(moment: CallDone) -> Iterable[Sign]:
    if moment.ledger.transcript.dialect in _WITH_RESULTS:
        _kept(moment.turn.stage).calls.append(moment.call)
    return ()


def tools_ran(moment: EventCame) -> Iterable[Sign]:
    facts = moment.ledger.stages.get(moment.stage.number) if moment.stage else None
    if facts is not None:
        kept = _kept(facts)
        kept.asked = len(kept.calls)
    return ()


def check(moment: StageDone) -> Iterator[Sign]:
    kept, stage = _kept(moment.stage), moment.stage.stage
    results = Counter(result.call_id for result in stage.results)
    if None in results:  # it may be for any
        return
    for each in kept.calls[: kept.asked]:
        if not results and each.worth == "valid" and each.call.name.last:
            continue  # no result at all for calls that are whole: `calls_lost_by_server` says so, once
        answered = next((call_id for _, call_id in each.call.id.history() if results[call_id]), None)
        if answered is not None:
            results[answered] -= 1
        else:
            about = each.turn.choice.index, each.call.slot
            yield Sign(_message(each, results), each.path, frame=each.call.opened, about=about)


def _kept(facts: StageFacts) -> _Calls:
    kept: _Calls = facts.kept.setdefault(RULE.code, _Calls())
    return kept


def _message(facts: CallFacts, results: Counter[str | None]) -> str:
    call_id = facts.call.id.last
    named = facts.title if call_id is None else f"{facts.title} with the id {quoted(call_id, 80)}"
    if not results:
        return f"tools ran and the results are empty: there is none for {named}"
    if call_id in results:
        return f"{named} shares it with another call, and there is one result for both"
    known = ", ".join(map(str, islice(results, _SHOWN)))
    return f"tools ran and there is no result for {named}: there are results for {short(known, 200)}"


CHECKS: dict[type, Check] = {CallDone: call_done, ToolsRan: tools_ran, StageDone: check}
RULE = Rule("TC074", "call-without-result", "warn", __doc__, CHECKS, follows=True)
