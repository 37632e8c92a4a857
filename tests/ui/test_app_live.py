"""Streams that are still coming: followed until the user moves, caught up with again, begun anew."""

from __future__ import annotations

from inspector.asides import RunBegan, RunEnded
from inspector.sources.source import Notice
from tests.ui.driving import FRAMES, Live, Recording, driven


async def test_a_live_stream_is_followed() -> None:
    source = Live()
    async with driven(source) as run:
        assert "nothing has come yet" in run.lines()[0]
        source.send(FRAMES[0])
        await run.until(lambda: run.document.last == 0)
        source.send(FRAMES[1])
        source.send(FRAMES[2])
        await run.until(lambda: run.document.last == 2)
        assert run.cursor == 2
        assert "live" in run.lines()[-1]
        assert "t=2.000s" in run.lines()[-1]


async def test_a_step_back_stops_following_and_the_end_key_follows_again() -> None:
    source = Live()
    async with driven(source) as run:
        source.send(FRAMES[0] + FRAMES[1])
        await run.until(lambda: run.document.last == 1)
        await run.press("h")
        source.send(FRAMES[2])
        source.send(FRAMES[3])
        await run.until(lambda: run.document.last == 3)
        assert run.cursor == 0
        assert "+3 behind" in run.lines()[-1]
        await run.press("G")
        source.send(FRAMES[4])
        await run.until(lambda: run.document.last == 4)
        assert run.cursor == 4
        assert "behind" not in run.lines()[-1]


async def test_the_end_of_a_live_stream_is_said() -> None:
    source = Live()
    async with driven(source) as run:
        source.send(b"".join(FRAMES))
        source.end()
        await run.until(lambda: run.document.is_over)
        assert run.cursor == 8
        assert "live" not in run.lines()[-1]
        assert " end " in run.lines()[-1]


async def test_a_stream_that_begins_anew_is_shown_anew() -> None:
    source = Live()
    async with driven(source) as run:
        source.send(b"".join(FRAMES))
        await run.until(lambda: run.document.last == 8)
        source.restart()
        source.say("weather.sse was cut short: it is shown anew from its start.")
        source.send(FRAMES[0])
        await run.until(lambda: run.document.last == 0 and bool(run.document.notices))
        assert run.cursor == 0
        assert "frame 0/1" in run.lines()[-1]
        assert "weather.sse was cut short" in run.text()


async def test_a_recording_can_be_followed_from_the_start() -> None:
    async with driven(Recording(), follow=True) as run:
        assert run.cursor == 8


async def test_what_happens_to_an_open_recording_is_said_and_can_be_dismissed() -> None:
    source = Recording(items=[Notice("The first thing."), Notice("The second thing.")])
    async with driven(source) as run:
        assert "The second thing. [d dismisses; 1 more]" in run.text()
        await run.press("d")
        assert "The first thing. [d dismisses]" in run.text()
        await run.press("escape")
        assert "The first" not in run.text()


async def test_the_newest_of_the_notices_is_on_show_and_each_is_dismissed_once() -> None:
    source = Live()
    async with driven(source) as run:
        for said in ("One.", "Two."):
            source.say(said)
            await run.until(lambda said=said: said in run.text())  # type: ignore[misc]  # mypy knows no default of a lambda
        await run.press("d")
        source.say("Three.")
        await run.until(lambda: "Three. [d dismisses; 1 more]" in run.text())
        await run.press("d", "d")
        assert run.document.notices == []


async def test_how_a_run_failed_stands_above_all_notices() -> None:
    source = Live(is_live=True)
    async with driven(source) as run:
        source.say("One.")
        source.run(RunBegan(0.0, "chat"), RunEnded(0.1, "error", "Nothing listens there."))
        source.say("Two.")
        source.end()
        await run.until(lambda: run.document.is_over)
        assert run.document.notices == ["Nothing listens there.", "Two.", "One."]
        await run.press("d")
        assert run.document.notices == ["Two.", "One."]


async def test_space_lets_the_cursor_of_a_live_stream_stand_and_says_so_before() -> None:
    source = Live()
    async with driven(source, size=(80, 24)) as run:
        source.send(FRAMES[0])
        await run.until(lambda: run.document.last == 0)
        assert "● live" in run.lines()[-1]
        assert "space pause" in run.lines()[-1]
        await run.press("space")
        source.send(FRAMES[1])
        await run.until(lambda: run.document.last == 1)
        assert run.cursor == 0
        assert "● live, +1 behind" in run.lines()[-1]
        assert "space play" in run.lines()[-1]
        await run.press("G")
        assert run.cursor == 1
        assert "space pause" in run.lines()[-1]
        source.end()


async def test_loading_shows_how_far_it_is_and_can_be_stopped_and_gone_on_with() -> None:
    source = Live("huge.sse", size_hint=4 * len(FRAMES[0]), arrives=False)
    async with driven(source) as run:
        assert "reading 0%" in run.lines()[-1]
        source.send(FRAMES[0])
        await run.until(lambda: run.document.last == 0)
        assert "reading 25%" in run.lines()[-1]
        await run.press("escape")
        assert "loading was stopped" in run.lines()[-1]
        assert "esc goes on" in run.lines()[-1]
        source.send(FRAMES[1])
        source.end()
        assert not run.document.is_over
        await run.press("escape")
        await run.until(lambda: run.document.is_over)
        assert (run.cursor, run.document.last) == (0, 1)
        assert "stopped" not in run.lines()[-1]
