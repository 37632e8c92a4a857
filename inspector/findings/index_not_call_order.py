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
    known = [each.call.index for each in moment.turn.calls.values() if each is not moment.call]
    before = [each for each in known if each is not None]
    if index in before:  # that is another rule's: one index for two calls
        return
    expected = max(before) + 1 if before else 0
    if index != expected:
        place = f"after index {expected - 1}" if before else "first call of the answer"
        yield Sign(f"{moment.call.title}, {place}, has the index {index}", path=(*moment.path, "index"))


RULE = Rule("TC003", "index-not-call-order", "error", __doc__, {FragmentCame: check})
