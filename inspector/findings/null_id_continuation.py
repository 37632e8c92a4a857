"""A later fragment of a call has `null` as its `id` or as its `function.name`.

OpenAI leaves the keys out. Clients with a strict schema refuse the chunk, and those that set what comes lose the id
or the name.

Treat `null` as absent: keep the first id and name.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import FragmentCame
from inspector.findings.rule import Rule, Sign


def check(moment: FragmentCame) -> Iterator[Sign]:
    if moment.is_first:
        return
    sent, function = moment.sent, moment.function
    if "id" in sent and sent["id"] is None:
        yield Sign(f"a later fragment of {moment.call.title} has the id null", path=(*moment.path, "id"))
    elif isinstance(function, dict) and "name" in function and function["name"] is None:
        path = (*moment.path, "function", "name")
        yield Sign(f"a later fragment of {moment.call.title} has the name null", path=path)


RULE = Rule("TC006", "null-id-continuation", "info", __doc__, {FragmentCame: check})
