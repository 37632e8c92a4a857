"""A chunk with text has `tool_calls` too, as null or as an empty list.

An empty list counts as true in JavaScript: a client that asks `if (delta.tool_calls)` loses the text; strict schemas
refuse null.

Treat null and the empty list as absent.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import DeltaCame
from inspector.findings.rule import Rule, Sign


def check(moment: DeltaCame) -> Iterator[Sign]:
    delta = moment.delta
    if delta and "tool_calls" in delta and not delta["tool_calls"] and delta.get("content"):
        what = "null" if delta["tool_calls"] is None else "an empty list"
        yield Sign(f"tool_calls is {what} beside content", path=(*moment.path, "delta", "tool_calls"))


RULE = Rule("TC061", "tool-calls-null-or-empty", "info", __doc__, {DeltaCame: check})
