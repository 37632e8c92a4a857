"""The append-only history of accumulated values. Knows frames by number and nothing of what a value means.

Everything that looks back (seeking, stepping back, provenance) is a bisect over these arrays, so nothing is ever
copied or undone. One thread appends, others read: what an append publishes last is the frame number, so a reader
who asks for a frame that is decoded finds all that belongs to it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class TextTrack:
    """A text that only grows, as UTF-8 (lone surrogates kept), and which frame brought which bytes of it."""

    __slots__ = ("_ends", "_frames", "_text")

    def __init__(self) -> None:
        self._text = bytearray()
        self._frames = array("I")
        self._ends = array("Q")  # the size of the text after each append

    def append(self, frame: int, text: str) -> None:
        try:
            self._text += text.encode()
        except UnicodeEncodeError:
            self._text += text.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._text))
        self._frames.append(frame)

    @property
    def size(self) -> int:
        """Bytes so far."""
        return len(self._text)

    @property
    def text(self) -> str:
        """All of it."""
        return decode(self._text)

    @property
    def first_frame(self) -> int | None:
        return self._frames[0] if self._frames else None

    @property
    def last_frame(self) -> int | None:
        return self._frames[-1] if self._frames else None

    def size_at(self, n: int) -> int:
        """Bytes of text after frame `n`; -1 is before everything."""
        pieces = bisect_right(self._frames, n)
        return self._ends[pieces - 1] if pieces else 0

    def text_at(self, n: int) -> str:
        return decode(self._text[: self.size_at(n)])

    def slice(self, start: int, end: int) -> bytes:
        return bytes(self._text[start:end])

    def frame_of(self, byte: int) -> int:
        """The frame that brought this byte. The byte must be there."""
        return self._frames[bisect_right(self._ends, byte)]

    def span_of(self, frame: int) -> tuple[int, int]:
        """The bytes that `frame` brought, half-open; empty where it brought none."""
        first, last = bisect_left(self._frames, frame), bisect_right(self._frames, frame)
        start = self._ends[first - 1] if first else 0
        return start, (self._ends[last - 1] if last > first else start)

    def pieces(self) -> Iterator[tuple[int, bytes]]:
        """What was appended, in order, each with its frame."""
        start = 0
        for frame, end in zip(self._frames, self._ends, strict=False):
            yield frame, self.slice(start, end)
            start = end


class ScalarTrack(Generic[T]):
    """A value that may be given again: every value with the frame that gave it, so contradictions stay visible."""

    __slots__ = ("_frames", "_values")

    def __init__(self) -> None:
        self._values: list[T] = []
        self._frames = array("i")  # -1 is before the first frame

    def set(self, frame: int, value: T) -> None:
        self._values.append(value)
        self._frames.append(frame)

    def at(self, n: int) -> T | None:
        """The last value given up to frame `n`."""
        given = bisect_right(self._frames, n)
        return self._values[given - 1] if given else None

    def last_in(self, start: int, end: int) -> T | None:
        """The last value given from frame `start` to before `end`."""
        given = bisect_left(self._frames, end)
        return self._values[given - 1] if given and self._frames[given - 1] >= start else None

    def first_at(self, n: int) -> T | None:
        return self._values[0] if self._frames and self._frames[0] <= n else None

    @property
    def last(self) -> T | None:
        return self._values[-1] if self._values else None

    def history(self) -> Sequence[tuple[int, T]]:
        return list(zip(self._frames, self._values, strict=False))


def decode(text: bytes | bytearray) -> str:
    """UTF-8 as the tracks keep it; a character cut at either end becomes U+FFFD."""
    try:
        return text.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return text.decode("utf-8", "replace")
