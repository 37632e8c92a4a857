"""The timeline: every frame in one cell, and clicks that lead to it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.ui.moment import Canvas, Moment
from inspector.ui.panes import timeline
from inspector.ui.panes.timeline import cell_of
from tests.ui.panes.streams import STREAMS, sse, text, transcript


@given(st.integers(1, 90), st.integers(1, 60), st.data())
@settings(max_examples=200, deadline=None)
def test_a_click_on_the_needle_stays_in_its_share_of_the_line(framed: int, width: int, data: st.DataObject) -> None:
    made = transcript(sse(*(text("x") for _ in range(framed))))
    n = data.draw(st.integers(0, framed - 1))
    view = timeline.view(Moment(made, n), Canvas(width))
    here = cell_of(n, framed, width)
    assert view.line(0)[here].text == "┃"
    link = view.link_at(0, here)
    assert isinstance(link, int)
    assert link <= n
    assert cell_of(link, framed, width) == here or framed < width
    if framed <= width:
        assert link == n


def test_the_timeline_is_as_wide_as_asked() -> None:
    for name, stream in STREAMS.items():
        for width in (1, 2, 7, 60, 300):
            made = transcript(stream)
            line = timeline.view(Moment(made, 0), Canvas(width)).line(0)
            assert name == "empty" or len(line) == width


def test_what_is_not_decoded_yet_is_dots() -> None:
    made = transcript(sse(*(text("x") for _ in range(10))))
    made.decoded = 5
    drawn = "".join(span.text for span in timeline.view(Moment(made, 0), Canvas(20)).line(0))
    assert drawn[10:] == "·" * 10
    assert "·" not in drawn[:10]
