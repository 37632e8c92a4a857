"""An error came as an event of a stream that had begun well.

The status of the response was 200, so that clients which do not look for `error` take it for an empty answer, or for
the end of a good one.

Look at the server's log for more than its words, then send the request again. Take nothing before the error for a
whole answer, and run no call that is half there.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.events import StageError
from inspector.findings.error_words import to_do
from inspector.findings.moments import EventCame
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import short


def check(moment: EventCame) -> Iterator[Sign]:
    if isinstance(moment.event, StageError) and moment.ledger.transcript.frame(moment.n).dispatched:
        said = moment.event.message
        message = f"the server says: {short(said, 300)}{_half_there(moment)}"
        yield Sign(message, path=("error",), advice=to_do(said) + RULE.advice)


def _half_there(moment: EventCame) -> str:
    choices = moment.stage.choices.values() if moment.stage else ()
    calls = (call for choice in choices for call in choice.calls if call.json_at(moment.n).state == "partial")
    return "".join(f"; call {call.slot} ({short(call.name.last or '', 80)}) is half there" for call in calls)


RULE = Rule("TS109", "error-in-200-stream", "error", __doc__, {StageError: check})
