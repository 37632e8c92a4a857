"""Shows a growing text in its pane, one frame after the other, and says what CPU seconds an update took.

The pane alone in an app without a screen; an update is done when Textual has drawn it. Stretches of a short text and
of a long one take turns.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from statistics import median

from textual.app import App, ComposeResult

from inspector.sources.loading import framed
from inspector.transcript import Transcript
from inspector.ui.moment import Moment
from inspector.ui.panes.synthesis import Synthesis

SIZES = {"short_s": 10_000, "long_s": 1_000_000}  # bytes of text at which a stretch begins
STRETCH = 60  # updates


class Alone(App[None]):
    def compose(self) -> ComposeResult:
        yield Synthesis()


async def update(pane: Synthesis, transcript: Transcript, n: int) -> None:
    drawn = asyncio.Event()
    pane.show(Moment(transcript, n))
    pane.call_after_refresh(drawn.set)
    await drawn.wait()


def frame_with(transcript: Transcript, size: int) -> int:
    return transcript.stages[0].choices[0].content.frame_of(size)


async def costs_s(transcript: Transcript, rounds: int) -> dict[str, float]:
    app = Alone()
    costs: dict[str, list[float]] = {name: [] for name in SIZES}
    async with app.run_test(size=(120, 40)):
        pane = app.query_one(Synthesis)
        for turn in range(rounds):
            for name, size in SIZES.items():
                first = frame_with(transcript, size) + turn * STRETCH
                await update(pane, transcript, first - 1)  # gets there, which is no growth
                began = time.process_time()
                for n in range(first, first + STRETCH):
                    await update(pane, transcript, n)
                costs[name].append((time.process_time() - began) / STRETCH)
    return {name: median(each) for name, each in costs.items()}


opened = framed(sys.argv[1])
opened.decode_all()
print(json.dumps(asyncio.run(costs_s(opened, int(sys.argv[2])))))
