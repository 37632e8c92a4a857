"""Playing, by a clock that passes only when told."""

from __future__ import annotations

from pathlib import Path

from inspector.sources.loading import open_source
from tests.ui.driving import FRAMES, Clock, Driven, Recording, driven


async def played(run: Driven, clock: Clock, seconds: float) -> None:
    clock.now_s += seconds
    run.app.main.tick()
    await run.pilot.pause()


async def test_a_recording_without_times_plays_ten_frames_a_second() -> None:
    clock = Clock()
    async with driven(clock=clock) as run:
        await run.press("space")
        assert "playing" in run.lines()[-1]
        await played(run, clock, 0.25)
        assert run.cursor == 2
        await run.press("space")
        assert "playing" not in run.lines()[-1]
        await played(run, clock, 5)
        assert run.cursor == 2


async def test_a_recording_with_times_plays_at_its_own_pace(tmp_path: Path) -> None:
    path = tmp_path / "weather.sse"
    path.write_bytes(b"".join(FRAMES))
    times = [f'{{"t_s": {at_s}, "bytes": {len(frame)}}}\n' for at_s, frame in zip(range(9), FRAMES, strict=True)]
    (tmp_path / "weather.times.jsonl").write_text("".join(times))
    clock = Clock()
    async with driven(open_source(str(path)), clock=clock) as run:  # type: ignore[arg-type]  # a real one this time
        assert "t=0.000s" in run.lines()[-1]
        await run.press("space")
        await played(run, clock, 2.5)
        assert run.cursor == 2
        await run.press("plus")
        assert "2x" in run.lines()[-1].replace("×", "x")
        await played(run, clock, 1.0)
        assert run.cursor == 4
        await run.press("minus", "minus")
        await played(run, clock, 2.0)
        assert run.cursor == 5
        await run.press("equals_sign")
        assert run.document.speed == 1


async def test_playing_stops_at_the_end_and_starts_over_from_there() -> None:
    clock = Clock()
    async with driven(Recording(), clock=clock) as run:
        await run.press("space")
        await played(run, clock, 60)
        assert run.cursor == 8
        assert "playing" not in run.lines()[-1]
        await run.press("space")
        assert run.cursor == 0
        assert "playing" in run.lines()[-1]


async def test_a_step_while_playing_moves_the_playhead() -> None:
    clock = Clock()
    async with driven(clock=clock) as run:
        await run.press("space", "}")
        assert run.cursor == 5
        await played(run, clock, 0.15)
        assert run.cursor == 6
