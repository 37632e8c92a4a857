"""How text from outside is cut into units that are drawn whole, and how many cells each takes. Knows no rows.

A unit is a character with all that sticks to it: its combining marks, the rest of its emoji, or the name that the gate
writes for it. Cutting between units never changes how either side is drawn, which cutting between characters does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len

from inspector import gate

TAB_STOP = gate.TAB_STOP
_JOINER = "\u200d"
_SHORT = 24  # characters of text worth remembering
# Characters that the gate leaves alone and nothing sticks to but what is not in here: one cell each below U+2E80, two
# above. Everything else takes the long way.
_NARROW = (
    "\u0020-\u007e\u00a1-\u00a8\u00aa-\u00ac\u00af-\u02ff"
    "\u0388-\u038a\u038e-\u03a1\u03a3-\u0482\u048a-\u052f\u2010-\u2027"
)
_WIDE = "\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e"
WIDE_FROM = "\u2e80"
# Patterns are compiled at first need: the first screen needs none of them.
_ALL_NARROW = f"[{_NARROW}]*"
_ALL_SIMPLE = f"[{_NARROW}{_WIDE}]*"
# What is not simple may stick to a simple character before it.
_ODD = f"\t|[{_NARROW}{_WIDE}]?[^{_NARROW}{_WIDE}\t]+"


class Unit(NamedTuple):
    """`start` and `end` count characters of the source. A tab is drawn as `\\t`: its cells hang on where it stands."""

    drawn: str
    cells: int
    start: int
    end: int


def is_narrow(text: str) -> bool:
    return re.fullmatch(_ALL_NARROW, text) is not None


def is_simple(text: str) -> bool:
    return re.fullmatch(_ALL_SIMPLE, text) is not None


def units(text: str) -> Iterator[Unit]:
    """The units of a text without line ends, in order."""
    done = 0
    for stretch in re.finditer(_ODD, text):
        start, end = stretch.span()
        yield from _simple(text, done, start)
        for drawn, cells, first, last in _odd(stretch.group()):
            yield Unit(drawn, cells, start + first, start + last)
        done = end
    yield from _simple(text, done, len(text))


def odd_share(text: str) -> float:
    """How much of a text takes the long way; line ends do not."""
    return sum(len(stretch.group()) for stretch in re.finditer(_ODD, text.replace("\n", ""))) / max(len(text), 1)


def tab_cells(column: int, width: int) -> int:
    """A tab fills up to its stop, or only up to the end of the row, where it still takes one cell."""
    return max(min(TAB_STOP - column % TAB_STOP, width - column), 1)


def _simple(text: str, start: int, end: int) -> Iterator[Unit]:
    for at in range(start, end):
        char = text[at]
        yield Unit(char, 2 if char >= WIDE_FROM else 1, at, at + 1)


def _odd(text: str) -> Sequence[Unit]:
    """Units of a tab or of what is not simple; the same few words and emoji come again and again."""
    if text == "\t":
        return [Unit(text, 1, 0, 1)]
    return _joined_again(text) if len(text) <= _SHORT else tuple(_joined(text))


def _joined(text: str) -> Iterator[Unit]:
    """Pieces put together to units."""
    drawn, start, end = "", 0, 0
    for piece, first, last, sticks in _pieces(text):
        if drawn and not (sticks or drawn[-1] == _JOINER or _is_flag(drawn, piece)):
            yield Unit(drawn, cell_len(drawn), start, end)
            drawn, start = "", first
        drawn, end = drawn + piece, last
    if drawn:
        yield Unit(drawn, cell_len(drawn), start, end)


@lru_cache(maxsize=4096)
def _joined_again(text: str) -> Sequence[Unit]:
    return tuple(_joined(text))


def _pieces(text: str) -> Iterator[tuple[str, int, int, bool]]:
    """What the gate draws, character by character, and whether it sticks to what is before it."""
    for drawn, start, end in gate.pieces(text):
        if len(drawn) == end - start and text.startswith(drawn, start):
            for at, char in enumerate(drawn, start):
                yield char, at, at + 1, _sticks(char)
        else:
            yield drawn, start, end, drawn.startswith("<+")  # the count of the marks left out


@lru_cache(maxsize=4096)
def _sticks(char: str) -> bool:
    """A mark, a selector, a joiner, a skin tone; letters that stack, as Hangul vowels do, take no cell."""
    return unicodedata.category(char)[0] == "M" or "\U0001f3fb" <= char <= "\U0001f3ff" or not cell_len(char)


def _is_flag(drawn: str, piece: str) -> bool:
    return len(drawn) == 1 and "\U0001f1e6" <= drawn <= "\U0001f1ff" and "\U0001f1e6" <= piece <= "\U0001f1ff"
