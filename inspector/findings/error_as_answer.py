"""An agent server failed, or gave up, and says so as the assistant's text, with the finish reason of a good answer.

Nothing but the words tells it from an answer: a client shows it as one, keeps it in the conversation, and does not try
again.

Look at the server's log for what went wrong. The server's own words are the one text that comes in the same chunk as
the finish reason: give errors an event of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from inspector.findings.moments import DeltaCame
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import short

# IBM/flexo's words (stages/README.md, quirk 18), and what others would write in their place.
_FAILURE = re.compile(r"\berror\b|\bmaximum\b.*\b(depth|steps|iterations)\b|\btry (your request )?again\b", re.I | re.S)
_WORDS_MOST = 1000  # a failure is said in a sentence or two


def check(moment: DeltaCame) -> Iterator[Sign]:
    """Only where the dialect is known to send the end of an answer without any text."""
    said = moment.delta.get("content") if moment.delta else None
    if moment.ledger.transcript.dialect != "agent" or not isinstance(said, str):
        return
    if moment.choice.get("finish_reason") == "stop" and _FAILURE.search(said[:_WORDS_MOST]):
        message = f"the last chunk reads like a failure of the server: {short(said, 120)}"
        yield Sign(message, path=(*moment.path, "delta", "content"))


RULE = Rule("TC096", "error-as-answer", "warn", __doc__, {DeltaCame: check})
