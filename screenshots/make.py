"""Make the pictures of the README from the app, its recordings and its model: `python screenshots/make.py`.

SVG is what Textual draws; PNG is what Chromium shows of it, left out with a word where that is not installed.
Nothing here is drawn or touched by hand.
"""

from __future__ import annotations

import asyncio
import math
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from inspector.demo import transcripts
from inspector.demo.pacing import PacedRelay
from inspector.demo.server import TOOLS, TinyServer
from inspector.live.chat import chat_source
from inspector.recording.tape import Tape
from inspector.sandbox.loading import load_tools
from inspector.sources.loading import open_source
from inspector.toolchain.options import ChatOptions
from inspector.toolchain.questions import headless
from inspector.ui.app import InspectorApp

HERE = Path(__file__).resolve().parent
_VIEW_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


class Shot(NamedTuple):
    """One picture: a bundled recording, the size of the terminal in cells, and the keys pressed before it."""

    name: str
    recording: str
    size: tuple[int, int]
    keys: str


SHOTS = (
    Shot("answer", "weather", (140, 40), "colon 4 8 enter"),
    Shot("mid-call", "weather", (140, 40), "colon 2 5 enter 2 v v"),
    Shot("cut-call", "cut", (120, 34), "G 2"),
    Shot("small", "weather", (80, 24), "colon 3 0 enter"),
    Shot("help", "weather", (100, 34), "question_mark"),
)


async def draw(shot: Shot) -> str:
    app = InspectorApp([open_source(str(transcripts()[shot.recording]))])
    try:
        async with app.run_test(size=shot.size) as pilot:
            while not app.main.document.is_over:
                await pilot.pause(0.01)
            await pilot.press(*shot.keys.split())
            await pilot.pause()
            return app.export_screenshot(title=f"stage-inspector demo {shot.recording}")
    finally:
        app.close_feeds()


async def draw_live(size: tuple[int, int]) -> str:
    """A run of the bundled model, while the synthesis streams."""
    with TinyServer() as model, PacedRelay(model) as url, tempfile.TemporaryDirectory() as folder:
        said = ({"role": "user", "content": "Compare the weather in Paris and Lima."},)
        options = ChatOptions(f"{url}/v1", model="tiny", messages=said)
        tape = Tape.create(f"{folder}/compare.sse", "chat")
        asker = headless(yes=True, recover=False)
        app = InspectorApp([chat_source(options, load_tools(str(TOOLS)), asker, tape)], follow=True)
        try:
            async with app.run_test(size=size) as pilot:
                while not (stages := app.main.document.transcript.stages) or stages[0].synthesis.size < 40:
                    await pilot.pause(0.01)
                return app.export_screenshot(title="stage-inspector demo --live")
        finally:
            app.close_feeds()


def photograph(svg: Path, browser: str) -> None:
    width, height = _VIEW_BOX.search(svg.read_text(encoding="utf-8")).group(1, 2)  # type: ignore[union-attr]
    size = f"--window-size={math.ceil(float(width))},{math.ceil(float(height))}"
    out = f"--screenshot={svg.with_suffix('.png')}"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-background-networking"]
    with tempfile.TemporaryDirectory() as profile:
        command = [browser, *options, f"--user-data-dir={profile}", size, out, svg.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=60)


def main() -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    for shot in SHOTS:
        svg = HERE / f"{shot.name}.svg"
        svg.write_text(asyncio.run(draw(shot)), encoding="utf-8")
        if browser:
            photograph(svg, browser)
    live = HERE / "live.svg"
    live.write_text(asyncio.run(draw_live((120, 34))), encoding="utf-8")
    if browser:
        photograph(live, browser)
    else:
        print("No PNGs: Chromium is not installed.")


if __name__ == "__main__":
    main()
