"""Every recording of other projects opens in the app and can be walked by keys; a tenth of them each run.

Which tenth changes from day to day, so that all are seen in time; `STAGE_INSPECTOR_ALL=1` takes all of them.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from inspector.sources.loading import open_source
from inspector.ui.app import InspectorApp
from tests.shared import SHARED, needs_shared
from tests.ui.driving import Driven

RECORDINGS = [
    path
    for folder in ("corpus", "captures", "stages")
    for path in sorted((SHARED / folder).glob("*"))
    if path.suffix in (".sse", ".jsonl") and not path.name.endswith(("times.jsonl", "manifest.jsonl"))
]
TURN = date.today().toordinal()
CHOSEN = [
    path for place, path in enumerate(RECORDINGS) if "STAGE_INSPECTOR_ALL" in os.environ or place % 10 == TURN % 10
]
SIZES = ((80, 24), (120, 34), (200, 50))
WALK = "l ] t v v v G h [ z 2 down enter 4 enter a question_mark"


@needs_shared
@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in CHOSEN])
async def test_a_recording_opens_in_the_app_and_is_walked_by_keys(path: Path) -> None:
    app = InspectorApp([open_source(str(path))])
    try:
        async with app.run_test(size=SIZES[len(path.name) % len(SIZES)]) as pilot:
            run = Driven(app, pilot)
            await run.until(lambda: run.document.is_over)
            await run.press(*WALK.split())
            assert run.document.transcript.decoded == run.document.transcript.framed
            assert "Help" in run.text()
    finally:
        app.close_feeds()
