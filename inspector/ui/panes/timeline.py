"""The whole transcript in one line: phases by name, density as bars, findings, and the cursor. Costs its width only.

A cell stands for the frames of its share of the line. Bars are frames a second where times were recorded, and
bytes a frame where they were not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from textual import events

from inspector import kinds
from inspector.transcript import Transcript
from inspector.ui.found import Marks
from inspector.ui.glyphs import Glyphs
from inspector.ui.lines import Fixed, Line, Span, View
from inspector.ui.moment import Canvas, Moment
from inspector.ui.pane import Pane
from inspector.ui.phases import phase_word

_ERRORS = (kinds.ERROR, kinds.UNDECODED)
_NOT_YET = "no frames yet"
_NONE = "no frames"
_LEAST_ROOM = 2  # cells of a phase beside its edge; a shorter one is not marked, lest edges are all there is


class Cell(NamedTuple):
    """The frames from `first` to `end`, half-open; of a cell without a frame of its own, one that is drawn wider."""

    first: int
    end: int


def view(moment: Moment, canvas: Canvas) -> View:
    """One line, each of its cells linked to the first of its frames."""
    transcript = moment.transcript
    width = canvas.width
    if not transcript.framed:
        why = _NONE if transcript.ended else _NOT_YET
        return View([Fixed([[Span(why, "faint")]])], empty=why)
    cells = _cells(transcript.framed, width)
    drawn = _bars(transcript, cells, canvas.glyphs)
    looks = ["dim" if cell.first < transcript.decoded else "faint" for cell in cells]
    for at, name in _phases(transcript, cells):
        for offset, char in enumerate(f"{canvas.glyphs.edge}{name}"):
            drawn[at + offset] = char
            looks[at + offset] = "heading" if offset else "dim"
    _mark_errors(transcript, cells, drawn, looks, canvas.glyphs)
    if moment.n >= 0:
        here = cell_of(moment.n, transcript.framed, width)
        drawn[here], looks[here] = canvas.glyphs.needle, "needle"
    line: Line = [Span(*each) for each in zip(drawn, looks, (cell.first for cell in cells), strict=True)]
    return View([Fixed([line])])


def cell_of(n: int, framed: int, width: int) -> int:
    """The cell in which frame `n` is."""
    return min(n * width // max(framed, 1), width - 1)


def _cells(framed: int, width: int) -> list[Cell]:
    """Ceilings, so that frame `n` is in cell `n * width // framed` and each frame in one cell only."""
    edges = [-(-at * framed // width) for at in range(width + 1)]
    return [Cell(first, end) if end > first else Cell(first - 1, first) for first, end in pairwise(edges)]


def _bars(transcript: Transcript, cells: Sequence[Cell], glyphs: Glyphs) -> list[str]:
    """Roots of densities, as a single burst would else press all the rest to the ground."""
    densities = [_density(transcript, cell) for cell in cells]
    most = max(densities, default=0) or 1
    steps = len(glyphs.bars) - 1
    return [
        glyphs.bars[round(math.sqrt(density / most) * steps)] if cell.first < transcript.decoded else glyphs.dot
        for density, cell in zip(densities, cells, strict=True)
    ]


def _density(transcript: Transcript, cell: Cell) -> float:
    """Frames by the time they took, or bytes by their frames; only ratios of it mean anything."""
    frames = cell.end - cell.first
    since = transcript.time_of(cell.first - 1) if cell.first else 0.0
    until = transcript.time_of(cell.end - 1)
    if since is not None and until is not None:
        return frames / max(until - since, 1e-3)
    return (transcript.span(cell.end - 1)[1] - transcript.span(cell.first)[0]) / frames


def _phases(transcript: Transcript, cells: Sequence[Cell]) -> list[tuple[int, str]]:
    """Where a phase or a stage begins, and its name as far as there is room for it before the next."""
    begins: list[tuple[int, str]] = []
    before: object = None
    for at, cell in enumerate(cells):
        if cell.first >= transcript.decoded:
            break
        last = min(cell.end, transcript.decoded) - 1
        stage = transcript.stage_at(last)
        phase = (stage.number, stage.phase.at(last)) if stage else None
        if stage is not None and phase != before:
            begins.append((at, phase_word(stage.phase.at(last) or "waiting", transcript.dialect)))
        before = phase
    ends = [*(at for at, _ in begins), len(cells)][1:]
    rooms = [(at, name, end - at - 1) for (at, name), end in zip(begins, ends, strict=True)]
    return [(at, name if len(name) <= room else "") for at, name, room in rooms if room >= _LEAST_ROOM]


def _mark_errors(
    transcript: Transcript, cells: Sequence[Cell], drawn: list[str], looks: list[str], glyphs: Glyphs
) -> None:
    kinds_of, marks = transcript.kinds, Marks(transcript, glyphs)
    for at, cell in enumerate(cells):
        if at > 0 and cells[at - 1] == cell:  # wider than its frame, which has its mark already
            continue
        if any(kinds_of.find(kind, cell.first, cell.end) >= 0 for kind in _ERRORS):
            drawn[at], looks[at] = glyphs.invalid, "bad"
        elif (worst := marks.worst(cell.first, cell.end)) is not None:
            drawn[at], looks[at] = worst


class Timeline(Pane):
    ID = "timeline"
    TITLE = "Timeline"
    HELP = (
        "The whole transcript in one line: the phases by name, how fast frames came (or how long they are, where no "
        "times were recorded) as bars, frames with errors as a cross, those with warnings as a warning sign, and the "
        "cursor. A click goes there."
    )

    def view_at(self, moment: Moment, canvas: Canvas) -> View:
        return view(moment, canvas)

    def action_caret(self, rows: int, cells_right: int) -> None:
        """There is nothing to move in: the app's own keys move the cursor."""

    def action_page(self, pages: int) -> None:
        """Nothing to scroll either."""

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
