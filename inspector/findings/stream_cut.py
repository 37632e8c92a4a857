"""The stream stopped with neither a finish reason nor `[DONE]`, nor any other end that its dialect has.

The answer is incomplete, and a client that does not look for the end takes half an answer, or half a call, for all of
it; the official SDK says nothing.

Do not run a call of this answer. Look at the server's log, and at the idle timeout of what stands between.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import AnswerDone, InputDone
from inspector.findings.rule import Rule, Sign


def check(moment: AnswerDone) -> Iterator[Sign]:
    if not moment.is_whole:
        stage = moment.stage.stage
        missing = "a done event" if stage.has_end_event else "a finish reason or [DONE]"
        open_calls = sum(
            call.json_at(moment.n).state == "partial" for each in stage.choices.values() for call in each.calls
        )
        midway = ", in the arguments of a call" if open_calls else ""
        yield Sign(f"the stream ends here without {missing}{midway}")


def check_input(moment: InputDone) -> Iterator[Sign]:
    """Of a stream that stops inside its first event no answer has begun that could be over."""
    transcript = moment.ledger.transcript
    if transcript.stages or transcript.framing != "sse" or moment.n < 0:
        return
    last = transcript.frame(moment.n)
    if last.complete or last.note is not None or last.data is None or last.data.strip() == b"[DONE]":
        return
    if all(transcript.frame(n).data is None for n in range(moment.n)):
        yield Sign("the stream ends inside its first event")


RULE = Rule("TS108", "stream-cut", "error", __doc__, {AnswerDone: check, InputDone: check_input})
