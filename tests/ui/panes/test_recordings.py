"""Recorded streams in every pane: nothing raises, nothing is too wide, nothing that acts is drawn."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inspector.ui.glyphs import UNICODE
from inspector.ui.lines import View, cells
from inspector.ui.moment import Canvas, Moment
from inspector.ui.panes import calls, chunks, detail, results, synthesis, timeline
from tests.shared import SHARED, needs_shared
from tests.ui.panes.streams import transcript

WIDTHS = (50, 97)
MOST_MOMENTS = 3
Pane = Callable[[Moment, Canvas], View]


def _detail(mode: detail.Mode) -> Pane:
    return lambda moment, canvas: detail.view(moment, canvas, moment.transcript.frame(moment.n), mode)


PANES: dict[str, Pane] = {
    "calls": calls.view,
    "results": results.view,
    "synthesis": synthesis.view,
    "timeline": timeline.view,
    "chunks": lambda moment, canvas: chunks.view(moment, canvas, chunks.Labels(moment.transcript, UNICODE)),
    **{mode: _detail(mode) for mode in detail.MODES},
}


def recordings(folder: str) -> list[Path]:
    found = sorted((SHARED / folder).glob("*.sse")) + sorted((SHARED / folder).glob("*.jsonl"))
    return [path for path in found if not path.name.endswith(".times.jsonl")]


def moments(framed: int) -> Iterator[int]:
    yield from range(framed % 2, framed, framed // MOST_MOMENTS + 1)
    if framed:
        yield framed - 1


def check(path: Path) -> None:
    made = transcript(path.read_bytes())
    for n in moments(made.framed):
        for name, pane in PANES.items():
            width = WIDTHS[n % 2]
            view = pane(Moment(made, n), Canvas(width))
            for row in range(min(view.height, 40)):
                line = view.line(row)
                assert cells(line) <= width, (path.name, name, n, row)
                drawn = "".join(span.text for span in line)
                acting = [char for char in drawn if unicodedata.category(char) in ("Cc", "Cf", "Cs")]
                assert not set(acting) - {"\u200d"}, (path.name, name, n, row)


@needs_shared
@pytest.mark.parametrize("folder", ["stages", "captures", "corpus"])
def test_recordings_are_drawn_in_every_pane(folder: str) -> None:
    paths = recordings(folder)
    assert paths
    for path in paths:
        check(path)
