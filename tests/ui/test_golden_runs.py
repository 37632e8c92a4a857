"""Golden pictures of what only a live run has: the form, consent, and the middle of a run."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from inspector.ui.app import InspectorApp
from inspector.ui.screens.question import QuestionScreen
from tests.ui.driving import Clock, Driven, Live
from tests.ui.rules import watch_for_ends
from tests.ui.runs import AGAIN, ANSWERED, BEGAN, RESULT, STREAMING, SYNTHESIS, FakeTape
from tests.ui.test_app_questions import MAY_RUN, Network
from tests.ui.test_app_request import FakeComposer, opened
from tests.ui.test_golden_screens import Compare

SIZES = ((80, 24), (120, 34))


class Stage(NamedTuple):
    """What a scene has in its hands."""

    run: Driven
    source: Live
    clock: Clock
    network: Network


async def form(stage: Stage) -> None:
    await stage.run.press("ctrl+n")
    await opened(stage.run)
    stage.run.app.screen.query_one("#request-prompt", TextArea).cursor_blink = False


async def consent(stage: Stage) -> None:
    stage.source.run(*BEGAN, *STREAMING, *ANSWERED)
    await stage.run.until(lambda: stage.run.document.last == 4)
    hostile = '{"city": "[bold]Oslo[/]",\n "note": "\x1b[2J ╔═ Yes (n) ═╗"}'
    stage.network.ask(MAY_RUN._replace(arguments=hostile), stage.source.tape)
    await stage.run.until(lambda: isinstance(stage.run.app.screen, QuestionScreen))


async def mid_run(stage: Stage) -> None:
    failed = RESULT._replace(call_id="c1", failure="it ran longer than 30 s", content="No result: it was stopped.")
    stage.source.run(*BEGAN, *STREAMING, *ANSWERED, RESULT, failed, *AGAIN, *SYNTHESIS)
    await stage.run.until(lambda: stage.run.document.last == 7)
    await stage.run.press("3")


SCENES: dict[str, Callable[[Stage], Awaitable[None]]] = {
    "form": form,
    "consent": consent,
    "the middle of a run": mid_run,
}


@pytest.mark.parametrize("size", SIZES, ids=[f"{width}x{height}" for width, height in SIZES])
@pytest.mark.parametrize("scene", SCENES)
def test_a_run_looks_as_it_was_approved(scene: str, size: tuple[int, int], snap_compare: Compare) -> None:
    source, clock, network = Live("chat tiny at 127.0.0.1:8080", is_live=True, tape=FakeTape()), Clock(), Network()
    app = InspectorApp([source], asking=network.asking, composer=FakeComposer(), watch=watch_for_ends, clock=clock)

    async def reach(pilot: Pilot[None]) -> None:
        app.theme = "textual-dark"
        await SCENES[scene](Stage(Driven(app, pilot), source, clock, network))

    try:
        assert snap_compare(app, terminal_size=size, run_before=reach)
    finally:
        app.close_feeds()
        network.close()
