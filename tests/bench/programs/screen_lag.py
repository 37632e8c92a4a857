"""Opens a recording in the app without a screen and says for how long its event loop stood still, at most, in seconds.

`reading_s` is while the recording is read and decoded, `showing_s` while the cursor goes to its longest frame and back.
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading
import time
from collections.abc import Iterator

from inspector.sources.loading import open_source
from inspector.sources.source import Item, Source
from inspector.ui.app import SWITCH_S, InspectorApp
from inspector.ui.pane import Pane

TICK_S = 0.002
SETTLED_S = 0.5  # after a move: all that it draws is drawn


class Held:
    """A source that is read once `go` is set, so that what is measured begins with the reading and not before."""

    def __init__(self, source: Source) -> None:
        self.go = threading.Event()
        self.name, self.store, self.size_hint = source.name, source.store, source.size_hint
        self.is_live, self.recorded_at = source.is_live, source.recorded_at
        self.cancel, self.changed, self.close = source.cancel, source.changed, source.close
        self._source = source

    def reads(self) -> Iterator[Item]:
        self.go.wait()
        yield from self._source.reads()


class Ticker:
    """Ticks in the event loop, as keys and redraws would want to; `most_s` is the longest that a tick was late.

    Only as far as this process was busy meanwhile: what others took of the processor does not count.
    """

    def __init__(self) -> None:
        self.most_s = 0.0
        self._task = asyncio.create_task(self._tick())

    async def _tick(self) -> None:
        while True:
            began, busy = time.perf_counter(), time.process_time()
            await asyncio.sleep(TICK_S)
            late_s = time.perf_counter() - began - TICK_S
            self.most_s = max(self.most_s, min(late_s, time.process_time() - busy))

    def taken_s(self) -> float:
        """What it was since the last time."""
        most_s, self.most_s = self.most_s, 0.0
        return most_s


async def lags_s(path: str) -> dict[str, float]:
    source = Held(open_source(path))
    app = InspectorApp([source])
    try:
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            ticker = Ticker()
            source.go.set()
            while not app.main.document.is_over:
                await asyncio.sleep(TICK_S)
            reading_s = ticker.taken_s()
            for frame in (longest(app), 0):
                app.main.post_message(Pane.CursorWanted(frame))
                await asyncio.sleep(SETTLED_S)
            return {"reading_s": reading_s, "showing_s": ticker.taken_s()}
    finally:
        app.close_feeds()


def longest(app: InspectorApp) -> int:
    transcript = app.main.document.feed.transcript
    spans = [transcript.span(n) for n in range(transcript.framed)]
    return max(range(len(spans)), key=lambda n: spans[n][1] - spans[n][0])


sys.setswitchinterval(SWITCH_S)
print(json.dumps(asyncio.run(lags_s(sys.argv[1]))))
