"""What tests of the app share: sources in memory, an app on a screen of any size, and waiting without sleeping."""

from __future__ import annotations

import queue
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual._compositor import LayoutUpdate
from textual.pilot import Pilot

from inspector.asides import Aside, RunEnded
from inspector.sources.source import Item, Notice, Read, Restart
from inspector.sources.store import ByteStore
from inspector.ui.app import InspectorApp
from inspector.ui.document import Document
from inspector.ui.pane import Pane

CHUNK = '{"id": "%s", "object": "chat.completion.chunk", "model": "tiny", "choices": [{"index": %d, "delta": %s}]}'
CALL = '{"tool_calls": [{"index": %d, "id": "c%d", "function": {"name": "get_weather", "arguments": "%s"}}]}'


def frame(data: str) -> bytes:
    return f"data: {data}\n\n".encode()


def chunk(delta: str, *, id: str = "a", choice: int = 0) -> bytes:
    return frame(CHUNK % (id, choice, delta))


# Frames: 0 role · 1 2 call 0 · 3 call 1 · 4 DONE · 5 role · 6 content, choice 0 · 7 content, choice 1 · 8 DONE.
FRAMES = [
    chunk('{"role": "assistant"}'),
    chunk(CALL % (0, 0, "{")),
    chunk('{"tool_calls": [{"index": 0, "function": {"arguments": "}"}}]}'),
    chunk(CALL % (1, 1, "{}")),
    frame("[DONE]"),
    chunk('{"role": "assistant"}', id="b"),
    chunk('{"content": "It is cold."}', id="b"),
    chunk('{"content": "It is warm."}', id="b", choice=1),
    frame("[DONE]"),
]
STREAM = b"".join(FRAMES)


class Bytes:
    """A store in memory."""

    def __init__(self, data: bytes = b"") -> None:
        self.data = bytearray(data)

    def read(self, start: int, end: int) -> bytes:
        return bytes(self.data[start:end])


class Recording:
    """A source that is all there: its bytes, and what else it says."""

    is_live = False
    recorded_at = None

    def __init__(self, data: bytes = STREAM, *, name: str = "weather.sse", items: Sequence[Item] = ()) -> None:
        self.name = name
        self.store: ByteStore = Bytes(data)
        self.size_hint: int | None = len(data)
        self.happened: str | None = None
        self.closed = False
        self._data = data
        self._items = items

    def reads(self) -> Iterator[Item]:
        if self._data:
            yield Read(self._data, None)
        yield from self._items

    def cancel(self) -> None:
        pass

    def changed(self) -> str | None:
        return self.happened

    def close(self) -> None:
        self.closed = True


class Live:
    """A source that gives what a test tells it to, when it is told."""

    def __init__(
        self,
        name: str = "standard input",
        *,
        size_hint: int | None = None,
        arrives: bool = True,
        is_live: bool = False,
        tape: object = None,
    ) -> None:
        """`arrives` is false for a file that is slow to read: nothing has an arrival time. `is_live`: a run of ours."""
        self.name = name
        self.is_live = is_live
        self.recorded_at = None
        self.tape = tape
        self.cancelled = False
        self.size_hint = size_hint
        self._arrives = arrives
        self._bytes = Bytes()
        self._items: queue.Queue[Item | None] = queue.Queue()
        self._at_s = 0.0

    @property
    def store(self) -> ByteStore:
        return self._bytes

    def send(self, data: bytes) -> None:
        self._bytes.data += data
        self._items.put(Read(data, self._at_s if self._arrives else None))
        self._at_s += 1.0

    def run(self, *said: Aside | Read) -> None:
        """Give asides, and reads with the time at which they came."""
        for each in said:
            if isinstance(each, Read):
                self._bytes.data += each.data
            self._items.put(each)

    def say(self, sentence: str) -> None:
        self._items.put(Notice(sentence))

    def restart(self) -> None:
        self._bytes = Bytes()
        self._items.put(Restart(self._bytes))

    def end(self) -> None:
        self._items.put(None)

    def reads(self) -> Iterator[Item]:
        while (item := self._items.get()) is not None:
            yield item

    def cancel(self) -> None:
        if self.is_live and not self.cancelled:
            self._items.put(RunEnded(self._at_s, "cancelled", None))
        self.cancelled = True
        self.end()

    def changed(self) -> str | None:
        return None

    def close(self) -> None:
        pass


class Clock:
    """Seconds that pass only when told."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


class Driven:
    """An app that runs, with the pilot's hands on it."""

    def __init__(self, app: InspectorApp, pilot: Pilot[Any]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def document(self) -> Document:
        return self.app.main.document

    @property
    def cursor(self) -> int:
        return self.document.cursor

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def until(self, holds: Callable[[], bool]) -> None:
        for _ in range(3000):
            if holds():
                break
            await self.pilot.pause(0.001)
        assert holds()
        self.app.main.catch_up()
        await self.pilot.pause()

    def lines(self) -> list[str]:
        """The screen as text, line by line."""
        return ["".join(segment.text for segment in line) for line in self._segments()]

    def styles(self) -> list[Style]:
        """All styles on the screen."""
        return [segment.style for line in self._segments() for segment in line if segment.style]

    def _segments(self) -> list[list[Segment]]:
        update = self.app.screen._compositor.render_full_update()
        assert isinstance(update, LayoutUpdate)
        return [[segment for strip in line for segment in strip] for line in update.strips]

    def text(self) -> str:
        return "\n".join(self.lines())

    def shown_panes(self) -> set[str]:
        return {str(pane.id) for pane in self.app.main.query(Pane) if pane.region and pane.display}


@asynccontextmanager
async def driven(
    *sources: Recording | Live, size: tuple[int, int] = (120, 34), settle: bool = True, **options: Any
) -> AsyncIterator[Driven]:
    """Run the app; `settle` waits until the first source is read and decoded."""
    app = InspectorApp(list(sources) or [Recording()], **options)
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            run = Driven(app, pilot)
            if settle and not isinstance(next(iter(sources), None), Live):
                await run.until(lambda: run.document.is_over)
            yield run
    finally:
        app.close_feeds()
