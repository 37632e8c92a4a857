"""A fragment of a tool call has no integer `index`.

The index says which call a fragment belongs to. Without it the official SDK raises a TypeError, strict clients refuse
the chunk, and others drop the arguments or mix those of parallel calls.

Join the fragments by `id`; where there is none either, by their place, as long as only one call is open.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import FragmentCame
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import quoted


def check(moment: FragmentCame) -> Iterator[Sign]:
    if moment.delta.index is None and moment.delta.origin == "wire":
        sent = moment.sent.get("index", moment)
        what = "no index" if sent is moment else f"an index that is no integer ({quoted(sent, 40)})"
        message = f"a fragment of {moment.call.title} has {what}; held to belong to it by its {moment.matched_by}"
        yield Sign(message, path=(*moment.path, "index"))


RULE = Rule("TC001", "missing-index", "error", __doc__, {FragmentCame: check})
