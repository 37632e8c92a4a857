"""What is kept between views, and how much of a very long text is wrapped."""

from __future__ import annotations

from functools import partial

import pytest

from inspector.tracks import TextTrack
from inspector.ui.wraps import ODD_WINDOW_BYTES, WINDOW_BYTES, Wraps


def track_of(*texts: str) -> TextTrack:
    track = TextTrack()
    for frame, text in enumerate(texts):
        track.append(frame, text)
    return track


def test_a_megabyte_is_wrapped_whole() -> None:
    track = track_of("some words " * 100_000)
    assert Wraps().at(track, track.size, 80).start(0) == 0


@pytest.mark.parametrize(
    ("word", "window"), [("words ", WINDOW_BYTES), ("数据", WINDOW_BYTES), ("👩\u200d👧", ODD_WINDOW_BYTES)]
)
def test_of_a_very_long_text_the_end_is_wrapped(word: str, window: int) -> None:
    track = track_of(word * (4 * WINDOW_BYTES // len(word.encode())))
    wrapped = Wraps().at(track, track.size, 80)
    assert window <= track.size - wrapped.start(0) <= 1.5 * window + 4
    assert wrapped.start(wrapped.height) == track.size
    assert "\ufffd" not in wrapped.row(0).text  # no character is cut in two


def test_steps_go_on_with_the_wrap_there_is() -> None:
    track = track_of("some words " * 500_000)
    wraps = Wraps()
    starts = {wraps.at(track, size, 80).start(0) for size in range(track.size - 200_000, track.size, 1000)}
    assert len(starts) <= 2


def test_a_thing_is_made_once_for_each_state_of_its_owner() -> None:
    wraps, owner = Wraps(), object()
    made: list[int] = []

    def make(number: int) -> int:
        made.append(number)
        return number

    asked = (1, 1, 2, 2, 1)
    assert tuple(wraps.once(owner, "part", partial(make, state), of=state) for state in asked) == asked
    assert made == [1, 2, 1]


def test_what_was_not_asked_for_for_long_is_forgotten() -> None:
    wraps, owner = Wraps(), object()
    made: list[int] = []
    for part in [*range(3000), 0]:
        wraps.once(owner, part, partial(made.append, part))
    assert len(made) == 3001
