"""With --ascii, no screen and no dialog draws anything that is not of ASCII, at any size."""

from __future__ import annotations

import pytest

from inspector.toolchain.questions import GoDeeper, Question, WaitForModel
from tests.ui.driving import STREAM, Clock, Driven, Live, Recording, chunk, driven, frame
from tests.ui.panes.streams import STREAMS
from tests.ui.runs import AGAIN, ANSWERED, BEGAN, RESULT, STREAMING, SYNTHESIS, FakeTape
from tests.ui.test_app_client_views import compared
from tests.ui.test_app_questions import MAY_RUN, RECOVERED, TYPE, Network, shown
from tests.ui.test_app_request import FakeComposer

OF_THE_DATA = {"␊"}  # what is not of ASCII in a stream is drawn as it is, and control characters as their pictures
SIZES = [(60, 24), (120, 34)]
LONG = "a_very_long_name_of_a_tool_that_fits_nowhere_at_all" * 3
CUT = chunk('{"content": "Hi"}') + chunk(f'{{"tool_calls": [{{"index": 0, "function": {{"name": "{LONG}"}}}}]}}')
ERROR = b'{"error": {"message": "no"}}'
EVERY_PANE = ["G", "2", "3", "4", "5", "v", "v", "v", "v", "z", "z", "space", "plus"]
SCENES: list[tuple[str, bytes, list[str]]] = [
    ("a stream", STREAM, EVERY_PANE),
    ("a cut stream", CUT + b"data: {", EVERY_PANE),
    ("a call as text", STREAMS["written"], EVERY_PANE),
    ("a thought", STREAMS["thinking"], EVERY_PANE),
    ("broken arguments", STREAMS["broken"], EVERY_PANE),
    ("several choices", STREAMS["choices"], [*EVERY_PANE, "a"]),
    ("no stream", ERROR, EVERY_PANE),
    ("nothing", b"", EVERY_PANE),
    ("unread", frame('{"type": "x"}'), [*EVERY_PANE, "exclamation_mark"]),
    ("findings", STREAM + CUT, ["exclamation_mark", "down", "f", "f", "y", "tab", "down", "escape", "e", "E"]),
    ("stages", STREAM, ["w", "down", "enter"]),
    ("going", STREAM, ["colon", "x", "enter"]),
    ("help", STREAM, ["question_mark", "end"]),
    ("files", STREAM, ["f2"]),
    ("the palette", STREAM, ["ctrl+p", "c", "o"]),
    ("keys that lead nowhere", STREAM, ["g", "h", "E", "M", "a", "greater_than_sign", "Y"]),
]

QUESTIONS: list[Question] = [MAY_RUN, TYPE, RECOVERED, GoDeeper(8), WaitForModel("It is loading.")]


async def press(run: Driven, keys: list[str]) -> None:
    for key in ["home", *keys]:
        await run.press(key)
        strange = {sign for sign in run.text() if not sign.isascii()} - OF_THE_DATA
        assert not strange, f"{strange} after {key}:\n{run.text()}"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(("data", "keys"), [case[1:] for case in SCENES], ids=[case[0] for case in SCENES])
async def test_a_recording_is_drawn_in_ascii_alone(data: bytes, keys: list[str], size: tuple[int, int]) -> None:
    source = Recording(data, name=f"{'long/' * 30}weather.sse")
    async with driven(source, size=size, ascii_only=True, notices=["A notice."]) as run:
        await press(run, keys)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_client_views_are_drawn_in_ascii_alone(size: tuple[int, int]) -> None:
    async with driven(size=size, ascii_only=True) as run:
        await run.press("l")
        assert (await compared(run)).isascii()
        await press(run, ["down", "y"])


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_run_is_drawn_in_ascii_alone(size: tuple[int, int]) -> None:
    source = Live(is_live=True, tape=FakeTape())
    async with driven(source, size=size, ascii_only=True, composer=FakeComposer()) as run:
        source.run(*BEGAN, *STREAMING, *ANSWERED, RESULT, *AGAIN, *SYNTHESIS)
        await run.until(lambda: run.document.last > 6)
        await press(run, [*EVERY_PANE, "M", "escape", "ctrl+n", "tab", "tab", "escape", "f2", "escape"])


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: type(question).__name__)
async def test_a_question_is_put_in_ascii_alone(question: Question, size: tuple[int, int]) -> None:
    clock, network = Clock(), Network()
    try:
        async with driven(Live(is_live=True), asking=network.asking, clock=clock, size=size, ascii_only=True) as run:
            network.ask(question)
            await shown(run, clock)
            assert run.text().isascii(), run.text()
            await run.press("escape")
    finally:
        network.close()
