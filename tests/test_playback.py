"""Cursor arithmetic."""

from __future__ import annotations

from array import array
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector import playback
from inspector.playback import BEFORE_ALL, SPEEDS, STEADY_S, Playhead

CLAMPED = [
    ("in the middle", 3, 10, 3),
    ("past the end", 12, 10, 9),
    ("before the start", -5, 10, 0),
    ("nothing decoded", 0, 0, BEFORE_ALL),
    ("nothing decoded and before", -1, 0, BEFORE_ALL),
]


@pytest.mark.parametrize(("n", "decoded", "expected"), [case[1:] for case in CLAMPED], ids=[c[0] for c in CLAMPED])
def test_the_cursor_stays_on_decoded_frames(n: int, decoded: int, expected: int) -> None:
    assert playback.clamp(n, decoded) == expected


BOUNDARIES = [
    ("before the first", -1, 0, None),
    ("on one", 4, 9, 0),
    ("between two", 6, 9, 4),
    ("on the last", 9, None, 4),
    ("after the last", 30, None, 9),
]


@pytest.mark.parametrize(("n", "after", "before"), [case[1:] for case in BOUNDARIES], ids=[c[0] for c in BOUNDARIES])
def test_a_jump_leads_to_the_nearest_boundary_on_that_side(n: int, after: int | None, before: int | None) -> None:
    boundaries = array("I", [0, 4, 9])
    assert playback.next_boundary(boundaries, n) == after
    assert playback.previous_boundary(boundaries, n) == before


KINDS = [
    ("before everything", -1, 1, None),
    ("on one of the kind", 3, 5, 1),
    ("between two", 2, 3, 1),
    ("on the last of the kind", 5, None, 3),
    ("at the first frame", 0, 1, None),
]


@pytest.mark.parametrize(("n", "after", "before"), [case[1:] for case in KINDS], ids=[case[0] for case in KINDS])
def test_a_jump_by_kind_finds_the_nearest_frame_of_it(n: int, after: int | None, before: int | None) -> None:
    kinds = bytearray([0, 6, 3, 6, 3, 6])
    assert playback.next_of_kind(kinds, n, 6) == after
    assert playback.previous_of_kind(kinds, n, 6) == before


def test_speeds_go_up_and_down_one_at_a_time_and_stop_at_the_ends() -> None:
    assert [playback.faster(speed) for speed in SPEEDS] == [*SPEEDS[1:], SPEEDS[-1]]
    assert [playback.slower(speed) for speed in SPEEDS] == [SPEEDS[0], *SPEEDS[:-1]]


def recorded(times: list[float | None]) -> Callable[[int], float | None]:
    return times.__getitem__


PLAYED = [
    ("waits until the next frame came", Playhead(0), 0.5, [0.0, 1.0, 2.0], Playhead(0, 0.5)),
    ("moves on when it came", Playhead(0, 0.5), 0.5, [0.0, 1.0, 2.0], Playhead(1, 0.0)),
    ("passes frames that came together", Playhead(0), 1.0, [0.0, 1.0, 1.0, 1.0, 3.0], Playhead(3, 0.0)),
    ("stops at the last decoded frame", Playhead(0), 9.0, [0.0, 1.0, 2.0], Playhead(2)),
    ("waits there without saving up time", Playhead(2), 9.0, [0.0, 1.0, 2.0], Playhead(2)),
    ("is steady without times", Playhead(0), 2.5 * STEADY_S, [None] * 9, Playhead(2, 0.5 * STEADY_S)),
    ("is steady up to the first time", Playhead(0), STEADY_S, [None, None, 7.0, 8.0], Playhead(1, 0.0)),
    ("goes by times from the first one on", Playhead(2), 0.5, [None, None, 7.0, 8.0, 9.0], Playhead(2, 0.5)),
    ("bears times that go back", Playhead(1), 0.5, [0.0, 5.0, 3.0, 9.0], Playhead(2, 2.5)),
    ("does nothing while nothing is there", Playhead(BEFORE_ALL), 1.0, [], Playhead(BEFORE_ALL)),
    ("begins when something came", Playhead(BEFORE_ALL), STEADY_S, [0.0, 1.0], Playhead(0, 0.0)),
]


@pytest.mark.parametrize(
    ("head", "recorded_s", "times", "expected"), [case[1:] for case in PLAYED], ids=[case[0] for case in PLAYED]
)
def test_playing(head: Playhead, recorded_s: float, times: list[float | None], expected: Playhead) -> None:
    after = playback.play(head, recorded_s, len(times), recorded(times))
    assert after.frame == expected.frame
    assert after.into_s == pytest.approx(expected.into_s)


times_s = st.lists(st.integers(0, 50), min_size=1, max_size=40).map(sorted)
seconds = st.integers(0, 200)


@given(times_s, seconds, seconds)
def test_playing_twice_is_playing_once_for_as_long(ticks: list[int], first: int, second: int) -> None:
    time_of = recorded([float(tick) for tick in ticks])
    start = Playhead(0)
    in_two = playback.play(playback.play(start, first, len(ticks), time_of), second, len(ticks), time_of)
    assert in_two == playback.play(start, first + second, len(ticks), time_of)


@given(st.lists(st.one_of(st.none(), st.floats(-5, 50)), min_size=1, max_size=40), st.data())
def test_playing_never_goes_back_nor_past_the_end(times: list[float | None], data: st.DataObject) -> None:
    head = Playhead(data.draw(st.integers(0, len(times) - 1)))
    for recorded_s in data.draw(st.lists(st.floats(0, 10), max_size=5)):
        after = playback.play(head, recorded_s, len(times), recorded(times))
        assert head.frame <= after.frame < len(times)
        assert after.into_s >= 0
        head = after


@given(st.binary(max_size=60), st.integers(-1, 70))
def test_jumps_by_kind_agree_with_looking_at_each_frame(kinds: bytes, n: int) -> None:
    of_kind = [at for at, kind in enumerate(kinds) if kind == 6]
    assert playback.next_of_kind(bytearray(kinds), n, 6) == min((at for at in of_kind if at > n), default=None)
    assert playback.previous_of_kind(bytearray(kinds), n, 6) == max((at for at in of_kind if at < n), default=None)
