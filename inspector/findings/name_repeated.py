"""The whole name of a call is in more than one of its fragments, or another name in a fragment after its arguments.

A name may come in pieces, so clients append what comes, the official SDK too: `read_fileread_file` is a tool that
nobody has. Another name under the same id or index is most likely a second call, and is lost or runs into the first.

Take the name once; take a later one for a piece only where it is not the name so far, and no arguments came yet.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import FragmentCame
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import quoted

_TWO_CALLS = "Run neither before you know whether two calls share one id or index. Report it to the server's authors."


def check(moment: FragmentCame) -> Iterator[Sign]:
    name = moment.delta.name
    if not name or moment.delta.origin == "status":
        return
    known: str = moment.call.kept.get(RULE.code, "")
    path = (*moment.path, "function", "name")
    if known and name.startswith(known):
        yield Sign(f"a later fragment of {moment.call.title} has the name again, {quoted(name, 80)}", path)
    elif not (moment.call.call.name.last or "").startswith(known + name):  # it came too late to be a piece
        message = f"a later fragment of {moment.call.title} has another name, {quoted(name, 80)}, which is lost"
        yield Sign(f"{message}; held to belong to it by its {moment.matched_by}", path, advice=_TWO_CALLS)
    else:
        moment.call.kept[RULE.code] = known + name


RULE = Rule("TC020", "name-repeated", "error", __doc__, {FragmentCame: check})
