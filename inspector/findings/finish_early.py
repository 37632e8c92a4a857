"""Text or a part of a call comes after the finish reason of its choice.

A client that stops at the first finish reason loses what comes then, which may be the call.

Do not stop there: read to the end of the stream. Report it to the server's authors.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import DeltaCame
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import short

PAYLOADS = ("content", "tool_calls", "reasoning_content", "reasoning", "refusal")


def check(moment: DeltaCame) -> Iterator[Sign]:
    if not moment.turn.finishes or not moment.delta:
        return
    for field in PAYLOADS:
        if moment.delta.get(field):
            frame, reason = moment.turn.finishes[0]
            where = "the same frame" if frame == moment.n else f"frame {frame}"
            message = f"{field} came after the finish reason {short(reason, 30)} of {where}"
            yield Sign(message, path=(*moment.path, "delta", field))
            return


RULE = Rule("TC054", "finish-early", "error", __doc__, {DeltaCame: check})
