"""The name of a call comes only after its id or some of its arguments.

Clients that make a call of the first fragment raise an error there, or have a call without a name; early arguments
are lost.

Keep what comes until the name is there.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import FragmentCame
from inspector.findings.rule import Rule, Sign


def check(moment: FragmentCame) -> Iterator[Sign]:
    if moment.is_first and not moment.delta.name:
        moment.call.kept[RULE.code] = moment.n
    elif moment.delta.name and (first := moment.call.kept.pop(RULE.code, None)) is not None:
        message = f"the name of {moment.call.title} comes after its first fragment, which is in frame {first}"
        yield Sign(message, path=(*moment.path, "function", "name"))


RULE = Rule("TC021", "name-late", "warn", __doc__, {FragmentCame: check})
