"""The answer came to its finish reason, and the stream ends without `data: [DONE]`.

Clients that wait for it report a closed connection, or throw a whole answer away; the official SDK says nothing.

Take the finish reason as the end. Tell the server's authors.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import AnswerDone
from inspector.findings.rule import Rule, Sign


def check(moment: AnswerDone) -> Iterator[Sign]:
    transcript, stage = moment.ledger.transcript, moment.stage.stage
    ends_with_done = transcript.dialect == "openai-chat" and transcript.is_sse(max(moment.n, 0))
    failed = stage.failed or stage.phase.last in ("error", "cancelled")
    if moment.is_whole and not moment.said_done and ends_with_done and not failed:
        yield Sign("the stream ends after its finish reason without [DONE]")


RULE = Rule("TS107", "missing-done", "warn", __doc__, {AnswerDone: check})
