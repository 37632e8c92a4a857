"""A text that is still coming, and the steps that grammars read it with. Knows no grammar.

A grammar is a generator. It is written as if all of the text were there; where it is not, a step yields, and goes on
when more has come. What was read is gone from the buffer, so that a text fed by characters costs what a whole one does.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from typing import TypeVar

from inspector.tool_formats.marks import Marks, beginning

T = TypeVar("T")
Steps = Generator[None, None, T]

BLANKS_MOST = 1024  # between two marks; more of them part what stands around
_BLANKS = re.compile(r"\s*")


class Reader:
    """The text from the cursor on. `size` counts the bytes of UTF-8 before the cursor."""

    def __init__(self) -> None:
        self.text = ""
        self.at = 0
        self.size = 0
        self.closed = False
        self._kept: list[str] = []
        self._keeps = False

    def feed(self, piece: str) -> None:
        self.text = self.text[self.at :] + piece
        self.at = 0

    @property
    def left(self) -> int:
        return len(self.text) - self.at

    def peek(self) -> str:
        """The next character; `""` at the end of what there is."""
        return self.text[self.at : self.at + 1]

    def take(self, count: int) -> str:
        taken = self.text[self.at : self.at + count]
        self.at += len(taken)
        self.size += size_of(taken)
        if self._keeps:
            self._kept.append(taken)
        return taken

    def keep(self) -> None:
        """From here on remember what is read, in case it turns out to be text."""
        self._kept, self._keeps = [], True

    @property
    def place(self) -> int:
        """Where the cursor is in what is kept."""
        return len(self._kept)

    def since(self, place: int) -> str:
        return "".join(self._kept[place:])

    def kept(self) -> str:
        """What was read since `keep`, which is over with it."""
        kept, self._kept, self._keeps = "".join(self._kept), [], False
        return kept

    def unread(self, text: str) -> None:
        """Put back what was read last."""
        if self.at >= len(text):
            self.at -= len(text)
        else:  # it came before the latest piece
            self.text, self.at = text + self.text[self.at :], 0
        self.size -= size_of(text)


def size_of(text: str) -> int:
    """Bytes of UTF-8, a lone surrogate counted as three."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def need(reader: Reader, count: int = 1) -> Steps[bool]:
    """Wait for so many characters; false where the text ends before."""
    while reader.left < count and not reader.closed:
        yield
    return reader.left >= count


def at_literal(reader: Reader, *literals: str) -> Steps[str]:
    """Which of the literals stands here, the longest; `""` for none. Nothing is read."""
    while (found := beginning(reader.text, reader.at, literals, reader.closed)) is None:
        yield
    return found


def blanks(reader: Reader) -> Steps[str]:
    """Read blanks and line ends, not too many."""
    parts: list[str] = []
    count = 0
    while count < BLANKS_MOST:
        found = _BLANKS.match(reader.text, reader.at, reader.at + BLANKS_MOST - count)
        size = found.end() - reader.at if found else 0
        parts.append(reader.take(size))
        count += size
        if reader.left or reader.closed:
            break
        yield
    return "".join(parts)


def after_blanks(reader: Reader, *literals: str) -> Steps[str]:
    """Which of the literals stands here or after blanks; `""` for none. Nothing is read."""
    while True:
        match = _BLANKS.match(reader.text, reader.at, reader.at + BLANKS_MOST)
        place = match.end() if match else reader.at
        if place == len(reader.text) and not reader.closed and place - reader.at < BLANKS_MOST:
            found = None
        else:
            found = beginning(reader.text, place, literals, reader.closed)
        if found is not None:
            return found
        yield


def matched(reader: Reader, pattern: re.Pattern[str], most: int) -> Steps[re.Match[str] | None]:
    """What a pattern matches here within so many characters; nothing is read.

    It must end with what has to follow: a match is taken as it is, though more text may come.
    """
    while not (found := pattern.match(reader.text, reader.at, reader.at + most)):
        if reader.closed or reader.left >= most:
            return None
        yield
    return found


def until(reader: Reader, marks: Marks, most: int | None = None) -> Steps[tuple[str, str]]:
    """Read up to a mark: the text before it, and the mark, which is not read. No mark (`""`): the text ended.

    With `most`, also where that many characters have no mark among them.
    """
    parts: list[str] = []
    count = 0
    while True:
        place, mark = marks.next(reader.text, reader.at, reader.closed, None if most is None else most - count)
        if most is not None and place - reader.at > most - count:
            parts.append(reader.take(most - count))
            return "".join(parts), ""
        parts.append(reader.take(place - reader.at))
        count += len(parts[-1])
        if mark or (reader.closed and not reader.left):
            return "".join(parts), mark
        yield
