"""Two calls of one answer have the same `index`: another id, or another name after whole arguments, begins the second.

A client that goes by the index makes one call of both: a name that is two names, arguments that are `{…}{…}`. The
official SDK does.

Begin a new call whenever the id changes, whatever the index says; report it to the server's authors.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.ledger import CallFacts
from inspector.findings.moments import FragmentCame
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import quoted


def check(moment: FragmentCame) -> Iterator[Sign]:
    index = moment.delta.index
    if index is None or not moment.is_first:
        return
    owners: dict[int, CallFacts] = moment.turn.kept.setdefault(RULE.code, {})
    owner = owners.get(index)
    if owner is not None:
        new = f"another id, {quoted(moment.delta.id, 80)}" if moment.delta.id else "another name after whole arguments"
        message = f"{moment.call.title} has index {index}, which is that of {owner.title}, and {new}"
        yield Sign(message, path=(*moment.path, "index"))
    owners[index] = moment.call


RULE = Rule("TC002", "index-reused", "error", __doc__, {FragmentCame: check})
