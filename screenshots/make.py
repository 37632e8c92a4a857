"""Make the pictures of the README from the app and its bundled recordings: `python screenshots/make.py`.

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
from inspector.sources.loading import open_source
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
    if not browser:
        print("No PNGs: Chromium is not installed.")


if __name__ == "__main__":
    main()
