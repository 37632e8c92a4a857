"""A source of nothing: what is open before the first request is sent."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from inspector.sources.source import Item, Notice

NAME = "no request sent yet"


class _Nothing:
    def read(self, start: int, end: int) -> bytes:
        return b""


class Unsent:
    """Waits until it is cancelled, and never has a byte."""

    name = NAME
    is_live = False
    recorded_at = None
    size_hint = None

    def __init__(self, sentence: str) -> None:
        self.store = _Nothing()
        self._sentence = sentence
        self._cancelled = threading.Event()

    def reads(self) -> Iterator[Item]:
        yield Notice(self._sentence)
        self._cancelled.wait()

    def cancel(self) -> None:
        self._cancelled.set()

    def changed(self) -> str | None:
        return None

    def close(self) -> None:
        self.cancel()
