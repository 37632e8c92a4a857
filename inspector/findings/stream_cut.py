"""The stream stopped with neither a finish reason nor `[DONE]`, nor any other end that its dialect has.

The answer is incomplete, and a client that does not look for the end takes half an answer, or half a call, for all of
it; the official SDK says nothing.

Do not run a call of this answer. Look at the server's log, and at the idle timeout of what stands between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from inspector.events import Undecoded
from inspector.findings.cut_lines import cut_span, cut_stage, is_cut_line
from inspector.findings.ledger import Ledger
from inspector.findings.moments import AnswerDone, EventCame, InputDone
from inspector.findings.rule import Check, Rule, Sign

_CODE = "TS108"


def note_cut(moment: EventCame) -> Iterable[Sign]:
    frames = _cut_frames(moment.ledger)
    if moment.n not in frames[-1:] and is_cut_line(moment.event):
        frames.append(moment.n)
    return ()


def check(moment: AnswerDone) -> Iterator[Sign]:
    if not moment.is_whole:
        stage, ledger = moment.stage.stage, moment.ledger
        missing = "a done event" if stage.has_end_event else "a finish reason or [DONE]"
        open_calls = sum(
            call.json_at(moment.n).state == "partial" for each in stage.choices.values() for call in each.calls
        )
        midway = ", in the arguments of a call" if open_calls else ""
        cuts = [n for n in _cut_frames(ledger) if cut_stage(ledger, n) is stage]
        if cuts:
            _cut_frames(ledger).remove(cuts[-1])
            message = f"the stream ends inside this line without {missing}{midway}, and another begins behind it"
            yield Sign(message, frame=cuts[-1], span=cut_span(ledger, cuts[-1]))
        else:
            last = ledger.transcript.stages_index.last_frame_of(stage, moment.n)
            yield Sign(f"the stream ends here without {missing}{midway}", frame=last)


def check_input(moment: InputDone) -> Iterator[Sign]:
    """Of a stream that stops inside its first event no answer has begun that could be over."""
    transcript = moment.ledger.transcript
    for n in _cut_frames(moment.ledger):
        message = "a stream ends inside this line, and another begins behind it"
        yield Sign(message, frame=n, span=cut_span(moment.ledger, n), about=n)
    if transcript.stages or transcript.framing != "sse" or moment.n < 0:
        return
    last = transcript.frame(moment.n)
    if last.complete or last.note is not None or last.data is None or last.data.strip() == b"[DONE]":
        return
    if all(transcript.frame(n).data is None for n in range(moment.n)):
        yield Sign("the stream ends inside its first event")


def _cut_frames(ledger: Ledger) -> list[int]:
    """Those with a line that is cut, for which nothing was said yet."""
    frames: list[int] = ledger.kept.setdefault(_CODE, [])
    return frames


CHECKS: dict[type, Check] = {Undecoded: note_cut, AnswerDone: check, InputDone: check_input}
RULE = Rule(_CODE, "stream-cut", "error", __doc__, CHECKS)
