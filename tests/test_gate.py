"""The gate by a table, by laws on any text, and by every code point there is."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.gate import clean, pieces

ZALGO = "z" + "\u0301" * 500

# id: source, drawn on one line, drawn on several lines
CASES = {
    "plain": ('{"city": "Oslo"}', '{"city": "Oslo"}', '{"city": "Oslo"}'),
    "nothing": ("", "", ""),
    "markup is not the gate's": ("[/foo] [@click=app.quit]x[/]", "[/foo] [@click=app.quit]x[/]", None),
    "NUL, bell, escape, DEL": ("\0\a\x1b\x7f", "␀␇␛␡", "␀␇␛␡"),
    "OSC 52": ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇", "␛]52;c;aGk=␇"),
    "C1": ("\x80\x85\x9b31m\x9f", "<80><85><9B>31m<9F>", "<80><85><9B>31m<9F>"),
    "newlines": ("a\nb\r\nc\rd", "a␊b␍␊c␍d", "a\nb␍\nc␍d"),
    "other line breaks": ("\v\f\x1c\u2028\u2029", "␋␌␜<U+2028><U+2029>", "␋␌␜<U+2028><U+2029>"),
    "tabs": ("\ta\tbcd\tefgh\t\n\t1", "␉a␉bcd␉efgh␉␊␉1", "    a   bcd efgh    \n    1"),
    "tab after a note": ("\x9b\t1", "<9B>␉1", "<9B>    1"),
    "bidi": ("a\u202eb\u2066c\u200fd\u061ce", "a<U+202E>b<U+2066>c<U+200F>d<U+061C>e", None),
    "zero width": ("a\u200bb\u200cc\u2060d\ufeff", "a<U+200B>b<U+200C>c<U+2060>d<U+FEFF>", None),
    "soft hyphen": ("co\xadop", "co<U+00AD>op", None),
    "tags": ("x\U000e0001\U000e0041", "x<U+E0001><U+E0041>", None),
    "interlinear, Arabic signs": ("\ufff9\u0600", "<U+FFF9><U+0600>", None),
    "lone surrogates": ("\ud800 \udfff", "<U+D800> <U+DFFF>", None),
    "a pair kept apart": ("\ud83d\ude00", "<U+D83D><U+DE00>", None),
    "private use": ("\ue0b0\U00100000", "<U+E0B0><U+100000>", None),
    "noncharacters": ("\ufdd0\uffff\U0001fffe\U0002fffe", "<U+FDD0><U+FFFF><U+1FFFE><U+2FFFE>", None),
    "unassigned": ("\u0378", "<U+0378>", None),
    "unassigned, invisible": ("\u2065\ufff0", "<U+2065><U+FFF0>", None),
    "emoji and ideographs to come": ("\U0001faff\U0003fffd", "\U0001faff\U0003fffd", None),
    "letters without a glyph": ("x\u115f\u1160\u3164\uffa0", "x<U+115F><U+1160><U+3164><U+FFA0>", None),
    "marks without a glyph": ("x\u034f\u17b4\u180b", "x<U+034F><U+17B4><U+180B>", None),
    "spaces": ("a\xa0b\u2009c\u202fd\u1680e\u3000f", "a\xa0b\u2009c\u202fd\u1680e\u3000f", None),
    "replacement character": ("\ufffd", "\ufffd", None),
    "scripts": ("Grüße Погода 天気 한국어 שלום أوسلو", "Grüße Погода 天気 한국어 שלום أوسلو", None),
    "scripts with marks": ("मौसम ที่ שָׁלוֹם é", "मौसम ที่ שָׁלוֹם é", None),
    "8 marks": ("z" + "\u0301" * 8, "z" + "\u0301" * 8, None),
    "9 marks": ("z" + "\u0301" * 9 + "y", "z" + "\u0301" * 8 + "<+1 marks>y", None),
    "zalgo": (ZALGO, "z" + "\u0301" * 8 + "<+492 marks>", None),
    "zalgo of enclosing and spacing marks": ("z" + "\u20dd\u0903" * 10, "z" + "\u20dd\u0903" * 4 + "<+12 marks>", None),
    "zalgo of Hangul vowels": ("\u1100" + "\u1161" * 20, "\u1100" + "\u1161" * 8 + "<+12 marks>", None),
    "zalgo on an emoji": ("❤\ufe0f" + "\u0301" * 9, "❤\ufe0f" + "\u0301" * 7 + "<+2 marks>", None),
    "zalgo, then a control": ("z" + "\u0301" * 10 + "\x1b\u0301", "z" + "\u0301" * 8 + "<+2 marks>␛\u0301", None),
    "mark first": ("\u0301a", "◌\u0301a", "◌\u0301a"),
    "mark first on a line": ("a\n\u0301\u0302b", "a␊\u0301\u0302b", "a\n◌\u0301\u0302b"),
    "marks first on a line, after others": ("\u0301\n\u093f", "◌\u0301␊\u093f", "◌\u0301\n◌\u093f"),
    "emoji": ("😀🌧✅☀", "😀🌧✅☀", None),
    "VS16": ("❤\ufe0f ☀\ufe0f ⌚\ufe0f", "❤\ufe0f ☀\ufe0f ⌚\ufe0f", None),
    "VS15": ("❤\ufe0e", "❤\ufe0e", None),
    "VS15 on a wide emoji": ("⌚\ufe0e", "⌚<U+FE0E>", None),
    "VS16 twice": ("❤\ufe0f\ufe0f", "❤\ufe0f<U+FE0F>", None),
    "VS16 on no emoji": ("a\ufe0f 1\ufe0f", "a<U+FE0F> 1<U+FE0F>", None),
    "other selectors": ("漢\ufe00\U000e0100", "漢<U+FE00><U+E0100>", None),
    "keycap": ("1\ufe0f\u20e3#\ufe0f\u20e3", "1\ufe0f\u20e3#\ufe0f\u20e3", None),
    "family": ("👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦", None),
    "couple, heart on fire": ("👩🏻‍❤️‍💋‍👨🏿❤️‍🔥", "👩🏻‍❤️‍💋‍👨🏿❤️‍🔥", None),
    "shrug without VS16": ("🤷‍♂", "🤷‍♂", None),
    "five joined": ("👨‍👩‍👧‍👦‍👦", "👨‍👩‍👧‍👦<U+200D>👦", None),
    "ZWJ in a word": ("a\u200db क्\u200dष", "a<U+200D>b क्<U+200D>ष", None),
    "ZWJ at the ends": ("\u200d👩\u200d", "<U+200D>👩<U+200D>", None),
    "ZWJ after a narrow emoji": ("🏳\u200d🌈", "🏳<U+200D>🌈", None),
    "skin tone": ("👍🏽", "👍🏽", None),
    "skin tone alone": ("a🏽 🏽", "a<U+1F3FD> <U+1F3FD>", None),
    "skin tone on a narrow emoji": ("☝🏽", "☝<U+1F3FD>", None),
    "flags": ("🇳🇴🇸🇪", "🇳🇴🇸🇪", None),
    "half a flag": ("🇳🇴🇸", "🇳🇴<U+1F1F8>", None),
    "flag of tags": ("🏴\U000e0067\U000e007f", "🏴<U+E0067><U+E007F>", None),
    "emoji after marks": ("ا\u064e👩‍🚀", "ا\u064e👩‍🚀", None),
    "a note in the source": ("<U+202E> ␛ <+3 marks>", "<U+202E> ␛ <+3 marks>", None),
}
HOT = (
    "ab1 <>#\t\n\r\0\x1b\x7f\x85\x9b\xad\u0301\u0302\u0903\u1100\u1161\u20e3\u034f\u061c\u200b\u200d\u202e\u2028"
    "\ufe0e\ufe0f\ufeff\u093f⌚❤☀漢é’─🏳👩👍🏽🇳🇴😀\U000e0041\U000e0100\ud83d\udc4d\ue000\u0378\u3164\U0001f321"
)
TEXTS = st.text(alphabet=st.one_of(st.sampled_from(HOT), st.characters(exclude_categories=())), max_size=40)
MODES = st.booleans()

PICTURES = "©®‼⁉™ℹ\u2190-\u3299\U0001f000-\U0001faff"
EMOJI_JOINT = re.compile(f"(?<=[\ufe0f{PICTURES}])\u200d(?=[{PICTURES}])")


def is_mark(char: str) -> bool:
    return unicodedata.category(char) in {"Mn", "Mc", "Me"} or "\u1161" <= char <= "\u11ff"


def longest_run_of_marks(text: str) -> int:
    shape = "".join("m" if is_mark(char) else " " for char in text)
    return max(map(len, shape.split(" ")))


def refused(drawn: str, *, multiline: bool) -> set[str]:
    """Characters of `drawn` that must never reach a terminal."""
    kept = {"\n"} if multiline else set()
    bad = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    return {char for char in EMOJI_JOINT.sub("", drawn) if unicodedata.category(char) in bad} - kept


@pytest.mark.parametrize("case", CASES)
def test_what_is_drawn(case: str) -> None:
    source, drawn, on_lines = CASES[case]
    assert clean(source) == drawn
    assert clean(source, multiline=True) == (drawn if on_lines is None else on_lines)


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x7E)), MODES)
def test_printable_ascii_comes_back_as_the_same_object(text: str, multiline: bool) -> None:
    assert clean(text, multiline=multiline) is text


@pytest.mark.parametrize("text", ["Grüße – “天気”", "मौसम अच्छा है", "ที่ออสโล", "😀 ✅", "שָׁלוֹם"])
def test_harmless_text_of_any_script_comes_back_as_the_same_object(text: str) -> None:
    assert clean(text) is text


@given(TEXTS, MODES)
def test_nothing_reaches_the_terminal_that_could_act_on_it(text: str, multiline: bool) -> None:
    drawn = clean(text, multiline=multiline)
    assert refused(drawn, multiline=multiline) == set()
    assert longest_run_of_marks(drawn) <= 8
    drawn.encode()


@pytest.mark.parametrize(
    ("before", "plane"),
    [
        *(("a", plane) for plane in range(17)),
        *((opener, plane) for opener in ("👩\u200d", "❤\ufe0f", "\u0301") for plane in (0, 1, 14)),
    ],
)
def test_every_code_point_is_harmless(before: str, plane: int) -> None:
    for start in range(plane << 16, plane + 1 << 16, 1 << 12):
        drawn = clean("".join(before + chr(code) for code in range(start, start + (1 << 12))))
        assert refused(drawn, multiline=False) == set()


@given(TEXTS, MODES)
def test_cleaning_twice_changes_nothing_more(text: str, multiline: bool) -> None:
    once = clean(text, multiline=multiline)
    assert clean(once, multiline=multiline) == once
    assert clean(clean(text), multiline=multiline) == clean(text)


@given(TEXTS, MODES)
def test_the_fast_way_and_the_pieces_agree(text: str, multiline: bool) -> None:
    assert clean(text, multiline=multiline) == "".join(piece.drawn for piece in pieces(text, multiline=multiline))


@given(TEXTS, MODES)
def test_pieces_tile_the_source_so_that_cleaning_can_be_undone(text: str, multiline: bool) -> None:
    found = list(pieces(text, multiline=multiline))
    assert "".join(text[piece.start : piece.end] for piece in found) == text
    assert all(piece.start < piece.end and piece.drawn for piece in found)


@given(TEXTS)
def test_no_line_is_added_or_lost_and_each_is_cleaned_by_itself(text: str) -> None:
    by_line = [clean(line, multiline=True) for line in text.split("\n")]
    assert clean(text, multiline=True) == "\n".join(by_line)
    assert "\n" not in clean(text)
