"""A chunk has a finish reason, and beside it text or a part of a call.

OpenAI sends its finish reason alone, so some clients stop reading there and lose the last words or arguments.

Read the delta of a chunk before you look at its finish reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.finish_early import PAYLOADS
from inspector.findings.moments import DeltaCame
from inspector.findings.rule import Rule, Sign


def check(moment: DeltaCame) -> Iterator[Sign]:
    if not moment.delta or not moment.choice.get("finish_reason"):
        return
    for field in PAYLOADS:
        if moment.delta.get(field):
            yield Sign(f"the chunk with the finish reason also has {field}", path=(*moment.path, "delta", field))
            return


RULE = Rule("TC053", "finish-with-payload", "info", __doc__, {DeltaCame: check})
