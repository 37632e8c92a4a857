"""The same `id`, or the `type`, is in more than one fragment of a call, where OpenAI has it in the first alone.

Clients that append whatever text comes, and the official SDK is one, have the id twice or more (`call_1call_1`), and
send back one that the server never gave, or that is too long for it.

Set the id and the type, never append them.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import FragmentCame
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import quoted


def check(moment: FragmentCame) -> Iterator[Sign]:
    seen: set[str] = moment.call.kept.setdefault(RULE.code, set())
    call_id, kind = moment.delta.id, moment.sent.get("type")
    new = {f"id {call_id}"} if call_id else set()
    new |= {"type"} if isinstance(kind, str) and kind else set()
    if call_id and f"id {call_id}" in seen:
        message = f"a later fragment of {moment.call.title} has its id again, {quoted(call_id, 80)}"
        yield Sign(message, (*moment.path, "id"))
    elif seen & new:
        yield Sign(f"a later fragment of {moment.call.title} has its type again", (*moment.path, "type"))
    seen |= new


RULE = Rule("TC007", "id-repeated", "warn", __doc__, {FragmentCame: check})
