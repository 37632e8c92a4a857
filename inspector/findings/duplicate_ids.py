"""Two calls of one answer have the same `id`.

A result names its call by the id. Clients that keep calls or results by it run one call and drop the other, and
providers refuse the next request: `Duplicate value for 'tool_call_id'`.

Give the second call an id of its own before it is sent back, and answer it under that.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.ledger import CallFacts
from inspector.findings.moments import FragmentCame
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import quoted


def check(moment: FragmentCame) -> Iterator[Sign]:
    call_id = moment.delta.id
    if not call_id:
        return
    owners: dict[str, CallFacts] = moment.turn.kept.setdefault(RULE.code, {})
    owner = owners.setdefault(call_id, moment.call)
    if owner is not moment.call:
        yield Sign(f"{moment.call.title} has the id of {owner.title}, {quoted(call_id, 80)}", path=(*moment.path, "id"))


RULE = Rule("TC009", "duplicate-ids", "error", __doc__, {FragmentCame: check})
