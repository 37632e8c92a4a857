"""Finds the calls that a model wrote as text, while the text comes (sans-IO: fed pieces, gives back what it found)."""

from __future__ import annotations

from inspector.tool_formats import reasoning
from inspector.tool_formats.found import Found, Rethought
from inspector.tool_formats.harmony import harmony
from inspector.tool_formats.marks import beginning, marks_of
from inspector.tool_formats.offered import Schemas
from inspector.tool_formats.page import Page
from inspector.tool_formats.reader import Reader, Steps, at_literal, until
from inspector.tool_formats.row import Row
from inspector.tool_formats.table import OWN, table

AUTO = "auto"
_AGAIN_MOST = 512  # of what a grammar read for nothing is read again


class Scanner:
    """Feed it the text in pieces of any size; what it gives back does not depend on how the text was cut.

    It holds back only what may still be a mark, or a call that has no mark and is not sure yet.
    """

    def __init__(self, tools: Schemas | None = None, format: str = AUTO) -> None:
        self._reader = Reader()
        only = None if format == AUTO else format
        self._page = Page(self._reader, tools, only)
        self._table = table(tuple(tools or ()), only)
        self._finds_lone = only not in reasoning.NO_PROMPT_THINKING
        self._so_far: list[str] = []
        self._spoken_of: set[str] = set()  # closing marks of which only a sentence had the opening one
        self._steps = self._read()
        next(self._steps)

    @property
    def is_cut(self) -> bool:
        """The text ended within a list, a fence, or a call."""
        return self._page.is_cut

    def feed(self, piece: str) -> list[Found]:
        self._reader.feed(piece)
        if not self._page.thought:
            self._so_far.append(piece)
        next(self._steps)
        return self._page.taken()

    def close(self) -> list[Found]:
        """The text is over: what was held back is what it is."""
        self._reader.closed = True
        for _ in self._steps:
            pass
        self._page.settle()
        return self._page.taken()

    def _read(self) -> Steps[None]:
        reader, page = self._reader, self._page
        yield
        while True:
            place, mark = self._table.marks(page.closers).next(reader.text, reader.at, reader.closed)
            page.text(reader.take(place - reader.at))
            if mark:
                yield from self._at(mark)
            elif reader.closed:
                return
            else:
                yield

    def _at(self, mark: str) -> Steps[None]:
        page = self._page
        if mark in page.closers:
            self._close_reasoning(mark)
        elif (not page.closers or mark in reasoning.ENDS_THINKING) and (yield from self._is_own(mark)):
            return
        elif row := (yield from self._row(mark)):
            yield from self._call(row, len(mark))
        else:
            page.text(self._reader.take(len(mark)))

    def _close_reasoning(self, mark: str) -> None:
        self._page.settle()
        if mark != "<|start|>":
            self._reader.take(len(mark))
        self._page.closers = ()

    def _call(self, row: Row, size: int) -> Steps[None]:
        """Read on with a row's grammar, from a mark of that size. Within reasoning a call is reasoning too.

        Where there was no call the mark is text, and what follows it may be one, unless that is very much.
        """
        page, reader = self._page, self._reader
        if row.ends_thinking:
            page.closers = ()
        page.stops = ()
        reader.keep()
        found = yield from row.grammar(page, row)
        kept = reader.kept()
        page.end_calls(found=found)
        if not found and len(kept) < size:  # it only looked
            kept += reader.take(size - len(kept))
        if not found and size < len(kept) <= _AGAIN_MOST:
            reader.unread(kept[size:])
            page.text(kept[:size])
        elif not found or (page.closers and row.grammar is not harmony):
            page.text(kept)

    def _row(self, mark: str) -> Steps[Row | None]:
        """The first row of the mark that what follows fits."""
        reader, rows = self._reader, self._table.rows.get(mark, ())
        if not rows:
            return None
        size = len(mark)
        while True:
            ahead = reader.text[reader.at + size : reader.at + size + 1024]
            rest = ahead.lstrip()
            is_all = reader.closed or len(ahead) == 1024
            for row in rows:
                if not row.follow:
                    return row
                follow = beginning(rest, 0, row.follow, is_all)
                if follow is None:
                    break
                if follow:
                    return row
            else:
                return None
            yield

    def _is_own(self, mark: str) -> Steps[bool]:
        """Whether the mark is one of reasoning, or none of the text; then it is read."""
        reader, page = self._reader, self._page
        if mark not in OWN:
            return False
        if mark in reasoning.BY_OPEN:
            return (yield from self._opens(reasoning.BY_OPEN[mark]))
        if mark in reasoning.LONE_CLOSES:
            return not (yield from self._is_code(mark)) and self._closes_alone(mark)
        if mark in reasoning.GLUED_CLOSES:
            return page.is_glued and self._closes_alone(mark)
        if mark in reasoning.ANSWER_WRAPPERS and not page.thought:
            return False
        if mark in reasoning.AT_START and page.has_text:
            return False
        page.sign(mark)
        reader.take(len(mark))
        if mark in reasoning.ENDS_THINKING:
            page.closers = ()
        if mark in reasoning.ECHOES:
            yield from until(reader, marks_of(reasoning.ECHOES[mark]))
        return True

    def _is_code(self, mark: str) -> Steps[bool]:
        """Whether the mark stands between backticks, and so is only spoken of."""
        if not self._page.tail.endswith("`"):
            return False
        return bool((yield from at_literal(self._reader, f"{mark}`")))

    def _opens(self, wrapper: reasoning.Wrapper) -> Steps[bool]:
        reader, page = self._reader, self._page
        if not wrapper.inline and page.tail.rpartition("\n")[2].strip():
            self._spoken_of.add(wrapper.close)
            return False
        while (yield from at_literal(reader, wrapper.open)):
            reader.take(len(wrapper.open))
        labels = [each if each.endswith("\n") else each + wrapper.close for each in wrapper.labels]
        label = yield from at_literal(reader, *labels)
        reader.take(len(label.removesuffix(wrapper.close)))
        page.settle()
        page.closers, page.thought = (wrapper.close,), True
        self._so_far.clear()
        return True

    def _closes_alone(self, mark: str) -> bool:
        """A closing mark that nothing opened: all so far was reasoning."""
        page, reader = self._page, self._reader
        if page.thought or not self._finds_lone or mark in self._spoken_of:
            return False
        read = "".join(self._so_far)
        before = read[: len(read) - reader.left]
        page.settle()
        page.found.append(Rethought(before.removeprefix(reasoning.GLUED_START) if page.is_glued else before))
        page.thought = True
        page.sign(mark)
        page.restart()
        reader.take(len(mark))
        self._so_far.clear()
        return True
