"""The gate: makes any string from outside safe to draw. Knows Unicode, and nothing of where strings come from or go.

What is drawn for what (RELIABILITY §1):

| in the source | drawn |
|---|---|
| C0 control, DEL | its picture: `␀` `␛` `␍` `␡`; a newline `␊`, a tab `␉` |
| with `multiline=True` | a newline stays, a tab is spaces up to the next column of 4, a CR is `␍` and breaks no line |
| C1 control | `<9B>` |
| whatever else shows nothing, or nothing sure (the list is below) | `<U+202E>` |
| U+200D, U+FE0E, U+FE0F, skin tones, flag letters | stay within one emoji of at most 4 parts, else `<U+200D>` |
| more than 8 combining marks on a base | 8 of them and `<+492 marks>` |
| a combining mark at the start of a line | on a dotted circle `◌`, lest it sticks to what stands left of it |

Shown as `<U+…>`: format characters (bidi, zero width, tags, soft hyphen, U+FEFF), line and paragraph separators, lone
surrogates, private use, noncharacters, letters and selectors without a glyph, and what is not assigned in this
Python's Unicode (but in the emoji blocks and in planes 2 and 3 new characters stay).

Nothing is left out unsaid, no line is added or lost, and cleaning twice changes nothing more. A clean text alone
cannot tell a `␛` that was drawn from one that the source had: `pieces` can, which where it matters (V6: copy raw,
provenance) leads from what is drawn back to the source.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

MOST_MARKS = 8
TAB_STOP = 4


def _ranges(words: str) -> str:
    """The inside of a regex class from words such as `2010-2027` (hexadecimal)."""
    ends = (word.split("-") for word in words.split())
    return "".join("-".join(f"\\U{int(end, 16):08x}" for end in pair) for pair in ends)


# Nothing in these blocks is ever changed: the fast paths look for anything else. Without their unassigned holes.
# The first few are the signs that our own screens are made of: the rest takes 2 ms to compile.
_COMMON = _ranges("20-7E A0-AC AE-2FF 2010-2027 2190-2426 2460-2B73")
_PLAIN = _COMMON + _ranges(
    "370-377 37A-37F 384-38A 38C 38E-3A1 3A3-482 48A-52F 5D0-5EA 620-64A 660-66F 671-6D3 1E00-1F15 2000-200A "
    "202F-205F 2070-2071 2074-208E 20A0-20C0 2100-218B 2440-244A 2B76-2B95 2B97-2BFF 2C60-2C7F "
    "3000-3029 3030-303F 3041-3096 309B-30FF 3105-312F 3131-3163 3190-31E3 31F0-321E 3220-A48C AC00-D7A3 "
    "FF01-FF9F FFE0-FFE6 FFFC-FFFD"
)
# Emoji drawn two cells wide, and those drawn so only with U+FE0F after them (Unicode 17: Extended_Pictographic by
# width). A longer table would let more sequences through whole, never anything unsafe.
_WIDE = _ranges(
    "231A-231B 23E9-23EC 23F0 23F3 25FD-25FE 2614-2615 2648-2653 267F 2693 26A1 26AA-26AB 26BD-26BE 26C4-26C5 "
    "26CE 26D4 26EA 26F2-26F3 26F5 26FA 26FD 2705 270A-270B 2728 274C 274E 2753-2755 2757 2795-2797 27B0 27BF "
    "2B1B-2B1C 2B50 2B55 3030 303D 3297 3299 1F004 1F0CF 1F18E 1F191-1F19A 1F201-1F202 1F21A 1F22F 1F232-1F23A "
    "1F250-1F251 1F300-1F320 1F32D-1F335 1F337-1F37C 1F37E-1F393 1F3A0-1F3CA 1F3CF-1F3D3 1F3E0-1F3F0 1F3F4 "
    "1F3F8-1F3FA 1F400-1F43E 1F440 1F442-1F4FC 1F4FF-1F53D 1F54B-1F54E 1F550-1F567 1F57A 1F595-1F596 1F5A4 "
    "1F5FB-1F64F 1F680-1F6C5 1F6CC 1F6D0-1F6D2 1F6D5-1F6D8 1F6DC-1F6DF 1F6EB-1F6EC 1F6F4-1F6FC 1F7E0-1F7EB "
    "1F7F0 1F90C-1F93A 1F93C-1F945 1F947-1F9FF 1FA70-1FA7C 1FA80-1FA8A 1FA8E-1FAC6 1FAC8 1FACD-1FADC "
    "1FADF-1FAEA 1FAEF-1FAF8"
)
_NARROW = _ranges(
    "A9 AE 203C 2049 2122 2139 2194-2199 21A9-21AA 2328 23CF 23ED-23EF 23F1-23F2 23F8-23FA 24C2 25AA-25AB 25B6 "
    "25C0 25FB-25FC 2600-2604 260E 2611 2618 261D 2620 2622-2623 2626 262A 262E-262F 2638-263A 2640 2642 "
    "265F-2660 2663 2665-2666 2668 267B 267E 2692 2694-2697 2699 269B-269C 26A0 26A7 26B0-26B1 26C8 26CF 26D1 "
    "26D3 26E9 26F0-26F1 26F4 26F7-26F9 2702 2708-2709 270C-270D 270F 2712 2714 2716 271D 2721 2733-2734 2744 "
    "2747 2763-2764 27A1 2934-2935 2B05-2B07 1F170-1F171 1F17E-1F17F 1F321 1F324-1F32C 1F336 1F37D 1F396-1F397 "
    "1F399-1F39B 1F39E-1F39F 1F3CB-1F3CE 1F3D4-1F3DF 1F3F3 1F3F5 1F3F7 1F43F 1F441 1F4FD 1F549-1F54A "
    "1F56F-1F570 1F573-1F579 1F587 1F58A-1F58D 1F590 1F5A5 1F5A8 1F5B1-1F5B2 1F5BC 1F5C2-1F5C4 1F5D1-1F5D3 "
    "1F5DC-1F5DE 1F5E1 1F5E3 1F5E8 1F5EF 1F5F3 1F5FA 1F6CB 1F6CD-1F6CF 1F6E0-1F6E5 1F6E9 1F6F0 1F6F3"
)
_FLAG = _ranges("1F1E6-1F1FF")
_SKIN = _ranges("1F3FB-1F3FF")
_EMOJI_BLOCKS = _ranges("1F000-1FAFF")
# Vowels and finals of Hangul that stack on the letter before them: letters to Unicode, marks to a terminal.
_STACKING_LETTERS = _ranges("1161-11FF D7B0-D7FF")
# Show nothing (Default_Ignorable_Code_Point), though Unicode calls them letters or marks.
_UNSEEN_LETTERS = _ranges("115F-1160 3164 FFA0")
_UNSEEN_MARKS = _ranges("34F 17B4-17B5 180B-180F FE00-FE0F E0100-E01EF")

# One emoji. A first part must be wide by itself or by U+FE0F: terminals do not agree on the width of others.
_FIRST_PART = f"(?:[{_WIDE}][\ufe0f{_SKIN}]?|[{_NARROW}]\ufe0f)"
_NEXT_PARTS = f"(?:\u200d[{_WIDE}{_NARROW}][\ufe0f{_SKIN}]?){{0,3}}"
_KEPT = f"{_FIRST_PART}{_NEXT_PARTS}|[{_NARROW}]\ufe0e|[0-9#*]\ufe0f(?=\u20e3)|[{_FLAG}]{{2}}"
_ODD = f"(?:[^\\w{_PLAIN}{_EMOJI_BLOCKS}]|[{_STACKING_LETTERS}{_UNSEEN_LETTERS}])+|[{_EMOJI_BLOCKS}]"
# By `multiline`. Patterns are compiled at first need, and begin with one class: a choice is ten times as slow.
_NOT_COMMON = (f"[^{_COMMON}]", f"[^\n{_COMMON}]")
_NOT_PLAIN = (f"[^{_PLAIN}]", f"[^\n{_PLAIN}]")
_SUSPECT = tuple(f"[^\\w{but}{_PLAIN}]|[{_STACKING_LETTERS}{_UNSEEN_LETTERS}]" for but in ("", "\n"))
_NO_LETTER = f"[^\\w\n{_PLAIN}]"
_MANY_MARKS = f"{_NO_LETTER}{_NO_LETTER}{{{MOST_MARKS}}}"
_UNSEEN = f"[{_UNSEEN_LETTERS}{_UNSEEN_MARKS}{_FLAG}{_SKIN}]"
_OF_LATER_UNICODE = f"[{_EMOJI_BLOCKS}{_ranges('20000-2FFFD 30000-3FFFD')}]"
_MARKS = frozenset({"Mn", "Mc", "Me"})
_NEVER_DRAWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class Piece(NamedTuple):
    """What is drawn for the source characters from `start` to `end` (half-open)."""

    drawn: str
    start: int
    end: int


def clean(text: str, *, multiline: bool = False) -> str:
    """`text` as it may be drawn; the very same object where nothing has to be done."""
    if _is_harmless(text, multiline):
        return text
    return "".join([piece.drawn for piece in pieces(text, multiline=multiline)])


def pieces(text: str, *, multiline: bool = False) -> Iterator[Piece]:
    """`text` in order, as plain stretches and what stands for the rest; starts and ends tile it."""
    found = _pieces(text, multiline)
    return _with_tab_stops(found) if multiline and "\t" in text else found


def _is_harmless(text: str, multiline: bool) -> bool:
    if text.isascii() and text.isprintable():
        return True
    if re.search(_NOT_COMMON[multiline], text) is None or re.search(_NOT_PLAIN[multiline], text) is None:
        return True
    # Scripts with marks: no character that is never drawn as it is, and nowhere too many marks or none to carry them.
    return (
        all(map(_stays, set(text).difference("\n" if multiline else "")))
        and not re.search(_MANY_MARKS, text)
        and not any(map(_is_mark, text[:1]))
        and not ("\n" in text and re.search(f"\n{_NO_LETTER}", text))
    )


def _pieces(text: str, multiline: bool) -> Iterator[Piece]:
    suspect = re.compile(_SUSPECT[multiline]).search
    done = after = 0
    while found := suspect(text, after):
        at = found.start()
        if after := _emoji_end(text, at, after):
            continue
        if at > done:
            yield Piece(text[done:at], done, at)
        after = done = _odd_end(text, at)
        yield from _odd_pieces(text, at, done, "\n\t" if multiline else "")
    if done < len(text):
        yield Piece(text[done:], done, len(text))


def _emoji_end(text: str, at: int, after: int) -> int:
    """Where the emoji ends that the suspect character at `at` belongs to, as its first or second; 0 for none."""
    match = re.compile(_KEPT).match
    found = match(text, at - 1) if at > after else None
    if found is None or found.end() <= at:
        found = match(text, at)
    return found.end() if found else 0


def _odd_end(text: str, at: int) -> int:
    found = re.compile(_ODD).match(text, at)
    return found.end() if found else at + 1


def _odd_pieces(text: str, start: int, end: int, kept: str) -> Iterator[Piece]:
    marks = int(text[max(start - 1, 0) : start] in ("\ufe0e", "\ufe0f"))  # a selector counts as one of its base's
    for at in range(start, end):
        char = text[at]
        if _is_mark(char):
            marks += 1
            if at == 0 or (kept and text[at - 1] == "\n"):
                yield Piece("◌" + char, at, at + 1)
            elif marks <= MOST_MARKS:
                yield Piece(char, at, at + 1)
            continue
        yield from _marks_left_out(marks, at)
        marks = 0
        yield Piece(char if char in kept else _spelled(char), at, at + 1)
    yield from _marks_left_out(marks, end)


def _marks_left_out(marks: int, end: int) -> Iterator[Piece]:
    if marks > MOST_MARKS:
        yield Piece(f"<+{marks - MOST_MARKS} marks>", end - (marks - MOST_MARKS), end)


def _with_tab_stops(found: Iterator[Piece]) -> Iterator[Piece]:
    column = 0  # in drawn characters: cells are the screen's business
    for piece in found:
        if piece.drawn == "\t":
            piece = piece._replace(drawn=" " * (TAB_STOP - column % TAB_STOP))
        yield piece
        newline = piece.drawn.rfind("\n")
        column = len(piece.drawn) - newline - 1 if newline >= 0 else column + len(piece.drawn)


@lru_cache(maxsize=4096)
def _is_mark(char: str) -> bool:
    return _is_stacking_letter(char) or (unicodedata.category(char) in _MARKS and not re.match(_UNSEEN, char))


@lru_cache(maxsize=4096)
def _spelled(char: str) -> str:
    """What is drawn for one character that is no mark and in no emoji."""
    code = ord(char)
    if code < 0x20 or code == 0x7F:
        return "␡" if code == 0x7F else chr(0x2400 + code)
    if 0x80 <= code < 0xA0:
        return f"<{code:02X}>"
    category = unicodedata.category(char)
    if category == "Cn" and re.match(_OF_LATER_UNICODE, char):
        return char
    return f"<U+{code:04X}>" if category in _NEVER_DRAWN or re.match(_UNSEEN, char) else char


@lru_cache(maxsize=4096)
def _stays(char: str) -> bool:
    return _spelled(char) == char and not _is_stacking_letter(char)


def _is_stacking_letter(char: str) -> bool:
    return re.match(f"[{_STACKING_LETTERS}]", char) is not None
