"""A run that goes on: its states, figures and silence, how it is cancelled, and where it is recorded."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from textual.widgets import OptionList

from inspector.asides import ExchangeEnded, RunEnded, ToolBegan
from inspector.ui.panes.results import Results
from tests.ui.driving import Clock, Driven, Live, chunk, driven, frame
from tests.ui.rules import watch_for_ends
from tests.ui.runs import AGAIN, ANSWERED, BEGAN, END, RESULT, STREAMING, SYNTHESIS, FakeTape, Said, came

PIECE = chunk('{"content": "word "}')
REFUSED: list[Said] = [ExchangeEnded(0.1, "x"), RunEnded(0.1, "error", "127.0.0.1:8080 refused the connection.")]
STATES: list[tuple[str, Sequence[Said], str]] = [
    ("a request", BEGAN, "… waiting for the first token"),
    ("a call", [*BEGAN, *STREAMING], "● streaming"),
    ("tools that run", [*BEGAN, *STREAMING, *ANSWERED], "● running tools"),
    ("the next request", [*BEGAN, *STREAMING, *ANSWERED, RESULT, *AGAIN], "… waiting for the first token"),
    ("a synthesis", [*BEGAN, *STREAMING, *ANSWERED, RESULT, *AGAIN, *SYNTHESIS], "● synthesising"),
    ("an end", [*BEGAN, *STREAMING, *ANSWERED, RESULT, *AGAIN, *SYNTHESIS, *END], "✓ done"),
    ("a server that is not there", [*BEGAN, *REFUSED], "✗ error"),
]


@pytest.mark.parametrize("size", [(120, 34), (80, 24)], ids=["wide", "small"])
@pytest.mark.parametrize(("said", "state"), [pytest.param(*each[1:], id=each[0]) for each in STATES])
async def test_the_state_of_a_run_is_a_word_with_a_glyph(
    said: Sequence[Said], state: str, size: tuple[int, int]
) -> None:
    source = Live("chat tiny at 127.0.0.1:8080", is_live=True)
    async with driven(source, size=size, watch=watch_for_ends) as run:
        source.run(*said)
        await run.until(lambda: state in run.lines()[0])


async def test_how_a_run_failed_is_said_in_words() -> None:
    source = Live(is_live=True)
    async with driven(source) as run:
        source.run(*BEGAN, *REFUSED)
        await run.until(lambda: "127.0.0.1:8080 refused the connection." in run.text())


async def test_the_figures_of_an_answer_stand_in_the_status_line() -> None:
    source = Live(is_live=True, tape=FakeTape())
    async with driven(source, size=(160, 40)) as run:
        source.run(*BEGAN, *STREAMING)
        await run.until(lambda: run.document.last == 3)
        assert "TTFT 0.500s" in run.lines()[-1]
        assert "~10.0 tok/s" in run.lines()[-1]
        assert "● REC · 20261121T050000Z-chat.sse" in run.lines()[-1]


async def test_a_rate_that_the_server_tells_is_called_the_servers() -> None:
    source = Live(is_live=True)
    over = '[{"index": 0, "delta": {}, "finish_reason": "tool_calls"}]'
    timed = frame('{"id": "a", "choices": ' + over + ', "timings": {"predicted_per_second": 8698.2}}')
    async with driven(source, size=(160, 40)) as run:
        source.run(*BEGAN, *STREAMING, came(0.8, timed))
        await run.until(lambda: run.document.last == 4)
        assert "server's 8,698 tok/s" in run.lines()[-1]


async def test_at_80_columns_the_line_keeps_what_matters_most() -> None:
    clock, source = Clock(), Live(is_live=True, tape=FakeTape())
    async with driven(source, size=(80, 24), clock=clock) as run:
        source.run(*BEGAN, *STREAMING)
        await run.until(lambda: run.document.last == 3)
        clock.now_s += 7
        run.app.main.watch_run()
        await run.pilot.pause()
        line = run.lines()[-1]
        assert len(line.rstrip()) <= 80
        for said in ("frame 3/4", "● live", "● REC", "⚠ no data for 7 s", "? help", "^p palette"):
            assert said in line


async def test_at_80_columns_the_keys_of_a_run_are_named_and_when_it_is_over_those_of_a_recording() -> None:
    source = Live(is_live=True, tape=FakeTape())
    async with driven(source, size=(80, 24)) as run:
        source.run(*BEGAN, *STREAMING)
        await run.until(lambda: run.document.last == 3)
        assert "● live · esc cancels · ● REC" in run.lines()[-1]
        assert "space pause" in run.lines()[-1]
        source.run(*ANSWERED, *END)
        source.end()
        await run.until(lambda: run.document.is_over)
        assert "space play" in run.lines()[-1]


async def test_seconds_without_data_are_counted_while_the_server_owes_some() -> None:
    clock, source = Clock(), Live(is_live=True)
    async with driven(source, clock=clock) as run:
        source.run(*BEGAN, *STREAMING)
        await run.until(lambda: run.document.last == 3)
        clock.now_s += 4
        run.app.main.watch_run()
        assert "no data" not in run.lines()[-1]
        clock.now_s += 2
        run.app.main.watch_run()
        assert "⚠ no data for 6 s" in run.lines()[-1]
        source.run(came(7.0, b": keep-alive\n\n"))
        await run.until(lambda: run.document.last == 4)
        assert "⚠ only keep-alives for 6 s" in run.lines()[-1]
        source.run(*ANSWERED)
        await run.until(lambda: "running tools" in run.lines()[0])
        assert " for 6 s" not in run.lines()[-1]


TOOLS: list[Said] = [
    ToolBegan(0.8, "c0", "get_weather", 30.0),
    ToolBegan(5.8, "r1", "get_time", 30.0),  # of no call on the wire
]


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 34)], ids=["smallest", "small", "wide"])
async def test_the_seconds_of_each_tool_that_runs_are_counted_beside_its_limit(size: tuple[int, int]) -> None:
    clock, source = Clock(), Live(is_live=True)
    async with driven(source, size=size, clock=clock) as run:
        source.run(*BEGAN, *STREAMING, *ANSWERED, *TOOLS)
        await run.until(lambda: len(run.document.tools) == 2)
        await run.press("3", "z")
        clock.now_s += 7.5
        run.app.main.watch_run()
        await run.pilot.pause()
        assert "● running tools 12 s" in run.lines()[0]
        assert "esc cancels" in run.lines()[-1]
        assert "get_weather … 12 s of 30 s at most" in run.text()
        assert "get_time    … 7 s of 30 s at most" in run.text()
        assert "no result yet" not in run.text()
        source.run(RESULT)
        await run.until(lambda: len(run.document.tools) == 1)
        assert "● running tools 7 s" in run.lines()[0]
        assert "get_weather … " not in run.text()
        await run.press("escape", "escape")
        await run.until(lambda: "⚠ cancelled" in run.lines()[0])
        assert "at most" not in run.text()


async def test_the_caret_stays_where_it_is_while_seconds_are_counted() -> None:
    clock, source = Clock(), Live(is_live=True)
    async with driven(source, clock=clock) as run:
        source.run(*BEGAN, *STREAMING, *ANSWERED, *TOOLS)
        await run.until(lambda: len(run.document.tools) == 2)
        await run.press("3", "up")
        pane = run.app.main.query_one(Results)
        before = pane.caret
        clock.now_s += 1
        run.app.main.watch_run()
        assert before is not None
        assert pane.caret == before


async def test_esc_cancels_a_run_after_what_else_it_does() -> None:
    source = Live(is_live=True)
    async with driven(source) as run:
        source.run(*BEGAN, *STREAMING)
        await run.until(lambda: run.document.last == 3)
        assert "esc cancels" in run.lines()[-1]
        await run.press("z", "escape")
        assert not source.cancelled
        await run.press("escape")
        assert source.cancelled
        await run.until(lambda: "⚠ cancelled" in run.lines()[0])
        assert "esc cancels" not in run.lines()[-1]
        assert run.document.last == 3


@pytest.mark.parametrize(
    ("ended", "said"),
    [
        (RunEnded(0.2, "error", "Nothing listens there."), "Nothing listens there."),
        (RunEnded(0.2, "end", None), "The server sent nothing."),
    ],
    ids=["refused", "nothing sent"],
)
async def test_a_run_that_got_no_byte_says_why(ended: RunEnded, said: str) -> None:
    source = Live(is_live=True)
    async with driven(source) as run:
        source.run(*BEGAN, ended)
        source.end()
        await run.until(lambda: run.document.is_over)
        assert f"No frames. {said}" in run.text()
        await run.press("2", "z")
        assert said in run.text()
        assert "the input is empty" not in run.text().lower()


async def test_one_press_of_esc_cancels_whatever_is_said_meanwhile() -> None:
    source = Live(is_live=True)
    async with driven(source) as run:
        source.run(*BEGAN, *STREAMING)
        source.say("No model was named.")
        await run.until(lambda: "No model was named. [d dismisses]" in run.text())
        await run.press("Y")  # says something that passes
        assert "esc cancels" in run.lines()[-1]
        await run.press("escape")
        assert source.cancelled
        await run.until(lambda: "⚠ cancelled" in run.lines()[0])
        assert "No model was named." in run.text()
        await run.press("escape")
        assert "No model was named." not in run.text()


async def test_a_notice_is_dismissed_while_the_run_goes_on() -> None:
    source = Live(is_live=True)
    async with driven(source) as run:
        source.run(*BEGAN, *STREAMING)
        source.say("No model was named.")
        await run.until(lambda: "No model was named." in run.text())
        await run.press("d", "d")
        assert "No model was named." not in run.text()
        source.say("Another thing.")
        await run.until(lambda: "Another thing." in run.text())
        assert not source.cancelled


async def test_leaving_cancels_the_run() -> None:
    source = Live(is_live=True)
    async with driven(source) as run:
        source.run(*BEGAN)
        await run.press("q")
        assert run.app.return_code == 0
    assert source.cancelled


async def test_a_run_that_is_stepped_back_in_goes_on_and_says_how_far_the_screen_is_behind() -> None:
    source = Live(is_live=True, tape=FakeTape())
    async with driven(source) as run:
        source.run(*BEGAN, *STREAMING)
        await run.until(lambda: run.document.last == 3)
        await run.press("g")
        source.run(*ANSWERED, RESULT)
        await run.until(lambda: run.document.last == 4)
        assert "● live, +4 behind" in run.lines()[-1]
        assert "● REC" in run.lines()[-1]
        assert "waiting for the first token" in run.lines()[0]


async def test_at_60_columns_how_far_the_screen_is_behind_is_said_before_all_but_where_it_is() -> None:
    clock, source = Clock(), Live(is_live=True, tape=FakeTape())
    async with driven(source, size=(60, 20), clock=clock) as run:
        source.run(*BEGAN, *STREAMING, *[came(0.8 + n / 1000, PIECE) for n in range(1200)])
        await run.until(lambda: run.document.last == 1203)
        await run.press("g")
        clock.now_s += 100
        run.app.main.watch_run()
        await run.pilot.pause()
        for said in ("frame 0/1204", "● live, +1203 behind", "? help"):
            assert said in run.lines()[-1]


def in_list(run: Driven) -> list[str]:
    """What the list of files and runs says, line by line."""
    options = run.app.screen.query_one("#files", OptionList).options
    return [line.strip() for option in options for line in str(option.prompt).splitlines()]


async def test_the_list_of_runs_says_what_tells_them_apart_and_is_as_wide_as_the_screen() -> None:
    path = f"/home/me/{'long/' * 30}20261121T050000Z-chat.sse"
    first, second = [Live("chat 127.0.0.1:8080", is_live=True, tape=FakeTape(path=path)) for _ in range(2)]
    async with driven(first, second, size=(60, 20)) as run:
        first.run(*BEGAN, *STREAMING, *ANSWERED, RESULT, *AGAIN, *SYNTHESIS, *END)
        await run.until(lambda: run.document.transcript.exchanges.run_end is not None)
        await run.press("greater_than_sign")
        second.run(*BEGAN)
        await run.until(lambda: bool(run.document.transcript.exchanges.all))
        await run.press("f2")
        await run.until(lambda: bool(run.app.screen.query_one("#files", OptionList).options))
        said = in_list(run)
        asked_for = '"What is the weather in Oslo?"'
        assert f"chat · tiny · began 2026-11-21T05:00:00Z · done · 2 requests · {asked_for}" in said
        waiting = "waiting for the first token"
        assert f"chat · tiny · began 2026-11-21T05:00:00Z · {waiting} · 1 request · {asked_for}" in said
        (line,) = {each for each in said if each.endswith("-chat.sse")}
        assert line.startswith("/home/me/long")
        assert line in run.text()
        await run.pilot.resize_terminal(120, 34)
        await run.until(lambda: line not in in_list(run))
        await run.press("up", "enter")
        assert run.app.main.place == 0


TAPES = [
    (FakeTape(), "● REC"),
    (FakeTape(is_whole=False), "⚠ REC stopped"),
    (FakeTape(path=None, is_whole=False), "⚠ not recorded"),
]


@pytest.mark.parametrize(("tape", "said"), TAPES, ids=["recording", "a full disk", "no file"])
async def test_whether_a_run_is_recorded_is_said(tape: FakeTape, said: str) -> None:
    source = Live(is_live=True, tape=tape)
    async with driven(source) as run:
        source.run(*BEGAN)
        await run.until(lambda: said in run.lines()[-1])


async def test_a_run_that_ended_says_where_it_is_recorded() -> None:
    source = Live(is_live=True, tape=FakeTape())
    async with driven(source, size=(160, 40)) as run:
        source.run(*BEGAN, *STREAMING, *END)
        source.end()
        await run.until(lambda: run.document.is_over)
        assert "recorded in 20261121T050000Z-chat.sse" in run.lines()[-1]


async def test_the_one_tab_seen_is_that_of_what_comes_until_the_user_chooses() -> None:
    source = Live(is_live=True)
    async with driven(source, size=(80, 24)) as run:
        source.run(*BEGAN, *STREAMING)
        await run.until(lambda: run.shown_panes() >= {"calls"})
        source.run(*ANSWERED, RESULT)
        await run.until(lambda: run.shown_panes() >= {"results"})
        source.run(*AGAIN, *SYNTHESIS[:2])
        await run.until(lambda: run.shown_panes() >= {"synthesis"})
        await run.press("3")
        last = run.document.last
        source.run(*SYNTHESIS[2:])
        await run.until(lambda: run.document.last > last)
        assert run.shown_panes() >= {"results"}
