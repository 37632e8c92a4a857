"""A later fragment of a call, of the same index and without a name of its own, has another `id`.

Clients that go by the id make two calls of one, both of them cut; those that append send back an id that nobody
knows.

Use the first id, and join the fragments by `index`.
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
    first = moment.call.kept.setdefault(RULE.code, call_id)
    if call_id != first:
        message = f"the id of {moment.call.title} is {quoted(first, 80)}, and in a later fragment {quoted(call_id, 80)}"
        yield Sign(message, path=(*moment.path, "id"))


RULE = Rule("TC008", "id-changes", "error", __doc__, {FragmentCame: check})
