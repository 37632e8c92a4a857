"""A bar of one line: pieces on its left and right, the least worth left out where there is no room for all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from inspector.gate import clean
from inspector.ui.cells import units
from inspector.ui.lines import cut_text
from inspector.ui.literal import strip_segments

_ALL = 1_000_000  # cells: more than any text has


class Piece(NamedTuple):
    """`rank` 0 always stays; of others the greatest goes first. `text` is cleaned when drawn.

    On the left a text may lose its beginning, but for its last `least` cells, before a piece goes. A click on a piece
    presses `key`.
    """

    text: str
    rank: int = 0
    look: str = ""
    key: str = ""
    least: int = _ALL


def fit(left: Sequence[Piece], right: Sequence[Piece], width: int, *, separator: str, cut: str) -> list[Piece]:
    """The pieces with what stands between them, as a line of `width` cells with a blank at both ends."""
    left = [piece._replace(text=clean(piece.text)) for piece in left]
    right = [piece._replace(text=clean(piece.text)) for piece in right]
    room = max(width - 2, 0)
    while _cells(left, right, separator) - _spare(left) > room:
        worst = max(left + right, key=lambda piece: piece.rank)
        if not worst.rank:
            break
        (left if worst in left else right).remove(worst)
    left = _shrunk(left, _cells(left, right, separator) - room, cut)
    gap = max(room - _cells(left, right, separator), 0) + (2 if left and right else 0)
    return [Piece(" "), *_joined(left, separator), Piece(" " * gap), *_joined(right, "  "), Piece(" ")]


def _spare(pieces: Sequence[Piece]) -> int:
    """How many cells the pieces can lose."""
    return sum(max(cell_len(piece.text) - piece.least, 0) for piece in pieces)


def _shrunk(pieces: Sequence[Piece], over: int, cut: str) -> list[Piece]:
    """The pieces, with as many cells fewer as they are over, as far as they can."""
    found = []
    for piece in pieces:
        wide = cell_len(piece.text)
        take = min(over, max(wide - piece.least, 0))
        if take > 0:
            piece = piece._replace(text=shortened(piece.text, wide - take, cut))
            over -= take
        found.append(piece)
    return found


def shortened(text: str, width: int, cut: str) -> str:
    """The end of a clean text, after the sign that its beginning is cut off: of a path, the name is at its end."""
    if cell_len(text) <= width:
        return text
    kept, room = "", width - cell_len(cut)
    for unit in reversed(list(units(text))):
        if unit.cells > room:
            break
        kept, room = unit.drawn + kept, room - unit.cells
    return cut + kept


def without_middle(text: str, width: int, cut: str) -> str:
    """Both ends of a clean text, with the sign between them, more of its end."""
    if cell_len(text) <= width:
        return text
    return cut_text(text, width // 3) + shortened(text, width - width // 3, cut)


def _cells(left: Sequence[Piece], right: Sequence[Piece], separator: str) -> int:
    """What the pieces take, with two blanks between the sides."""
    texts = sum(cell_len(piece.text) for side in (left, right) for piece in side)
    between = cell_len(separator) * max(len(left) - 1, 0) + 2 * max(len(right) - 1, 0)
    return texts + between + (2 if left and right else 0)


def _joined(pieces: Sequence[Piece], separator: str) -> list[Piece]:
    found: list[Piece] = []
    for piece in pieces:
        if found:
            found.append(Piece(separator, look="dim"))
        found.append(piece)
    return found


LOOKS = ("dim", "strong", "here", "good", "warning", "error")


class Bar(Widget):
    """Draws what it was given last; looks are component classes of the screen, which styles them once for all bars."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str, separator: str, cut: str) -> None:
        super().__init__(id=id)
        self._left: Sequence[Piece] = ()
        self._right: Sequence[Piece] = ()
        self._separator = separator
        self._cut = cut

    def show(self, left: Sequence[Piece], right: Sequence[Piece] = ()) -> None:
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    def render_line(self, y: int) -> Strip:
        segments = [strip_segments(piece.text, self._style(piece.look)) for piece in self._line()]
        return Strip(chain.from_iterable(segments)).adjust_cell_length(self.size.width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        at = 0
        for piece in self._line():
            at += cell_len(piece.text)
            if event.x < at:
                if piece.key:
                    self.app.simulate_key(piece.key)
                return

    def _line(self) -> list[Piece]:
        return fit(self._left, self._right, self.size.width, separator=self._separator, cut=self._cut)

    def _style(self, look: str) -> Style:
        own = self.rich_style
        return own + self.screen.get_component_rich_style(f"bar--{look}", partial=True) if look else own
