"""A fragment of a call has `null` for its arguments, or for its whole `function`.

Clients that join the fragments add `None` to a string and crash, and the calls beside it are lost with it.

Treat it as no text at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import FragmentCame
from inspector.findings.rule import Rule, Sign


def check(moment: FragmentCame) -> Iterator[Sign]:
    function, path = moment.function, (*moment.path, "function")
    if not isinstance(function, dict):
        if "function" in moment.sent and function is None:
            yield Sign(f"a fragment of {moment.call.title} has null for its function", path=path)
    elif "arguments" in function and function["arguments"] is None:
        both = "name and arguments" if "name" in function and function["name"] is None else "arguments"
        yield Sign(f"a fragment of {moment.call.title} has null for its {both}", path=(*path, "arguments"))


RULE = Rule("TC032", "arguments-null", "warn", __doc__, {FragmentCame: check})
