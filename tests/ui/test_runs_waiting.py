"""A run in which nothing comes: the server is silent in its answer, or loads its model and is asked again."""

from __future__ import annotations

from inspector.asides import ExchangeEnded, StatusSaid
from tests.ui.driving import Clock, Live, driven
from tests.ui.runs import BEGAN, STREAMING


async def test_a_server_that_is_silent_in_its_answer_is_not_said_to_stream_well() -> None:
    clock, source = Clock(), Live(is_live=True)
    async with driven(source, clock=clock) as run:
        source.run(*BEGAN, *STREAMING)
        await run.until(lambda: "● streaming" in run.lines()[0])
        clock.now_s += 6
        run.app.main.watch_run()
        assert "… streaming, silent" in run.lines()[0]


async def test_for_how_long_a_model_was_waited_for_is_counted_and_how_often_it_is_asked() -> None:
    clock, source = Clock(), Live(is_live=True)
    async with driven(source, clock=clock) as run:
        waiting = StatusSaid(0.3, "waiting_for_model", {"retry_s": 5.0, "waited_s": 10.1})
        source.run(*BEGAN, ExchangeEnded(0.3, None), waiting)
        await run.until(lambda: "waiting for model 10 s, asked again every 5 s" in run.lines()[0])
        clock.now_s += 3
        run.app.main.watch_run()
        assert "waiting for model 13 s" in run.lines()[0]


async def test_a_status_said_several_times_in_a_row_is_one_line() -> None:
    source = Live(is_live=True)
    async with driven(source, size=(120, 34)) as run:
        waiting = [StatusSaid(0.3 + t, "waiting_for_model", {"retry_s": 1.0, "waited_s": 1.0 + t}) for t in range(3)]
        source.run(*BEGAN, *STREAMING, *waiting)
        await run.until(lambda: any("3 times" in line for line in run.lines()))
        assert sum("status waiting_for_model" in line for line in run.lines()) == 1
