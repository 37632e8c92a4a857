"""What the network thread has for its reader: asides, notices, and where each read stands. It holds no bytes."""

from array import array
from collections import deque
from collections.abc import Iterator
from threading import Condition

from inspector.asides import Aside
from inspector.sources.source import Notice


class Spans:
    """Reads in a row, 16 bytes each, so that a reader that lags behind a flood costs no memory to speak of."""

    def __init__(self, start: int) -> None:
        self._start = start
        self._ends = array("q")
        self._times = array("d")

    def add(self, end: int, at_s: float) -> None:
        self._ends.append(end)
        self._times.append(at_s)

    def __iter__(self) -> Iterator[tuple[int, int, float]]:
        start = self._start
        for end, at_s in zip(self._ends, self._times, strict=True):
            yield start, end, at_s
            start = end


class Backlog:
    """A queue of one writer and one reader, which ends."""

    def __init__(self) -> None:
        self._items: deque[Aside | Notice | Spans] = deque()
        self._changed = Condition()
        self._has_ended = False

    def put_read(self, start: int, end: int, at_s: float) -> None:
        with self._changed:
            if not self._items or not isinstance(self._items[-1], Spans):
                self._items.append(Spans(start))
            spans = self._items[-1]
            assert isinstance(spans, Spans)
            spans.add(end, at_s)
            self._changed.notify()

    def put(self, item: Aside | Notice) -> None:
        with self._changed:
            self._items.append(item)
            self._changed.notify()

    def end(self) -> None:
        with self._changed:
            self._has_ended = True
            self._changed.notify()

    def __iter__(self) -> Iterator[Aside | Notice | Spans]:
        """Block for what comes; what was given is the reader's, and grows no more."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._items or self._has_ended)
                if not self._items:
                    return
                item = self._items.popleft()
            yield item
