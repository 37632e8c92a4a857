"""An error came as an event of a stream that had begun well.

The status of the response was 200, so that clients which do not look for `error` take it for an empty answer, or for
the end of a good one.

Show the server's own words, and take nothing before it for a whole answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.events import StageError
from inspector.findings.moments import EventCame
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import short


def check(moment: EventCame) -> Iterator[Sign]:
    if isinstance(moment.event, StageError) and moment.ledger.transcript.frame(moment.n).dispatched:
        yield Sign(f"the server says: {short(moment.event.message, 300)}", path=("error",))


RULE = Rule("TS109", "error-in-200-stream", "error", __doc__, {StageError: check})
