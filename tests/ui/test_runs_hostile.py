"""Strings from outside in every place of the app that shows something of a run (RELIABILITY V2, V3, V5)."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from textual import events
from textual.widgets import TextArea

from inspector.asides import (
    CallRecovered,
    ExchangeBegan,
    ExchangeEnded,
    HeadCame,
    RunBegan,
    RunEnded,
    StatusSaid,
    ToolAnswered,
    ToolBegan,
)
from inspector.toolchain.questions import MayRun, Question, RecoveredCall, RunRecovered, TypeResult, WaitForModel
from inspector.ui.composing import RequestForm
from inspector.ui.screens.request import RequestScreen
from tests.ui.driving import Clock, Live, Recording, chunk, driven
from tests.ui.runs import FakeTape, Said, came
from tests.ui.test_app_hostile import ATTACK, hold_harmless
from tests.ui.test_app_questions import Network, shown
from tests.ui.test_app_request import FakeComposer, opened

HEADERS = ((ATTACK, ATTACK),)
WRITTEN = json.dumps({"name": ATTACK, "arguments": {ATTACK: ATTACK}})
TOOLS = {"tools": [{"function": {"name": ATTACK}}], "messages": [{"content": ATTACK}]}
RUN: list[Said] = [
    RunBegan(0.0, "chat"),
    ExchangeBegan(0.0, ATTACK, ATTACK, HEADERS, TOOLS),
    HeadCame(0.1, ATTACK, 200, ATTACK, HEADERS),
    came(0.2, chunk(json.dumps({"content": WRITTEN}))),
    ExchangeEnded(0.3, ATTACK),
    CallRecovered(0.3, ATTACK, ATTACK, ATTACK, ATTACK),
    ToolBegan(0.3, ATTACK, ATTACK, 30.0),
    ToolBegan(0.3, f"{ATTACK}2", ATTACK, 30.0),
    ToolAnswered(0.4, ATTACK, ATTACK, ATTACK, ATTACK, 0.1),
    StatusSaid(0.5, ATTACK, {ATTACK: ATTACK}),
]
SCREENS = [[], ["2", "z"], ["3", "z"], ["5", "z"], ["M"], ["f2"], ["w"]]


@pytest.fixture
def network() -> Iterator[Network]:
    made = Network()
    yield made
    made.close()


@pytest.mark.parametrize("keys", SCREENS, ids=lambda keys: " ".join(keys) or "the screen")
@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["80x24", "140x40"])
async def test_no_string_of_a_run_acts_or_vanishes(keys: list[str], size: tuple[int, int]) -> None:
    source = Live(ATTACK, is_live=True, tape=FakeTape(f"/state/{ATTACK}.sse"))
    async with driven(source, size=size) as run:
        source.run(*RUN)
        await run.until(lambda: run.document.transcript.noted == 9)
        await run.press(*keys)
        hold_harmless(run)
        source.run(RunEnded(0.6, "cut", ATTACK))
        await run.until(lambda: run.document.transcript.noted == 10)
        hold_harmless(run)


QUESTIONS: list[Question] = [
    MayRun(ATTACK, ATTACK, ATTACK, ATTACK, ATTACK),
    TypeResult(ATTACK, ATTACK, ATTACK, ATTACK),
    WaitForModel(ATTACK),
    RunRecovered((RecoveredCall(ATTACK, ATTACK, ATTACK),)),
]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: type(question).__name__)
async def test_no_string_of_a_question_acts_or_vanishes(question: Question, network: Network) -> None:
    clock = Clock()
    async with driven(asking=network.asking, clock=clock) as run:
        asked = network.ask(question)
        await shown(run, clock)
        hold_harmless(run)
        for y in range(6, 20):
            await run.pilot.click(offset=(20, y))
        assert run.app.return_code is None
        if not asked.done():  # a click on a button answers
            await run.press("escape")
        await run.until(asked.done)
        assert asked.result() in ("no", None, False, True)


async def test_no_string_of_the_form_acts_or_vanishes() -> None:
    form = RequestForm(*[ATTACK] * 11)
    async with driven(Recording(), composer=FakeComposer(form, models=[ATTACK])) as run:
        await run.press("ctrl+n")
        await opened(run)
        hold_harmless(run)


async def test_what_is_pasted_into_the_prompt_keeps_its_lines_and_is_clean() -> None:
    async with driven(Recording(), composer=FakeComposer(RequestForm())) as run:
        await run.press("ctrl+n")
        await opened(run)
        assert isinstance(run.app.screen, RequestScreen)
        run.app.post_message(events.Paste(f"one\ntwo\rthree\r\nfour {ATTACK}"))
        await run.pilot.pause()
        assert run.app.screen.query_one("#request-prompt", TextArea).text.startswith("one\ntwo\nthree\nfour ␛]52")
        hold_harmless(run)
