"""Laws of wrapping: what a view shows is what a fresh wrap of the same text would show."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from inspector import gate
from inspector.tracks import TextTrack
from inspector.ui.cells import TAB_STOP, units
from inspector.ui.wrap import Wrap, Wrapped

# What makes wrapping hard: marks, emoji put together of several parts, wide characters, what the gate spells out.
PIECES = [
    *(
        "a",
        "word ",
        " ",
        "  ",
        "\t",
        "\n",
        "\r\n",
        "{",
        '"city": ',
        "0123456789" * 3,
        "é",
        "e\u0301",
        "x" + "\u0300" * 12,
    ),
    *("你好", "ｶﾞ", "한국", "\u1112\u1161\u11ab", "นี่", "हिन्दी", "ﷺ", "\u0301", "\ufe0f", "\u200d", "\u202e", "\u00ad"),
    *(
        "🙂",
        "👍🏽",
        "👩\u200d👩\u200d👧\u200d👦",
        "👩\u200d",
        "🇩🇪",
        "🇩",
        "☀\ufe0f",
        "1\ufe0f\u20e3",
        "1",
        "🏳\ufe0f\u200d🌈",
        "❤",
        "©",
        "👩\u200d©",
        "\u26a0",
    ),
    *("\x00", "\x1b[31m", "\x9b", "\ud800", "\udc00", "\ue000", "\U000e0041", "\u2028", "\u0378"),
]
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=25)
WIDTHS = st.integers(1, 24)


def grown(pieces: list[str], width: int, *, look_between: bool = False, words: bool = True) -> Wrap:
    """A wrap of a track that grew piece by piece."""
    track = TextTrack()
    wrap = Wrap(track, width, words=words)
    for frame, piece in enumerate(pieces):
        track.append(frame, piece)
        if look_between:
            wrap.at(track.size)
    return wrap


def rows(view: Wrapped) -> list[tuple[int, str]]:
    return [(view.start(row), "".join(g.drawn for g in view.row(row).glyphs)) for row in range(view.height)]


def drawn(view: Wrapped) -> str:
    return "".join(text for _, text in rows(view))


@given(TEXTS, WIDTHS, st.booleans(), st.booleans())
@example(["你 x"], 1, False, False)
@example(["aaaa ", "🇩", "🇪"], 6, True, True)
@example(["👩\u200d", "👩\u200d", "👧"], 8, True, True)
@example(["aa x", *["\u0300"] * 30, " b"], 4, True, True)
@settings(max_examples=300, deadline=None)
def test_the_view_at_any_frame_is_a_fresh_wrap_of_the_text_so_far(
    pieces: list[str], width: int, between: bool, words: bool
) -> None:
    wrap = grown(pieces, width, look_between=between, words=words)
    wrap.at(wrap.track.size)
    for frame in range(-1, len(pieces)):
        view = wrap.at(wrap.track.size_at(frame))
        fresh = grown(["".join(pieces[: frame + 1])], width, words=words)
        assert rows(view) == rows(fresh.at(fresh.track.size))


@given(TEXTS, WIDTHS)
@settings(max_examples=200, deadline=None)
def test_a_view_stays_as_it_was_while_the_text_grows(pieces: list[str], width: int) -> None:
    track = TextTrack()
    wrap = Wrap(track, width)
    kept = []
    for frame, piece in enumerate(pieces):
        track.append(frame, piece)
        view = wrap.at(track.size)
        kept.append((view, rows(view)))
    for view, before in kept:
        assert rows(view) == before


@given(TEXTS, WIDTHS)
@settings(max_examples=300, deadline=None)
def test_rows_draw_what_the_gate_makes_of_each_line(pieces: list[str], width: int) -> None:
    text = "".join(pieces)
    wrap = grown([text], width)
    view = wrap.at(wrap.track.size)
    spaced = "".join("" if line == "\t" else line for line in text)
    if "\t" not in text:
        assert drawn(view) == "\n".join(gate.clean(line) for line in text.split("\n"))
    assert drawn(view).count("\n") == spaced.count("\n")


@given(TEXTS, WIDTHS)
@settings(max_examples=300, deadline=None)
def test_no_row_is_wider_than_asked_but_by_a_hanging_blank_or_one_wide_unit(pieces: list[str], width: int) -> None:
    wrap = grown(pieces, width)
    view = wrap.at(wrap.track.size)
    for number in range(view.height):
        row = view.row(number)
        glyphs = [glyph for glyph in row.glyphs if glyph.drawn != "\n"]
        shown = "".join(glyph.drawn for glyph in glyphs)
        assert row.cells == cell_len(shown)
        before = sum(glyph.cells for glyph in glyphs[:-1])
        assert row.cells <= width or len(glyphs) == 1 or (before <= width and glyphs[-1].drawn == " ")


@given(TEXTS, WIDTHS, st.data())
@settings(max_examples=300, deadline=None)
def test_a_byte_is_found_again_from_the_cell_it_is_drawn_at(pieces: list[str], width: int, data: st.DataObject) -> None:
    wrap = grown(pieces, width)
    size = wrap.track.size_at(data.draw(st.integers(-1, len(pieces))))
    view = wrap.at(size)
    glyphs = [(row, glyph) for row in range(view.height) for glyph in view.row(row).glyphs]
    assert [0, *(g.end for _, g in glyphs)] == [*(g.start for _, g in glyphs), size]  # every byte in exactly one unit
    for row, glyph in glyphs:
        for byte in range(glyph.start, glyph.end):
            assert view.row_of(byte) == row
        for cell in range(glyph.cell, glyph.cell + glyph.cells):
            assert view.byte_at(row, cell) == glyph.start


CASES = {
    "breaks after the last blank that fits": ("the quick brown fox", 10, ["the quick ", "brown fox"]),
    "does not leave a row less than half full": ("ab cdefghijkl", 10, ["ab cdefghi", "jkl"]),
    "lets one blank hang over the end": ("0123456789 abc", 10, ["0123456789 ", "abc"]),
    "breaks a long word where the row is full": ("abcdefghijkl", 5, ["abcde", "fghij", "kl"]),
    "does not leave an indent alone in a row": ("    abcdefghij", 8, ["    abcd", "efghij"]),
    "breaks after any wide character": ("你好世界你好", 5, ["你好", "世界", "你好"]),
    "keeps a mark with its letter": ("abcde\u0301fg", 5, ["abcde\u0301", "fg"]),
    "keeps an emoji whole": ("abcd👩\u200d👧x", 5, ["abcd", "👩\u200d👧x"]),
    "begins a row at every line end": ("a\nb\n\nc\n", 5, ["a\n", "b\n", "\n", "c\n", ""]),
    "fills a tab with blanks up to its stop": ("a\tb", 20, ["a   b"]),
    "keeps the name of a character whole": ("abcdef\u202eg", 10, ["abcdef", "<U+202E>g"]),
    "has one row for no text": ("", 10, [""]),
}


@pytest.mark.parametrize(("text", "width", "expected"), CASES.values(), ids=CASES)
def test_a_text_is_wrapped_so(text: str, width: int, expected: list[str]) -> None:
    wrap = grown([text], width)
    assert [row for _, row in rows(wrap.at(wrap.track.size))] == expected


def test_without_words_a_row_is_broken_where_it_is_full() -> None:
    wrap = grown(["the quick brown你好 fox"], 10, words=False)
    assert [row for _, row in rows(wrap.at(wrap.track.size))] == ["the quick ", "brown你好 ", "fox"]


def test_simple_characters_are_what_the_gate_leaves_alone_and_as_wide_as_rich_says() -> None:
    for code in range(0x20, 0x10000):
        found = list(units("a" + chr(code))) if code != 0x0A else []
        for unit in found:
            assert unit.drawn == "\t" or unit.cells == cell_len(unit.drawn)
        if len(found) == 2 and found[1].drawn == chr(code) != "\t":
            assert gate.clean(chr(code)) in (chr(code), "◌" + chr(code))


def test_a_text_that_grows_is_wrapped_from_near_its_end_only() -> None:
    track = TextTrack()
    wrap = Wrap(track, 80)
    track.append(0, "some words and more of them " * 10_000)
    starts = [wrap.at(track.size).start(row) for row in range(100)]
    for frame in range(1, 50):
        track.append(frame, "and more ")
        before = track.size - 9
        view = wrap.at(track.size)
        assert view._settled >= view.height - 8, before
    assert [wrap.at(track.size).start(row) for row in range(100)] == starts
    assert all(b - a <= 81 for a, b in pairwise(starts))


def test_tabs_stop_at_the_same_columns_as_in_the_gate() -> None:
    wrap = grown(["ab\tc"], 40)
    assert drawn(wrap.at(4)) == gate.clean("ab\tc", multiline=True)
    assert TAB_STOP == gate.TAB_STOP
