"""Views made of blocks, and lines cut to fit."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from inspector import gate
from inspector.ui.lines import (
    BLANK,
    MOST_COPIED,
    Fixed,
    Rows,
    Span,
    View,
    cells,
    cut,
    cut_text,
    link_in,
    padded,
    plain,
    wrapped,
)

CLEAN = st.text(max_size=12).map(gate.clean)
LINES = st.lists(CLEAN.map(Span), max_size=5)


@given(LINES, st.integers(0, 20))
@settings(max_examples=300, deadline=None)
def test_a_line_that_is_cut_fits_and_begins_as_it_did(line: list[Span], width: int) -> None:
    found = cut(line, width, "…")
    assert cells(found) <= width
    if cells(line) <= width:
        assert list(found) == line
    elif width:
        assert plain(found).endswith("…")
        assert "".join(span.text for span in line).startswith("".join(span.text for span in found)[:-1])


@given(LINES, st.integers(2, 20))
@settings(max_examples=300, deadline=None)
def test_a_line_that_is_wrapped_fits_and_loses_nothing(line: list[Span], width: int) -> None:
    rows = wrapped(line, width)
    assert "".join(span.text for row in rows for span in row) == "".join(span.text for span in line)
    assert all(cells(row) <= width or len(row) == 1 for row in rows)


def test_a_line_is_wrapped_after_a_blank_and_keeps_its_looks() -> None:
    rows = wrapped([Span("error: ", "bad"), Span("no such model", "")], 15)
    assert rows == [[Span("error: ", "bad"), Span("no such ")], [Span("model")]]
    assert [plain(row) for row in wrapped([Span("abcdef")], 4)] == ["abcd", "ef"]


@given(CLEAN, st.integers(0, 20))
@settings(max_examples=300, deadline=None)
def test_a_text_is_cut_between_what_is_drawn_whole(text: str, width: int) -> None:
    found = cut_text(text, width)
    assert cell_len(found) <= width
    assert text.startswith(found)


@given(LINES, st.integers(0, 40))
def test_a_padded_line_is_as_wide_as_asked_or_as_it_was(line: list[Span], width: int) -> None:
    assert cells(padded(line, width)) == max(cells(line), width)


def test_a_view_stacks_its_blocks_and_leaves_empty_ones_out() -> None:
    view = View([Fixed([[Span("a")]]), Fixed([]), BLANK, Rows(2, lambda row: [Span(f"r{row:d}")], lambda row: row)])
    assert [plain(view.line(row)) for row in range(view.height)] == ["a", "", "r0", "r1"]
    assert [view.link_at(row, 0) for row in range(-1, 6)] == [None, None, None, 0, 1, None, None]
    assert view.text() == "a\n\nr0\nr1"


def test_a_row_is_made_only_when_it_is_drawn() -> None:
    made: list[int] = []

    def line(row: int) -> list[Span]:
        made.append(row)
        return [Span(f"{row:d}")]

    view = View([Rows(3_000_000, line, lambda row: row)])
    assert plain(view.line(2_999_999)) == "2999999"
    assert made == [2_999_999]


def test_copying_very_many_rows_says_how_many_are_left_out() -> None:
    text = View([Rows(MOST_COPIED + 7, lambda row: [Span("x")], lambda row: None)]).text()
    assert text.endswith("x\n(7 more lines)")


def test_a_link_is_that_of_the_span_under_the_cell() -> None:
    line = [Span("ab", "", 1), Span("数", "", 2), Span("c")]
    assert [link_in(line, cell) for cell in range(6)] == [1, 1, 2, 2, None, None]
