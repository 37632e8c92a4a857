"""The questions of a run: what is shown, which key answers what, and what a model can do about it (V4, V5, E2)."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from textual import events
from textual.widgets import Input

from inspector.toolchain.questions import (
    GoDeeper,
    MayRun,
    Question,
    RecoveredCall,
    RunRecovered,
    TypeResult,
    WaitForModel,
)
from inspector.ui.asking import Asking
from inspector.ui.panes.plain import Plain
from inspector.ui.screens.question import DEAF_S, QuestionScreen
from tests.ui.driving import Clock, Driven, Live, driven
from tests.ui.runs import BEGAN, FakeTape

MAY_RUN = MayRun("c0", "get_weather", '{"city": "Oslo"}', "/home/me/weather.py", None)
TYPE = TypeResult("c0", "get_weather", '{"city": "Oslo"}', '{"temp": 17}')
RECOVERED = RunRecovered((RecoveredCall("get_weather", '{"city": "Oslo"}', "generic-json"),))


class Network:
    """A thread with an event loop, in which questions are asked."""

    def __init__(self) -> None:
        self.asking = Asking()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()

    def ask(self, question: Question, tape: object = None) -> Any:
        return asyncio.run_coroutine_threadsafe(self.asking.of(tape)(question), self._loop)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@pytest.fixture
def network() -> Iterator[Network]:
    made = Network()
    yield made
    made.close()


async def shown(run: Driven, clock: Clock) -> None:
    """Wait for a question, and until keys are taken for answers."""
    await run.until(lambda: isinstance(run.app.screen, QuestionScreen))
    clock.now_s += DEAF_S


ANSWERS: list[tuple[Question, str, Any]] = [
    (MAY_RUN, "enter", "no"),
    (MAY_RUN, "escape", "no"),
    (MAY_RUN, "n", "no"),
    (MAY_RUN, "q", "no"),
    (MAY_RUN, "y", "once"),
    (MAY_RUN, "a", "always"),
    (MAY_RUN, "tab enter", "once"),
    (MAY_RUN, "right right enter", "always"),
    (TYPE, "enter", '{"temp": 17}'),
    (TYPE, "end x enter", '{"temp": 17}x'),
    (TYPE, "escape", None),
    (TYPE._replace(canned=None), "y enter", "y"),
    (TYPE._replace(canned="two\nlines"), "enter", "two\nlines"),
    (TYPE._replace(canned="two\nlines"), "end x enter", "two\nlinesx"),
    (WaitForModel("The model is loading."), "enter", True),
    (WaitForModel("The model is loading."), "escape", False),
    (GoDeeper(8), "enter", False),
    (GoDeeper(8), "a y", True),
    (RECOVERED, "enter", False),
    (RECOVERED, "y", True),
]


@pytest.mark.parametrize(
    ("question", "keys", "answer"), ANSWERS, ids=[f"{type(each[0]).__name__}: {each[1]}" for each in ANSWERS]
)
async def test_a_key_answers(question: Question, keys: str, answer: Any, network: Network) -> None:
    clock = Clock()
    async with driven(asking=network.asking, clock=clock) as run:
        asked = network.ask(question)
        await shown(run, clock)
        await run.press(*keys.split())
        await run.until(asked.done)
        assert asked.result() == answer
        await run.until(lambda: len(run.app.screen_stack) == 1)


async def test_of_a_result_of_several_lines_that_is_pasted_the_line_ends_are_sent_as_line_feeds(
    network: Network,
) -> None:
    clock = Clock()
    async with driven(asking=network.asking, clock=clock) as run:
        asked = network.ask(TYPE._replace(canned=None))
        await shown(run, clock)
        run.app.post_message(events.Paste('{\r  "temp": 17\r\n}'))
        await run.press("enter")
        await run.until(asked.done)
        assert asked.result() == '{\n  "temp": 17\n}'


async def test_a_key_that_is_held_never_answers(network: Network) -> None:
    clock = Clock()
    async with driven(asking=network.asking, clock=clock) as run:
        asked = network.ask(MAY_RUN)
        await run.until(lambda: isinstance(run.app.screen, QuestionScreen))
        for _ in range(30):
            clock.now_s += DEAF_S / 10
            await run.press("y")
        assert not asked.done()
        clock.now_s += DEAF_S
        await run.press("n")
        await run.until(asked.done)
        assert asked.result() == "no"


@pytest.mark.parametrize("size", [(80, 24), (120, 34), (60, 15)], ids=["small", "wide", "smallest"])
async def test_consent_shows_name_file_and_arguments(size: tuple[int, int], network: Network) -> None:
    clock = Clock()
    async with driven(asking=network.asking, clock=clock, size=size) as run:
        network.ask(MAY_RUN)
        await shown(run, clock)
        for said in ("May this tool run?", "get_weather", "/home/me/weather.py", '{"city": "Oslo"}', "No (n, esc)"):
            assert said in run.text()
        await run.press("n")


@pytest.mark.parametrize("size", [(80, 24), (120, 34), (200, 50)], ids=["small", "wide", "widest"])
async def test_a_question_is_as_high_as_what_there_is_to_read(size: tuple[int, int], network: Network) -> None:
    clock = Clock()
    async with driven(asking=network.asking, clock=clock, size=size) as run:
        asked = network.ask(MAY_RUN)
        await shown(run, clock)
        await run.pilot.pause()
        frame, text = run.app.screen.query_one("#question"), run.app.screen.query_one(Plain)
        assert text.size.height == 1
        await run.pilot.resize_terminal(60, 15)
        await run.pilot.pause()
        assert frame.outer_size.height <= 12
        await run.pilot.resize_terminal(*size)
        await run.until(lambda: text.size.height == 1)
        await run.press("n")
        await run.until(asked.done)


@pytest.mark.parametrize("size", [(60, 15), (80, 24)], ids=["smallest", "small"])
async def test_arguments_and_answers_are_seen_however_long_the_path_is(size: tuple[int, int], network: Network) -> None:
    clock = Clock()
    async with driven(asking=network.asking, clock=clock, size=size) as run:
        asked = network.ask(MAY_RUN._replace(module=f"/home/{'long/' * 30}weather.py"))
        await shown(run, clock)
        await run.until(lambda: '{"city": "Oslo"}' in run.text() and "No (n, esc)" in run.text())
        await run.press("n")
        await run.until(asked.done)


async def test_all_of_the_arguments_can_be_scrolled_to(network: Network) -> None:
    clock = Clock()
    async with driven(asking=network.asking, clock=clock) as run:
        asked = network.ask(MAY_RUN._replace(arguments="\n".join(f"line {n}" for n in range(100))))
        await shown(run, clock)
        assert "line 99" not in run.text()
        await run.press(*["pagedown"] * 12)
        assert "line 99" in run.text()
        await run.press("home")
        assert "line 99" not in run.text()
        await run.press("end")
        assert "line 99" in run.text()
        await run.press("up", "down", "pageup", "n")
        await run.until(asked.done)


async def test_what_a_model_wrote_cannot_act_or_imitate_the_frame(network: Network) -> None:
    clock = Clock()
    evil = "[bold]x[/bold] [@click=app.quit]q[/] \x1b[2J \u202e " + "═" * 5
    async with driven(asking=network.asking, clock=clock) as run:
        network.ask(MAY_RUN._replace(name=evil * 20, arguments=evil + "\n ╔═ May this tool run? ═╗ Yes (n)"))
        await shown(run, clock)
        text = run.text()
        assert "[@click=app.quit]q[/]" in text
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "more characters)" in text
        lines = run.lines()
        tops = [line.index("╔") for line in lines if "╔" in line]
        fake = [line for line in lines if "May this tool run? ═╗" in line]
        assert len(tops) == 2
        assert all("║ │" in line for line in fake)  # inside the frame, and inside the box of the arguments
        await run.press("n")


async def test_a_key_that_was_on_its_way_does_not_answer(network: Network) -> None:
    clock = Clock()
    async with driven(asking=network.asking, clock=clock) as run:
        asked = network.ask(MAY_RUN)
        await run.until(lambda: isinstance(run.app.screen, QuestionScreen))
        await run.press("y", "a", "enter", "escape")
        assert not asked.done()
        clock.now_s += DEAF_S
        await run.press("y")
        await run.until(asked.done)
        assert asked.result() == "once"


async def test_questions_come_one_after_another(network: Network) -> None:
    clock = Clock()
    async with driven(asking=network.asking, clock=clock) as run:
        asked = [network.ask(MAY_RUN._replace(name=f"tool_{n}", number=n + 1, of=3)) for n in range(3)]
        for n, key in enumerate("nya"):
            await run.until(lambda n=n: f"({n + 1} of 3)" in run.text())  # type: ignore[misc]  # mypy knows no default of a lambda
            clock.now_s += DEAF_S
            await run.press(key)
            await run.until(asked[n].done)
        assert [each.result() for each in asked] == ["no", "once", "always"]
        await run.until(lambda: len(run.app.screen_stack) == 1)


async def test_a_question_goes_away_with_its_run(network: Network) -> None:
    clock = Clock()
    async with driven(asking=network.asking, clock=clock) as run:
        asked = network.ask(MAY_RUN)
        await shown(run, clock)
        asked.cancel()
        await run.until(lambda: len(run.app.screen_stack) == 1)


EACH = [MAY_RUN, TYPE, WaitForModel("The model is loading."), GoDeeper(8), RECOVERED]


@pytest.mark.parametrize("size", [(60, 15), (60, 20), (80, 24), (120, 34)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("question", EACH, ids=[type(each).__name__ for each in EACH])
async def test_of_several_runs_the_one_that_asks_is_named(
    question: Question, size: tuple[int, int], network: Network
) -> None:
    clock, tapes = Clock(), [FakeTape(path=f"/state/{name}.sse") for name in ("first", "second")]
    runs = [Live(f"chat 127.0.0.1:{port}", is_live=True, tape=tape) for port, tape in enumerate(tapes, 8080)]
    async with driven(*runs, asking=network.asking, clock=clock, size=size) as run:
        for source in runs:
            source.run(*BEGAN)
        asked = network.ask(question, tapes[1])
        await shown(run, clock)
        await run.until(lambda: "run   2/2 · chat 127.0.0.1:8081" in run.text())
        if isinstance(question, MayRun | TypeResult):
            assert '{"city": "Oslo"}' in run.text()
        await run.press("escape")
        await run.until(asked.done)


async def test_one_run_alone_is_not_named(network: Network) -> None:
    clock, tape = Clock(), FakeTape()
    async with driven(Live("chat 127.0.0.1:8080", is_live=True, tape=tape), asking=network.asking, clock=clock) as run:
        asked = network.ask(MAY_RUN, tape)
        await shown(run, clock)
        assert "run   1/1" not in run.text()
        await run.press("n")
        await run.until(asked.done)


async def test_only_the_run_that_asks_waits_for_the_user(network: Network) -> None:
    clock, tapes = Clock(), [FakeTape(path=f"/state/{name}.sse") for name in ("first", "second")]
    runs = [Live("chat", is_live=True, tape=tape) for tape in tapes]
    async with driven(*runs, asking=network.asking, clock=clock) as run:
        runs[0].run(*BEGAN)
        await run.until(lambda: "waiting for the first token" in run.lines()[0])
        await run.press("colon")  # what is asked waits until this is left
        asked = [network.ask(MAY_RUN, tapes[1])]
        await run.until(lambda: bool(run.app.main.asks))
        assert "waiting for the first token" in run.lines()[0]
        asked.append(network.ask(MAY_RUN, tapes[0]))
        await run.until(lambda: "? waiting for you" in run.lines()[0])
        await run.press("escape")
        for each in asked:
            await shown(run, clock)
            await run.press("n")
            await run.until(each.done)


async def test_a_question_waits_until_the_user_is_done_with_something_else(network: Network) -> None:
    clock = Clock()
    async with driven(asking=network.asking, clock=clock) as run:
        await run.press("colon")
        asked = network.ask(MAY_RUN)
        await run.until(lambda: bool(run.app.main.asks))
        await run.press("y")
        assert run.app.screen.query_one(Input).value == "y"
        await run.press("escape")
        await shown(run, clock)
        await run.press("n")
        await run.until(asked.done)


async def test_a_question_from_before_the_screen_was_there_is_shown(network: Network) -> None:
    clock = Clock()
    asked = network.ask(MAY_RUN)
    async with driven(asking=network.asking, clock=clock) as run:
        await shown(run, clock)
        await run.press("n")
        await run.until(asked.done)


async def test_with_ascii_the_frame_is_ascii(network: Network) -> None:
    clock = Clock()
    async with driven(asking=network.asking, clock=clock, ascii_only=True) as run:
        asked = network.ask(MAY_RUN)
        await shown(run, clock)
        assert run.text().isascii()
        await run.press("n")
        await run.until(asked.done)
