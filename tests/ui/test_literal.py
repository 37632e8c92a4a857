"""Drawable forms of outside text: clean, and never read as markup."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.style import Style
from textual.content import Content

from inspector.gate import clean
from inspector.ui.literal import literal, literal_markup, literal_text, strip_segments

HOSTILE = [
    "[/foo]",
    "[/",
    "[/]",
    r"[a-z]+[/\w]",
    "[@click=app.quit]x[/]",
    "[link=..]",
    "[bold]",
    "\\[bold]\\",
    "\x1b[0m",
]
MARKUP = st.text(alphabet="[]/\\a=@\"'$b1 #(){}.%\x1b\u202e", max_size=12)


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_drawn_as_it_is(text: str) -> None:
    assert literal(text).plain == literal_text(text).plain == clean(text)
    assert literal(text).spans == []
    assert [segment.text for segment in strip_segments(text)] == [clean(text)]


def test_a_style_covers_the_whole_text() -> None:
    assert [(span.start, span.end, span.style) for span in literal("a\x1b", "bold").spans] == [(0, 2, "bold")]
    assert literal_text("a\x1b", "bold").style == "bold"
    assert strip_segments("a\x1b", Style(bold=True))[0].style == Style(bold=True)


def test_several_lines_stay_several() -> None:
    assert literal("a\r\n\tb", multiline=True).plain == literal_text("a\r\n\tb", multiline=True).plain == "a␍\n    b"
    assert literal_markup("a\nb", multiline=True) == "a\nb"
    assert literal("a\nb").plain == "a␊b"


@given(MARKUP)
@example("\\[")
@example("x\\")
def test_the_markup_parser_gives_back_what_was_written_for_it(text: str) -> None:
    read = Content.from_markup(literal_markup(text))
    assert read.plain == clean(text)
    assert read.spans == []
