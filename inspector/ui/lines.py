"""A pane's view as lines that are made when they are drawn. Knows neither what they say nor how Textual draws them.

A view is a stack of blocks; a block knows its height and makes any of its lines on demand, so a view of three million
rows costs what is in sight.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import NamedTuple, Protocol, TypeAlias

from rich.cells import cell_len


class Span(NamedTuple):
    """Clean text in one look, with the frame a click on it leads to.

    `look` is the name of a component class of `Pane` without its prefix, or several of them, later ones on top.
    """

    text: str
    look: str = ""
    frame: int | None = None


Line: TypeAlias = Sequence[Span]


class Block(Protocol):
    """Lines that belong together. Rows count from 0, cells are columns of the terminal."""

    @property
    def height(self) -> int: ...

    def line(self, row: int) -> Line: ...

    def frame_at(self, row: int, cell: int) -> int | None:
        """The frame that brought what stands there, if one did."""

    def text(self) -> str:
        """All of it as it is copied: clean, and without line ends that only wrapping made."""


class Fixed:
    """Lines that are few and made beforehand."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines

    @property
    def height(self) -> int:
        return len(self._lines)

    def line(self, row: int) -> Line:
        return self._lines[row]

    def frame_at(self, row: int, cell: int) -> int | None:
        at = 0
        for span in self._lines[row]:
            at += cell_len(span.text)
            if cell < at:
                return span.frame
        return None

    def text(self) -> str:
        return "\n".join(plain(line) for line in self._lines)


class Rows:
    """Any number of lines of one kind, each made by its number when it is drawn."""

    def __init__(self, height: int, line: Callable[[int], Line], frame: Callable[[int], int | None]) -> None:
        self._height, self._line, self._frame = height, line, frame

    @property
    def height(self) -> int:
        return self._height

    def line(self, row: int) -> Line:
        return self._line(row)

    def frame_at(self, row: int, cell: int) -> int | None:
        return self._frame(row)

    def text(self) -> str:
        return "\n".join(plain(self._line(row)) for row in range(self._height))


class View:
    """Blocks, one under the other. `follow` is the row to keep in sight, `None` where none is better than another."""

    def __init__(self, blocks: Sequence[Block] = (), follow: int | None = None) -> None:
        self.blocks = [block for block in blocks if block.height]
        self.follow = follow
        self._tops = [0, *accumulate(block.height for block in self.blocks)]

    @property
    def height(self) -> int:
        return self._tops[-1]

    def line(self, row: int) -> Line:
        block, top = self._block(row)
        return block.line(row - top)

    def frame_at(self, row: int, cell: int) -> int | None:
        if not 0 <= row < self.height:
            return None
        block, top = self._block(row)
        return block.frame_at(row - top, cell)

    def text(self) -> str:
        return "\n".join(block.text() for block in self.blocks)

    def _block(self, row: int) -> tuple[Block, int]:
        number = bisect_right(self._tops, row) - 1
        return self.blocks[number], self._tops[number]


def plain(line: Line) -> str:
    """A line without its looks."""
    return "".join(span.text for span in line).rstrip()
