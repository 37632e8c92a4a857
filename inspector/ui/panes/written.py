"""Calls that the model wrote as plain text, under a heading of their own: no server sent them as tool calls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from inspector.asides import CallRecovered
from inspector.gate import clean
from inspector.tool_formats.recovering import recover
from inspector.tool_formats.tool_format import Recovered
from inspector.tracks import TextTrack, decode
from inspector.ui.lines import Block, Fixed, Span, cut
from inspector.ui.moment import Canvas, Moment
from inspector.ui.panes.call_header import INDENT
from inspector.ui.text import text_blocks

MOST_BYTES = 64 * 1024  # of one answer; calls are short, and this is read anew as the text grows
_HEADING = "written as text"
_MEANING = "  no tool calls of the server's"


class Written(NamedTuple):
    """A call and the frame that completed its text. `taken` is the id under which the run took it up, if it did."""

    frame: int
    name: str
    arguments: str
    tool_format: str
    taken: str | None
    owner: object  # what it was found in, the same each time
    part: str


def written_blocks(moment: Moment, canvas: Canvas) -> list[Block]:
    """The heading and the calls; nothing where there are none."""
    calls = written(moment, canvas)
    if not calls:
        return []
    blocks: list[Block] = [Fixed([[Span(_HEADING, "heading"), Span(_MEANING, "dim")]])]
    for call in calls:
        blocks.append(Fixed([cut(_head(call, moment, canvas), canvas.width, canvas.glyphs.cut)]))
        track = canvas.wraps.track(call.owner, call.part, call.frame, call.arguments)
        blocks += text_blocks(moment, canvas, track, indent=INDENT)
    return blocks


def written(moment: Moment, canvas: Canvas) -> list[Written]:
    """The calls in the text of the choice on show, and those that the run took up."""
    taken = _taken(moment)
    known = [(call.name, call.arguments) for call in taken]
    found = [call for call in _found(moment, canvas) if (call.name, call.arguments) not in known]
    return sorted([*taken, *found], key=lambda call: call.frame)


def _head(call: Written, moment: Moment, canvas: Canvas) -> list[Span]:
    look = "strong added" if call.frame == moment.n else "strong"
    state = f"taken as call {call.taken}" if call.taken is not None else "not run"
    return [
        Span(f"{canvas.glyphs.warning} ", "warning"),
        Span(clean(call.name), look, call.frame),
        Span(f"  format {clean(call.tool_format)}", "dim"),
        Span(f" {canvas.glyphs.dot} ", "faint"),
        Span(clean(state), "warning" if call.taken is None else "good"),
    ]


def _taken(moment: Moment) -> list[Written]:
    stage = moment.stage
    asides = [(frame, aside) for frame, aside in list(stage.recovered) if frame <= moment.n] if stage else []
    return [_of_run(frame, aside) for frame, aside in asides]


def _of_run(frame: int, aside: CallRecovered) -> Written:
    return Written(frame, aside.name, aside.arguments, aside.tool_format, aside.call_id, aside, "taken")


def _found(moment: Moment, canvas: Canvas) -> Iterator[Written]:
    stage, chosen = moment.stage, moment.chosen
    if stage is None or chosen is None:
        return
    tracks = [chosen.content] if chosen.index else [chosen.content, stage.synthesis]
    for track in tracks:
        for start, end in _answers(moment, track):
            yield from _in_answer(moment, canvas, track, start, end)


def _answers(moment: Moment, track: TextTrack) -> Iterator[tuple[int, int]]:
    """The bytes of the track that came in each answer up to the moment."""
    firsts = [each.first_frame for each in moment.transcript.exchanges.all if 0 < each.first_frame <= moment.n]
    sizes = [0, *(track.size_at(first - 1) for first in firsts), track.size_at(moment.n)]
    return ((start, end) for start, end in pairwise(sizes) if 0 < end - start <= MOST_BYTES)


def _in_answer(moment: Moment, canvas: Canvas, track: TextTrack, start: int, end: int) -> Iterator[Written]:
    names = offered(moment, track.frame_of(start))
    calls: Sequence[Recovered] = canvas.wraps.once(
        track, ("written", start), lambda: recover(decode(track.slice(start, end)), names), of=end
    )
    for number, call in enumerate(calls):
        frame = track.frame_of(start + call.end - 1)
        part = f"written {start:d} {number:d}"
        yield Written(frame, call.name, call.arguments, call.tool_format, None, track, part)


def offered(moment: Moment, n: int) -> list[str] | None:
    """The names of the tools in the request that frame `n` answers; `None` where no request is known."""
    exchange = moment.transcript.exchanges.at(n)
    body = exchange.began.body if exchange is not None else None
    if not isinstance(body, dict):
        return None
    tools = body.get("tools")
    return [name for tool in (tools if isinstance(tools, list) else []) if (name := _name(tool)) is not None]


def _name(tool: Any) -> str | None:
    function = tool.get("function") if isinstance(tool, dict) else None
    name = function.get("name") if isinstance(function, dict) else None
    return name if isinstance(name, str) else None
