"""The same `id` is in more than one fragment of a call, where OpenAI has it in the first alone.

Clients that append whatever text comes, and the official SDK is one, have the id twice or more (`call_1call_1`), and
send back one that the server never gave, or that is too long for it.

Set the id, never append it.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import FragmentCame
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import quoted


def check(moment: FragmentCame) -> Iterator[Sign]:
    call_id = moment.delta.id
    if not call_id:
        return
    seen: set[str] = moment.call.kept.setdefault(RULE.code, set())
    if call_id in seen:
        yield Sign(
            f"a later fragment of {moment.call.title} has its id again, {quoted(call_id, 80)}", (*moment.path, "id")
        )
    seen.add(call_id)


RULE = Rule("TC007", "id-repeated", "warn", __doc__, {FragmentCame: check})
