"""The first line of a tool call: its number, name, id, and what its arguments are worth; what is unusual under it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from inspector.calls import Call
from inspector.gate import clean
from inspector.json_scan import Verdict
from inspector.ui.lines import Line, Span, cells, cut
from inspector.ui.moment import Canvas, Moment
from inspector.ui.text import width_of

INDENT = 2
FINISHES = {  # finish reasons that want a word more
    "length": "the token limit cut it off",
    "content_filter": "a filter cut it off",
}
_ORIGINS = {"status": "read from a status", "function_call": "sent as function_call"}


class Columns(NamedTuple):
    """How wide the columns of the headers are, so that they stand under one another."""

    slot: int
    name: int
    id: int


def header(
    call: Call,
    moment: Moment,
    canvas: Canvas,
    columns: Columns,
    verdict: Verdict,
    signs: str,
    twin: Span | None = None,
) -> list[Line]:
    """One line, and under it what is unusual about the call, if anything is.

    `signs` say what is open at its end; `twin` that the same call stands in a text as well.
    """
    n = moment.n
    slot = f"{call.slot:>{columns.slot}d}"
    line = [
        Span(slot, "dim added" if call.opened == n else "dim", call.opened),
        *_named(call.name.at(n), "strong", _given(call.name.history(), n), columns.name, canvas, n),
        *_named(call.id.first_at(n), "dim", _given(call.id.history()[:1], n), columns.id, canvas, n),
        Span("  "),
        *_state(call, moment, canvas, verdict, signs),
    ]
    notes = [*_notes(call, moment, canvas, is_short=verdict.state == "partial"), *([twin] if twin else [])]
    under = [cut([Span(" " * INDENT), *apart(notes, canvas)], canvas.width, canvas.glyphs.cut)] if notes else []
    return [cut(line, canvas.width, canvas.glyphs.cut), *under]


def _named(name: str | None, look: str, frame: int | None, width: int, canvas: Canvas, n: int) -> list[Span]:
    """A name in its column, or a dash while there is none."""
    text = clean(name or "") or canvas.glyphs.dash
    gap = Span(" " if look == "strong" else "  ")
    drawn = cut([Span(text, f"{look} added" if frame == n else look, frame)], width, canvas.glyphs.cut)
    return [gap, *drawn, Span(" " * (width - cells(drawn)))]


def _given(history: Sequence[tuple[int, str]], n: int) -> int | None:
    """The frame that gave the value which holds after frame `n`."""
    return max((frame for frame, _ in history if frame <= n), default=None)


def _state(call: Call, moment: Moment, canvas: Canvas, verdict: Verdict, signs: str) -> list[Span]:
    glyphs = canvas.glyphs
    if verdict.first_bad_byte is not None:
        frame = call.arguments.frame_of(verdict.first_bad_byte)
        return [Span(f"{glyphs.invalid} broken since byte {verdict.first_bad_byte:d}, chunk {frame:d}", "bad", frame)]
    if verdict.state == "valid":
        return [Span(f"{glyphs.valid} valid", "good")]
    if verdict.state == "empty":
        return [Span(f"{glyphs.empty} empty", "dim")]
    still = f": {signs}" if signs else ""
    if is_closed(call, moment.n):
        return [Span(f"{glyphs.invalid} unfinished{still}", "bad", call.done)]
    return [Span(f"{glyphs.partial} open{still}", "warning")]


def _notes(call: Call, moment: Moment, canvas: Canvas, *, is_short: bool) -> list[Span]:
    """What is unusual about a call, in words."""
    glyphs, n = canvas.glyphs, moment.n
    notes: list[Span] = []
    if is_short and is_closed(call, n) and (cut_off := _cut_off(call, moment)) is not None:
        frame, why = cut_off
        notes.append(Span(f"{glyphs.warning} {why}", "warning", frame))
    matched_by = call.matched_by.at(n)
    if matched_by == "guess":
        notes.append(Span(f"{glyphs.warning} matched by guess", "warning"))
    elif matched_by == "position" and call.origin == "wire":
        notes.append(Span("matched by position", "dim"))
    if call.index is not None and call.index != call.slot and call.turn == 0:
        notes.append(Span(f"index {call.index:d} on the wire", "dim"))
    if call.origin in _ORIGINS:
        notes.append(Span(_ORIGINS[call.origin], "dim"))
    ids = [value for frame, value in call.id.history() if frame <= n]
    if len(ids) > 1:
        notes.append(Span(f"{glyphs.warning} other ids: {clean(', '.join(ids[1:]))}", "warning"))
    return notes


def apart(notes: Sequence[Span], canvas: Canvas) -> list[Span]:
    """The notes of one line, with dots between them."""
    separator = Span(f" {canvas.glyphs.dot} ", "faint")
    return [span for note in notes for span in (separator, note)][1:]


def _cut_off(call: Call, moment: Moment) -> tuple[int, str] | None:
    """The finish reason that tells why no more arguments came, and its frame."""
    given = moment.chosen.finish.history() if moment.chosen else []
    ends = [pair for pair in given if call.opened <= pair[0] <= (call.done or 0)]
    return (ends[-1][0], FINISHES[ends[-1][1]]) if ends and ends[-1][1] in FINISHES else None


def columns_of(calls: Sequence[Call], moment: Moment, canvas: Canvas) -> Columns:
    names = [clean(call.name.at(moment.n) or "") for call in calls]
    ids = [clean(call.id.first_at(moment.n) or "") for call in calls]
    return Columns(
        len(str(calls[-1].slot)),
        max(width_of(names, canvas.width // 3), 1),
        max(width_of(ids, canvas.width // 4), 1),
    )


def is_closed(call: Call, n: int) -> bool:
    """No more arguments can come."""
    return call.done is not None and call.done <= n
