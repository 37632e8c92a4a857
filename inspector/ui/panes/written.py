"""Calls that the model wrote as plain text, under a heading of their own: no server sent them as tool calls."""

from __future__ import annotations

from collections.abc import Sequence

from inspector.gate import clean
from inspector.ui.lines import Block, Fixed, Line, Span, cells, cut, wrapped
from inspector.ui.moment import Canvas, Moment
from inspector.ui.panes.call_header import INDENT, apart
from inspector.ui.panes.written_calls import Written
from inspector.ui.text import text_blocks

_HEADING = "written as text"
_MEANING = "  not the server's calls"


def written_blocks(calls: Sequence[Written], moment: Moment, canvas: Canvas) -> list[Block]:
    """The heading and the calls; nothing where there are none."""
    if not calls:
        return []
    heading = [Span(_HEADING, "heading"), Span(_MEANING, "dim")]
    blocks: list[Block] = [Fixed([cut(heading, canvas.width, canvas.glyphs.cut)])]
    for call in calls:
        blocks.append(Fixed(_head(call, moment, canvas)))
        track = canvas.wraps.track(call.owner, call.part, call.frame, call.arguments)
        blocks += text_blocks(moment, canvas, track, indent=INDENT)
    return blocks


def notes_of_twins(calls: Sequence[Written], canvas: Canvas) -> dict[int, Span]:
    """What the header of a call of the server's says of the text that has it as well, by its slot."""
    found = {twin.slot: call for call in sorted(calls, key=lambda each: not each.in_reasoning) for twin in call.twins}
    return {slot: _note(call, canvas) for slot, call in found.items()}


def _note(call: Written, canvas: Canvas) -> Span:
    if call.in_reasoning:
        return Span("also written in the reasoning", "dim", call.frame)
    return Span(f"{canvas.glyphs.warning} also written as text", "warning", call.frame)


def _head(call: Written, moment: Moment, canvas: Canvas) -> list[Line]:
    """One line, and under it where the call stands and what else came of it, if that is worth a word."""
    look = "strong added" if call.frame == moment.n else "strong"
    line = [
        Span(f"{canvas.glyphs.warning} ", "warning"),
        Span(clean(call.name), look, call.frame),
        Span(f"  format {clean(call.tool_format)}", "dim"),
    ]
    fate, notes = _fate(call), _notes(call)
    whole = [*line, *apart([Span(""), *fate], canvas)] if fate else line
    if cells(whole) > canvas.width:
        whole, notes = line, [*fate, *notes]
    return [cut(whole, canvas.width, canvas.glyphs.cut), *_under(notes, canvas)]


def _under(notes: Sequence[Span], canvas: Canvas) -> list[Line]:
    """As many lines as the notes take, each note being no longer than one."""
    width = canvas.width - INDENT
    short = [span for note in notes for span in cut([note], width, canvas.glyphs.cut)]
    rows = wrapped(apart(short, canvas), width) if short else []
    return [[Span(" " * INDENT), *row] for row in rows]


def _fate(call: Written) -> list[Span]:
    """What came of it as text, unless the server took it for a call."""
    if call.twins:
        return []
    return [Span("not run", "warning") if call.taken is None else Span(clean(f"taken as call {call.taken}"), "good")]


def _notes(call: Written) -> list[Span]:
    notes: list[Span] = []
    if call.in_reasoning:
        notes.append(Span("in the reasoning", "warning"))
    if call.twins:
        slots = ", ".join(str(twin.slot) for twin in call.twins)
        notes.append(Span(f"also sent as call {slots}", "warning", call.twins[0].opened))
    if call.is_cut:
        notes.append(Span("incomplete", "bad"))
    if call.is_untyped:
        notes.append(Span("values as text", "dim"))
    return notes
