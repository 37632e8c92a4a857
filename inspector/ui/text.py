"""A text of a track as a block: wrapped, with what the frame added in its own look, each character linked to its frame.

Knows nothing of what the text is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from textwrap import wrap

from rich.cells import cell_len

from inspector import gate
from inspector.tracks import TextTrack, decode
from inspector.ui.lines import Block, Fixed, Line, Link, Span, View
from inspector.ui.moment import Canvas, Moment
from inspector.ui.row import Stretch
from inspector.ui.wrap import Wrapped


class Text:
    """`indent` cells stand before every row; `tail` is drawn after the text and is no part of it.

    `paint` are stretches as well, any number of them, in order and apart from each other.
    """

    def __init__(
        self,
        track: TextTrack,
        wrapped: Wrapped,
        stretches: Sequence[Stretch] = (),
        *,
        look: str = "",
        indent: int = 0,
        tail: Span | None = None,
        newline: str = " ",
        paint: Sequence[Stretch] = (),
    ) -> None:
        self._paint = paint
        self._track, self._wrapped, self._stretches = track, wrapped, stretches
        self._look, self._indent, self._tail, self._newline = look, indent, tail, newline
        last = wrapped.row(wrapped.height - 1)
        # A blank that hangs over the end of the last row leaves no room for the tail.
        self._has_tail_row = tail is not None and last.cells > wrapped.width

    def new_row(self, frame: int) -> int:
        """The row in which what `frame` brought begins; the last one where it brought nothing."""
        start, end = self._track.span_of(frame)
        return self._wrapped.row_of(start if end > start else self._wrapped.size)

    def stretch_rows(self) -> tuple[int, int]:
        """The rows in which the first of its few stretches begins and ends."""
        if not self._stretches:
            return 0, 0
        start, end, _ = self._stretches[0]
        return self._wrapped.row_of(start), self._wrapped.row_of(max(end - 1, start))

    @property
    def height(self) -> int:
        return self._wrapped.height + self._has_tail_row

    def line(self, row: int) -> Line:
        if row == self._wrapped.height:
            return self._indented([])
        spans = self._wrapped.row(row).spans(self._look, self._stretches_in(row), self._newline)
        return self._indented(spans, ended=row == self._wrapped.height - 1 and not self._has_tail_row)

    def link_at(self, row: int, cell: int) -> Link | None:
        byte = self.byte_at(row, cell)
        return None if byte is None else self._track.frame_of(byte)

    def byte_at(self, row: int, cell: int) -> int | None:
        """The byte drawn there; right of a row, the last one of the row."""
        if row >= self._wrapped.height:
            return None
        found = self._wrapped.byte_at(row, cell - self._indent)
        end = self._wrapped.start(row + 1)
        return end - 1 if found is None and cell >= self._indent and end > self._wrapped.start(row) else found

    def text(self) -> str:
        return gate.clean(decode(self._track.slice(0, self._wrapped.size)), multiline=True)

    def _stretches_in(self, row: int) -> Sequence[Stretch]:
        if not self._paint:
            return self._stretches
        first = bisect_right(self._paint, self._wrapped.start(row), key=lambda each: each.end)
        last = bisect_left(self._paint, self._wrapped.start(row + 1), key=lambda each: each.start)
        return [*self._paint[first:last], *self._stretches]

    def _indented(self, spans: list[Span], *, ended: bool = True) -> Line:
        line = [Span(" " * self._indent), *spans] if self._indent else spans
        return [*line, self._tail] if ended and self._tail else line


def text_blocks(
    moment: Moment,
    canvas: Canvas,
    track: TextTrack,
    stretches: Sequence[Stretch] = (),
    *,
    look: str = "",
    indent: int = 0,
    open_end: bool = False,
) -> list[Block]:
    """The text after the moment's frame; of a very long one its end, under a sentence that says so."""
    size = track.size_at(moment.n)
    wrapped = canvas.wraps.at(track, size, max(canvas.width - indent - 1, 1))
    start, end = track.span_of(moment.n)
    added = [Stretch(start, end, "added")] if end > start else []
    tail = Span(canvas.glyphs.end, "end") if open_end else None
    text = Text(
        track,
        wrapped,
        [*added, *stretches],
        look=look,
        indent=indent,
        tail=tail,
        newline=canvas.glyphs.newline,
    )
    before = wrapped.start(0)
    if not before:
        return [text]
    note = f"{canvas.glyphs.partial} {before:,} bytes came before this: step back to read them"
    return [Fixed([[Span(" " * indent), Span(note, "note")]]), text]


def new_row(blocks: Sequence[Block], frame: int) -> int:
    """The row of what `text_blocks` gave in which what `frame` brought begins."""
    above = 0
    for block in blocks:
        if isinstance(block, Text):
            return above + block.new_row(frame)
        above += block.height
    return above


def empty_view(reason: str, canvas: Canvas) -> View:
    """A sentence of our own where there is nothing to show."""
    return View([Fixed([[Span(line, "note")] for line in wrap(reason, max(canvas.width, 1))])], empty=reason)


def width_of(texts: Sequence[str], most: int) -> int:
    """A column as wide as its widest clean text, but no wider than `most`."""
    return min(max((cell_len(text) for text in texts), default=0), most)
