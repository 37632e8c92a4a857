"""A later fragment of a call has an empty `id` or an empty `function.name`.

Clients that set what comes lose the id or the name; some take the empty id for that of a new call, others refuse the
chunk. DashScope and LM Studio do this.

Treat an empty text as absent: keep the first id and name.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import FragmentCame
from inspector.findings.rule import Rule, Sign


def check(moment: FragmentCame) -> Iterator[Sign]:
    if moment.is_first:
        return
    if moment.delta.id == "":
        yield Sign(f"a later fragment of {moment.call.title} has an empty id", path=(*moment.path, "id"))
    elif moment.delta.name == "" and moment.call.call.name.last:
        path = (*moment.path, "function", "name")
        yield Sign(f"a later fragment of {moment.call.title} has an empty name", path=path)


RULE = Rule("TC005", "empty-id-continuation", "warn", __doc__, {FragmentCame: check})
