"""The stream stopped with neither a finish reason nor `[DONE]`, nor any other end that its dialect has.

The answer is incomplete, and a client that does not look for the end takes half an answer, or half a call, for all of
it; the official SDK says nothing.

Do not run a call of this answer. Look at the server's log, and at the idle timeout of what stands between.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import AnswerDone
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


RULE = Rule("TS108", "stream-cut", "error", __doc__, {AnswerDone: check})
