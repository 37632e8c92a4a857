"""A pane's view as lines that are made when they are drawn. Knows neither what they say nor how Textual draws them.

A view is a stack of blocks; a block knows its height and makes any of its lines on demand, so a view of three million
rows costs what is in sight.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple, Protocol, TypeAlias

from rich.cells import cell_len

from inspector.ui.cells import Unit, units

MOST_COPIED = 10_000  # rows of one kind
Link: TypeAlias = int | str  # a frame to go to, or the name of what is to be folded or unfolded


class Span(NamedTuple):
    """Clean text in one look, and where a click on it leads.

    `look` names component classes of `Pane` without their prefix; of several, later ones lie on top.
    """

    text: str
    look: str = ""
    link: Link | None = None


Line: TypeAlias = Sequence[Span]


class Block(Protocol):
    """Lines that belong together. Rows count from 0, cells are columns of the terminal."""

    @property
    def height(self) -> int: ...

    def line(self, row: int) -> Line: ...

    def link_at(self, row: int, cell: int) -> Link | None:
        """Where a click there leads: for a character of a text, to the frame that brought it."""

    def text(self) -> str:
        """All of it as it is copied: clean, and without line ends that only wrapping made."""


class Fixed:
    """Lines that are few and made beforehand."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = list(lines)

    @property
    def height(self) -> int:
        return len(self._lines)

    def line(self, row: int) -> Line:
        return self._lines[row]

    def link_at(self, row: int, cell: int) -> Link | None:
        return link_in(self._lines[row], cell)

    def text(self) -> str:
        return "\n".join(plain(line) for line in self._lines)


class Rows:
    """Any number of lines of one kind, each made by its number when it is drawn."""

    def __init__(self, height: int, line: Callable[[int], Line], link: Callable[[int], Link | None]) -> None:
        self._height, self._line, self._link = height, line, link

    @property
    def height(self) -> int:
        return self._height

    def line(self, row: int) -> Line:
        return self._line(row)

    def link_at(self, row: int, cell: int) -> Link | None:
        return self._link(row)

    def text(self) -> str:
        lines = [plain(self._line(row)) for row in range(min(self._height, MOST_COPIED))]
        if self._height > MOST_COPIED:
            lines.append(f"({self._height - MOST_COPIED:,} more lines)")
        return "\n".join(lines)


class View:
    """Blocks, one under the other.

    `follow` is the row to keep in sight, `None` where none is better than another; `new_from` the row above it from
    which on everything is new, if there are several; `newest` the row in which a caret begins. `empty` is the
    sentence that the blocks hold where there is nothing to show.
    """

    def __init__(
        self,
        blocks: Iterable[Block] = (),
        follow: int | None = None,
        *,
        new_from: int | None = None,
        newest: int | None = None,
        empty: str | None = None,
    ) -> None:
        self.empty = empty
        self.new_from = follow if new_from is None else new_from
        self.newest = follow if newest is None else newest
        self.blocks = [block for block in blocks if block.height]
        self.follow = follow
        self._tops = [0, *accumulate(block.height for block in self.blocks)]

    @property
    def height(self) -> int:
        return self._tops[-1]

    def line(self, row: int) -> Line:
        block, top = self._block(row)
        return block.line(row - top)

    def link_at(self, row: int, cell: int) -> Link | None:
        if not 0 <= row < self.height:
            return None
        block, top = self._block(row)
        return block.link_at(row - top, cell)

    def folds(self) -> Iterator[tuple[int, str]]:
        """What is to be folded or unfolded, each with its row: it stands in lines made beforehand, which are few."""
        for block, top in zip(self.blocks, self._tops, strict=False):
            for row in range(block.height if isinstance(block, Fixed) else 0):
                yield from ((top + row, span.link) for span in block.line(row)[-1:] if isinstance(span.link, str))

    def text(self) -> str:
        return "\n".join(block.text() for block in self.blocks)

    def _block(self, row: int) -> tuple[Block, int]:
        number = bisect_right(self._tops, row) - 1
        return self.blocks[number], self._tops[number]


BLANK = Fixed([()])


def plain(line: Line) -> str:
    """A line without its looks."""
    return "".join([span.text for span in line]).rstrip()


def cells(line: Line) -> int:
    return sum(cell_len(span.text) for span in line)


def link_in(line: Line, cell: int) -> Link | None:
    at = 0
    for span in line:
        at += cell_len(span.text)
        if cell < at:
            return span.link
    return None


def cut(line: Line, width: int, sign: str) -> Line:
    """A line that fits: where it does not, its end gives way to `sign`, one cell wide."""
    if cells(line) <= width:
        return line
    kept: list[Span] = []
    room = width - 1
    for span in line:
        wide = cell_len(span.text)
        if wide > room:
            return [*kept, span._replace(text=cut_text(span.text, room) + sign)] if width > 0 else []
        kept.append(span)
        room -= wide
    return kept


def wrapped(line: Line, width: int) -> list[Line]:
    """A line as the rows it takes, each broken after a blank if it can be, and always between what is drawn whole."""
    each = [(unit, span) for span in line for unit in units(span.text)]
    rows: list[Line] = []
    start = 0
    while start < len(each):
        end, room = start, max(width, 1)
        while end < len(each) and (each[end][0].cells <= room or end == start):
            room -= each[end][0].cells
            end += 1
        if end < len(each):
            end = next((at for at in range(end, start, -1) if each[at - 1][0].drawn == " "), end)
        rows.append(_spans_of(each[start:end]))
        start = end
    return rows or [line]


def _spans_of(each: Sequence[tuple[Unit, Span]]) -> Line:
    """Units put together again, those of one span as one."""
    found = []
    for _, group in groupby(each, key=lambda pair: id(pair[1])):
        pairs = list(group)
        found.append(pairs[0][1]._replace(text="".join(unit.drawn for unit, _ in pairs)))
    return found


def cut_text(text: str, width: int) -> str:
    """The units of a clean text that fit."""
    if len(text) <= width and text.isascii():
        return text
    at = 0
    for unit in units(text):
        at += unit.cells
        if at > width:
            return text[: unit.start]
    return text


def padded(line: Line, width: int, look: str = "") -> Line:
    """A line filled up with blanks."""
    missing = width - cells(line)
    return [*line, Span(" " * missing, look)] if missing > 0 else line
