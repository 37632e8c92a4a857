"""The indices of an answer's calls do not count up from 0: they begin elsewhere, leave one out, or go down.

The index is a place in the list of calls that a client builds. One that is out of the list raises an error (in the
official SDK too), leaves holes, or puts a call over another.

Join the fragments by `id`, and list the calls in the order in which they come. The server took the tool's place in
the request, or counts from 1: report it.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import FragmentCame
from inspector.findings.rule import Rule, Sign


def check(moment: FragmentCame) -> Iterator[Sign]:
    index = moment.delta.index
    if index is None or not moment.is_first:
        return
    seen: dict[int, int] = moment.turn.kept.setdefault(RULE.code, {})  # each index, and the highest up to it
    if index in seen:  # that is another rule's: one index for two calls
        return
    highest = next(reversed(seen.values()), -1)
    if index != highest + 1:
        place = f"after index {highest}" if seen else "first call of the answer"
        yield Sign(f"{moment.call.title}, {place}, has the index {index}", path=(*moment.path, "index"))
    seen[index] = max(index, highest)


RULE = Rule("TC003", "index-not-call-order", "error", __doc__, {FragmentCame: check})
