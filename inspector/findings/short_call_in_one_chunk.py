"""A short call comes whole in one fragment: id, name and all of its arguments.

Legal, and what Ollama and transformers do. A client that expects a name first and arguments later, or that runs a
call at the fragment after it, may miss it.

Take a call as whole at the end of the turn, not at a further fragment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from inspector.findings.call_in_one_chunk import LONG
from inspector.findings.moments import CallDone, FragmentCame
from inspector.findings.rule import Rule, Sign


def check(moment: FragmentCame) -> Iterable[Sign]:
    kept = moment.call.kept
    kept[RULE.code] = moment.path if moment.is_first and moment.delta.name and moment.delta.arguments else None
    return ()


def check_call(moment: CallDone) -> Iterator[Sign]:
    call, path = moment.call.call, moment.call.kept.get(RULE.code)
    is_whole = call.arguments.last_frame == call.opened and moment.call.worth == "valid"
    if path and is_whole and call.origin == "wire" and call.arguments.size <= LONG:
        yield Sign(f"{moment.call.title} comes whole in one fragment", path=path, frame=call.opened)


RULE = Rule("TC095", "short-call-in-one-chunk", "info", __doc__, {FragmentCame: check, CallDone: check_call})
