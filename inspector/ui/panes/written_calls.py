"""Which calls the model wrote as plain text up to a moment, and which of them came as calls too. Draws nothing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from inspector.asides import CallRecovered
from inspector.calls import Call
from inspector.stage import ENDED
from inspector.tool_formats.found import Call as TextCall
from inspector.tool_formats.offered import Schemas, offered
from inspector.tool_formats.recovering import Ending, as_json, calls_in
from inspector.tracks import TextTrack, decode
from inspector.twins import Sent, Told
from inspector.ui.moment import Canvas, Moment

MOST_BYTES = 64 * 1024  # of one text of one answer; calls are short, and this is read anew as the text grows


class Written(NamedTuple):
    """A call and the frame that completed its text. `taken` is the id under which the run took it up, if it did.

    `twins` are the server's calls that say the same.
    """

    frame: int
    name: str
    arguments: str
    tool_format: str
    owner: object  # what it was found in, the same each time
    part: str
    taken: str | None = None
    in_reasoning: bool = False
    is_untyped: bool = False
    is_cut: bool = False
    twins: Sequence[Call] = ()


def written(moment: Moment, canvas: Canvas) -> list[Written]:
    """The calls in the texts of the choice on show, and those that the run took up."""
    taken = _taken(moment)
    known = [(call.name, call.arguments) for call in taken]
    found = [call for call in _found(moment, canvas) if call.in_reasoning or (call.name, call.arguments) not in known]
    return sorted([*taken, *_with_twins(found, moment, canvas)], key=lambda call: call.frame)


def _taken(moment: Moment) -> list[Written]:
    stage = moment.stage
    asides = [(frame, aside) for frame, aside in list(stage.recovered) if frame <= moment.n] if stage else []
    return [_of_run(frame, aside) for frame, aside in asides]


def _of_run(frame: int, aside: CallRecovered) -> Written:
    return Written(frame, aside.name, aside.arguments, aside.tool_format, aside, "taken", aside.call_id)


# -- in the texts -------------------------------------------------------------------------------------------------


def _found(moment: Moment, canvas: Canvas) -> Iterator[Written]:
    stage, chosen = moment.stage, moment.chosen
    if stage is None or chosen is None:
        return
    said = [chosen.content] if chosen.index else [chosen.content, stage.synthesis]
    for track in [chosen.reasoning, *said]:
        for start, end in _answers(moment, track):
            yield from _in_answer(moment, canvas, track, start, end, is_thought=track is chosen.reasoning)


def _answers(moment: Moment, track: TextTrack) -> Iterator[tuple[int, int]]:
    """The bytes of the track that came in each answer up to the moment."""
    firsts = [each.first_frame for each in moment.transcript.exchanges.all if 0 < each.first_frame <= moment.n]
    sizes = [0, *(track.size_at(first - 1) for first in firsts), track.size_at(moment.n)]
    return ((start, end) for start, end in pairwise(sizes) if 0 < end - start <= MOST_BYTES)


def _in_answer(
    moment: Moment, canvas: Canvas, track: TextTrack, start: int, end: int, *, is_thought: bool
) -> Iterator[Written]:
    ending = _ending(moment, track, end)

    def read() -> Sequence[TextCall]:
        tools = _offered(moment, track.frame_of(start))
        return calls_in(decode(track.slice(start, end)), tools, is_thought=is_thought, ending=ending)

    for number, call in enumerate(canvas.wraps.once(track, ("written", start), read, of=(end, ending))):
        yield Written(
            track.frame_of(start + call.end - 1),
            call.name,
            as_json(call),
            call.format,
            track,
            f"written {start:d} {number:d}",
            in_reasoning=call.in_reasoning,
            is_untyped=call.is_untyped,
            is_cut=not call.is_complete,
        )


def _ending(moment: Moment, track: TextTrack, end: int) -> Ending:
    """How the text up to byte `end` ends: by the finish reason of its answer, or by the end of all."""
    last, chosen, stage = track.frame_of(end - 1), moment.chosen, moment.stage
    finishes = [reason for n, reason in chosen.finish.history() if last <= n <= moment.n] if chosen else []
    if finishes:
        return "cut" if finishes[0] == "length" else "whole"
    return "cut" if stage is not None and stage.phase.at(moment.n) in ENDED else "open"


def _offered(moment: Moment, n: int) -> Schemas | None:
    """The tools in the request that frame `n` answers, or else those that the user says; `None` where nobody knows."""
    exchange = moment.transcript.exchanges.at(n)
    body = exchange.began.body if exchange is not None else None
    sent = offered(body.get("tools")) if isinstance(body, dict) else None
    return sent if sent is not None else moment.transcript.tools


# -- those that were sent as well ---------------------------------------------------------------------------------


def _with_twins(calls: Sequence[Written], moment: Moment, canvas: Canvas) -> Iterator[Written]:
    turns = [_turn(call.frame, moment) for call in calls]
    sent: Mapping[int, Sent] = {turn: _sent(turn, moment, canvas) for turn in set(turns)}
    for call, turn in zip(calls, turns, strict=True):
        yield call._replace(twins=sent[turn].same_as(call.name, call.arguments, is_untyped=call.is_untyped))


def _turn(frame: int, moment: Moment) -> int:
    return (moment.stage.turns.at(frame) if moment.stage else None) or 0


def _sent(turn: int, moment: Moment, canvas: Canvas) -> Sent:
    """The server's calls of a turn, as far as they are whole at the moment."""
    calls, n = moment.chosen.calls if moment.chosen else [], moment.n
    first, last = bisect_left(calls, turn, key=attrgetter("turn")), bisect_right(calls, turn, key=attrgetter("turn"))
    whole = [call for call in calls[first:last] if call.opened <= n and _is_whole(call, n)]
    of = [(call.slot, call.name.at(n), call.arguments.size_at(n)) for call in whole]

    def read() -> Sent:
        return Sent([Told(call, call.name.at(n) or "", call.arguments.text_at(n)) for call in whole])

    return canvas.wraps.once(calls, ("sent", turn), read, of=of)


def _is_whole(call: Call, n: int) -> bool:
    worth = call.json_at(n).state
    return worth == "valid" or (worth == "empty" and call.done is not None and call.done <= n)
