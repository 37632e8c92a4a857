"""The role in a delta is null, or comes in more than one chunk of the answer.

Strict schemas refuse null and drop the chunk with its text; clients that append get `assistantassistant`, as the
official SDK's accumulator does.

Take the first role, and ignore all after it.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import DeltaCame
from inspector.findings.rule import Rule, Sign


def check(moment: DeltaCame) -> Iterator[Sign]:
    if not moment.delta or "role" not in moment.delta:
        return
    role, path = moment.delta["role"], (*moment.path, "delta", "role")
    if role is None:
        yield Sign("the role is null", path=path, about="null")
    elif (first := moment.turn.kept.setdefault(RULE.code, (moment.n, path))) != (moment.n, path):
        where = "the same frame" if first[0] == moment.n else f"frame {first[0]}"
        yield Sign(f"the role comes again; the first was in {where}", path=path, about="again")


RULE = Rule("TC068", "role-null-or-repeated", "info", __doc__, {DeltaCame: check})
