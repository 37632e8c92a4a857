"""One drawn row of a text: which byte stands in which cell, and its stretches in their looks. Knows no other row."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from inspector.ui.cells import is_narrow, tab_cells, units
from inspector.ui.lines import Span


class Stretch(NamedTuple):
    """Bytes of a text, half-open, that have a look of their own."""

    start: int
    end: int
    look: str


class Glyph(NamedTuple):
    """A unit where it is drawn, with its bytes in the text. A line end is a blank."""

    drawn: str
    cell: int
    cells: int
    start: int
    end: int


class Row:
    """`text` begins at byte `start` of the whole and may end with a line end."""

    def __init__(self, start: int, text: str, width: int) -> None:
        self.start = start
        self.text = text
        self._width = width
        self._made: list[Glyph] | None = None

    @property
    def glyphs(self) -> list[Glyph]:
        if self._made is None:
            self._made = self._make()
        return self._made

    @property
    def cells(self) -> int:
        """How many cells are drawn, without the line end."""
        if is_narrow(self.text):
            return len(self.text)
        return sum(glyph.cells for glyph in self.glyphs if glyph.drawn != "\n")

    def byte_at(self, cell: int) -> int | None:
        for glyph in self.glyphs:
            if glyph.cell <= cell < glyph.cell + glyph.cells:
                return glyph.start
        return None

    def spans(self, look: str, stretches: Sequence[Stretch] = (), newline: str = " ") -> list[Span]:
        """The row in its looks. A unit has the looks of all stretches that touch it; `newline` shows a line end in
        one of them, which would else not be seen."""
        touching = [each for each in stretches if self._touches(each)]
        if not touching:
            return [Span(self._plain_drawn(), look)]
        if self.text.isascii() and self.text.isprintable() and all(self._is_within(each) for each in touching):
            return [Span(self.text, " ".join([look, *(each.look for each in touching)]).strip())]
        glyphs = self.glyphs
        looks = [look] * len(glyphs)
        for each in touching:
            first = bisect_right(glyphs, each.start, key=lambda glyph: glyph.end)
            for at in range(first, bisect_left(glyphs, each.end, key=lambda glyph: glyph.start)):
                looks[at] = f"{looks[at]} {each.look}" if looks[at] else each.look
        found = []
        for own, group in groupby(range(len(glyphs)), key=looks.__getitem__):
            drawn = "".join([glyphs[at].drawn for at in group])
            found.append(Span(drawn.replace("\n", newline if own != look else " "), own))
        return found

    def _touches(self, stretch: Stretch) -> bool:
        return stretch.start < self.start + len(self.text) * 4 and stretch.end > self.start

    def _is_within(self, stretch: Stretch) -> bool:
        """Whether all of a row of one byte a character lies in the stretch."""
        return stretch.start <= self.start and stretch.end >= self.start + len(self.text)

    def _plain_drawn(self) -> str:
        if is_narrow(self.text):
            return self.text
        return "".join(glyph.drawn for glyph in self.glyphs if glyph.drawn != "\n")

    def _make(self) -> list[Glyph]:
        found: list[Glyph] = []
        cell, byte = 0, self.start
        line = self.text.removesuffix("\n")
        for drawn, cells, start, end in units(line):
            if drawn == "\t":
                cells = tab_cells(cell, self._width)
                drawn = " " * cells
            size = len(line[start:end].encode("utf-8", "surrogatepass"))
            found.append(Glyph(drawn, cell, cells, byte, byte + size))
            cell, byte = cell + cells, byte + size
        if line is not self.text and len(line) < len(self.text):
            found.append(Glyph("\n", cell, 1, byte, byte + 1))
        return found
