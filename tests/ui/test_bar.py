"""Bars of one line: what is left out, what is cut, and that they are never too long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from inspector.ui.bar import Piece, fit, shortened, without_middle


def drawn(left: list[Piece], right: list[Piece], width: int) -> str:
    return "".join(piece.text for piece in fit(left, right, width, separator=" | ", cut="~"))


LEFT = [Piece("path/of/weather.sse", 0, least=12), Piece("stage 1/2", 1), Piece("model tiny", 5)]
RIGHT = [Piece("z max", 9), Piece("? help", 0)]

FITTED = [
    (61, " path/of/weather.sse | stage 1/2 | model tiny  z max  ? help "),
    (60, " ~th/of/weather.sse | stage 1/2 | model tiny  z max  ? help "),
    (54, " ~weather.sse | stage 1/2 | model tiny  z max  ? help "),
    (53, " ~th/of/weather.sse | stage 1/2 | model tiny  ? help "),
    (47, " ~weather.sse | stage 1/2 | model tiny  ? help "),
    (46, " path/of/weather.sse | stage 1/2       ? help "),
    (33, " path/of/weather.sse      ? help "),
    (25, " ~of/weather.sse  ? help "),
    (10, " ~weather.sse  ? help "),
]


@pytest.mark.parametrize(("width", "line"), FITTED, ids=[str(width) for width, _ in FITTED])
def test_the_piece_of_least_worth_goes_first_and_a_path_loses_its_beginning_before(width: int, line: str) -> None:
    assert drawn(LEFT, RIGHT, width) == line


def test_a_gap_keeps_the_right_side_at_the_edge() -> None:
    line = drawn(LEFT, RIGHT, 80)
    assert len(line) == 80
    assert line.endswith("  z max  ? help ")


MIDDLES = [
    ("short.sse", 9, "short.sse"),
    ("/home/me/.local/state/recordings/run-chat.sse", 24, "/home/me~gs/run-chat.sse"),
    ("漢字漢字漢字漢字", 7, "漢~漢字"),
    ("abc", 1, "~"),
]


@pytest.mark.parametrize(("text", "width", "short"), MIDDLES, ids=[text for text, _, _ in MIDDLES])
def test_a_long_path_loses_its_middle(text: str, width: int, short: str) -> None:
    assert without_middle(text, width, "~") == short


texts = st.text(st.sampled_from("ab é漢👩"), max_size=12)
pieces = st.builds(Piece, texts, st.integers(0, 9), least=st.integers(1, 20))


@given(st.lists(pieces, max_size=5), st.lists(pieces, max_size=5), st.integers(0, 60))
def test_what_may_be_left_out_never_makes_the_line_too_long(left: list[Piece], right: list[Piece], width: int) -> None:
    droppable = [piece._replace(rank=piece.rank + 1) for piece in left]
    line = drawn(droppable, [piece._replace(rank=piece.rank + 1) for piece in right], width)
    assert cell_len(line) <= max(width, 2)


@given(texts, st.integers(1, 20))
def test_a_shortened_text_fits_and_keeps_its_end(text: str, width: int) -> None:
    short = shortened(text, width, "~")
    assert cell_len(short) <= max(width, 1)
    assert text.endswith(short.removeprefix("~"))
