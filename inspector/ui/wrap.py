"""Wraps a text that grows: an index of where rows begin, kept as the text grows, and the rows at any earlier size.

Greedy wrapping of a prefix differs from that of the whole only in its last rows, so the index of the whole serves
every moment: the view after some bytes takes all rows but the last few from the index and wraps those anew. Knows
nothing of looks; what a character is drawn as is said by `cells`.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator

from inspector.tracks import TextTrack, decode
from inspector.ui.cells import WIDE_FROM, Unit, is_narrow, is_simple, tab_cells, units
from inspector.ui.row import Row

# Later text can change how these last bytes are drawn (a half emoji, the first of a flag). No unit looks further
# ahead than an emoji is long (44 bytes), but for a heap of marks, which is one unit however long.
_UNSETTLED_BYTES = 64
_LOOK_AHEAD = 16  # the same in characters


class Wrap:
    """The rows of a track from byte `start` on, at `width` cells a row, at least 1.

    A row may be longer by one blank, which hangs over its end, and by the line end after it. Without `words`, rows
    are broken where they are full.
    """

    def __init__(self, track: TextTrack, width: int, start: int = 0, *, words: bool = True) -> None:
        self.track = track
        self.words = words
        self.width = max(width, 1)
        self.start = start
        self._starts = array("Q", [start])  # of rows
        self._size = start  # bytes wrapped so far

    def at(self, size: int) -> Wrapped:
        """The rows of the first `size` bytes of the track; wraps only what was never wrapped before."""
        if size > self._size:
            self._grow(size)
        settled = self._settled(size)
        return Wrapped(self, size, self._starts, settled, self._wrap(self._starts[settled], size))

    def _grow(self, size: int) -> None:
        settled = self._settled(self._size)
        del self._starts[settled + 1 :]
        self._starts.extend(self._wrap(self._starts[settled], size))
        self._size = size

    def _settled(self, size: int) -> int:
        """The last row that begins where it does whatever comes after `size` bytes.

        Where a row ends is decided by the unit that no longer fits, which lies in the row after it or begins the row
        after that; so what begins two rows before a settled byte has been decided by settled text only.
        """
        return max(bisect_right(self._starts, size - _UNSETTLED_BYTES) - 3, 0)

    def _wrap(self, start: int, end: int) -> array[int]:
        """Where the rows after the one that begins at `start` begin."""
        text = decode(self.track.slice(start, end))
        if text.isascii():
            return array("Q", [start + at for at in breaks(text, self.width, self.words)])
        found = array("Q")
        before, byte = 0, start
        for at in breaks(text, self.width, self.words):
            byte += len(text[before:at].encode("utf-8", "surrogatepass"))
            before = at
            found.append(byte)
        return found


class Wrapped:
    """The rows at one size. Never changes, however much the track and its index grow."""

    def __init__(self, wrap: Wrap, size: int, starts: array[int], settled: int, tail: array[int]) -> None:
        self.size = size
        self.width = wrap.width
        self._wrap, self._starts, self._settled, self._tail = wrap, starts, settled, tail

    @property
    def height(self) -> int:
        """At least one: an empty text is an empty row, and so is what follows a last line end."""
        return self._settled + 1 + len(self._tail)

    def start(self, row: int) -> int:
        """The byte at which a row begins; of the row after the last, the size."""
        if row <= self._settled:
            return self._starts[row]
        return self._tail[row - self._settled - 1] if row < self.height else self.size

    def row(self, row: int) -> Row:
        start, end = self.start(row), self.start(row + 1)
        return Row(start, decode(self._wrap.track.slice(start, end)), self._wrap.width)

    def row_of(self, byte: int) -> int:
        """The row that holds a byte; the size itself is in the last row."""
        if self._tail and byte >= self._tail[0]:
            return self._settled + bisect_right(self._tail, byte)
        return min(bisect_right(self._starts, byte, 0, self._settled + 1) - 1, self._settled)

    def byte_at(self, row: int, cell: int) -> int | None:
        """The first byte of the unit drawn there; `None` beside the text."""
        return self.row(row).byte_at(cell) if 0 <= row < self.height else None


def breaks(text: str, width: int, words: bool = True) -> Iterator[int]:
    """The characters at which rows begin, but for the first row."""
    at = 0
    lines = text.split("\n")
    for line in lines[:-1]:
        yield from _line_breaks(line, at, width, words)
        at += len(line) + 1
        yield at
    yield from _line_breaks(lines[-1], at, width, words)


def _line_breaks(line: str, offset: int, width: int, words: bool) -> Iterator[int]:
    at = 0
    while at < len(line):
        window = line[at : at + width + 2]
        if is_narrow(window):
            taken = _narrow_row(window, width, words)
        elif is_simple(window):
            taken = _simple_row(window, width, words)
        else:
            taken = _row(line, at, width, words)
        if taken is None:
            return
        at += taken
        yield offset + at


def _narrow_row(window: str, width: int, words: bool) -> int | None:
    """`_row` for text of which every character is one cell."""
    if len(window) <= width + (window[width:] == " "):
        return None
    if window[width] == " ":
        return width + 1
    blank = window.rfind(" ", width // 2, width) if words else 0
    return blank + 1 if blank > 0 and not window[:blank].isspace() else width


def _simple_row(window: str, width: int, words: bool) -> int | None:
    """`_row` for text of which every character is one cell or two. The loop of `_fill`, as fast as it will go."""
    column, best, seen = 0, 0, False
    for at, char in enumerate(window):
        if char == " ":
            if column > width:
                return best or at
            column += 1
            if column > width or (words and seen and column > width // 2):
                best = at + 1
        else:
            column += 2 if char >= WIDE_FROM else 1
            if column > width and at:
                return best or at
            seen = True
            if words and char >= WIDE_FROM and column > width // 2:
                best = at + 1
    return None


def _row(line: str, at: int, width: int, words: bool) -> int | None:
    """How many characters the row from `at` takes; `None` if all that is left."""
    length = width + _LOOK_AHEAD + 2
    while True:
        window = line[at : at + length]
        whole = len(window) < length
        # What the window cuts may be drawn in another way.
        taken = _fill(units(window), width, len(window) if whole else length - _LOOK_AHEAD, words)
        if taken is not None or whole:
            return taken
        length *= 2


def _fill(found: Iterator[Unit], width: int, settled: int, words: bool) -> int | None:
    """Break before the unit that no longer fits, or better after the last blank or wide character before it.

    Better only where that leaves the row half full: JSON has few blanks, and much that does without.
    """
    column, best, seen = 0, 0, False
    for drawn, cells, start, end in found:
        if end > settled:
            return None
        blank = drawn == " "
        if drawn == "\t":
            blank, cells = True, tab_cells(column, width)
        if start and column + cells > width and not (blank and column <= width):
            return best or start
        column += cells
        seen = seen or not blank
        if column > width or (words and column > width // 2 and (cells == 2 or (blank and seen))):
            best = end
    return None
