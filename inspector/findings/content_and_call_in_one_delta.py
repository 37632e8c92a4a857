"""One delta has both text and a part of a call.

A client that looks for the one, and else for the other, loses one of them.

Look for both in every delta.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import DeltaCame
from inspector.findings.rule import Rule, Sign


def check(moment: DeltaCame) -> Iterator[Sign]:
    delta = moment.delta
    if delta and delta.get("content") and delta.get("tool_calls"):
        yield Sign("a delta has content and a part of a call", path=(*moment.path, "delta"))


RULE = Rule("TC065", "content-and-call-in-one-delta", "info", __doc__, {DeltaCame: check})
