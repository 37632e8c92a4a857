"""The whole name of a call is in more than one of its fragments.

A name may come in pieces, so clients append what comes, the official SDK too: `read_fileread_file` is a tool that
nobody has.

Take the name once; take a later one for a piece only where it is not the name so far.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import FragmentCame
from inspector.findings.rule import Rule, Sign


def check(moment: FragmentCame) -> Iterator[Sign]:
    name = moment.delta.name
    if not name or moment.delta.origin == "status":
        return
    known: str = moment.call.kept.get(RULE.code, "")
    if known and name.startswith(known):
        message = f"a later fragment of {moment.call.title} has the name again, {name!r:.80}"
        yield Sign(message, path=(*moment.path, "function", "name"))
    else:
        moment.call.kept[RULE.code] = known + name


RULE = Rule("TC020", "name-repeated", "error", __doc__, {FragmentCame: check})
