"""Cursor arithmetic: where a step, a jump or some seconds of playing lead. Knows frame numbers, no clock, no screen."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import NamedTuple

TimeOf = Callable[[int], float | None]

BEFORE_ALL = -1  # the cursor while no frame is decoded
STEADY_S = 0.1  # a frame's share of playing where no times were recorded
SPEEDS = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)


def clamp(n: int, decoded: int) -> int:
    """The frame nearest to `n` that the cursor may be on; `BEFORE_ALL` where there is none yet."""
    return max(min(n, decoded - 1), min(0, decoded - 1))


def next_boundary(boundaries: array[int], n: int) -> int | None:
    """The first boundary after frame `n`."""
    at = bisect_right(boundaries, n)
    return boundaries[at] if at < len(boundaries) else None


def previous_boundary(boundaries: array[int], n: int) -> int | None:
    """The last boundary before frame `n`."""
    at = bisect_left(boundaries, n)
    return boundaries[at - 1] if at else None


def next_of_kind(kinds: bytearray, n: int, kind: int) -> int | None:
    """The first frame after `n` whose kind it is."""
    found = kinds.find(kind, n + 1)
    return found if found >= 0 else None


def previous_of_kind(kinds: bytearray, n: int, kind: int) -> int | None:
    """The last frame before `n` whose kind it is."""
    found = kinds.rfind(kind, 0, max(n, 0))
    return found if found >= 0 else None


def faster(speed: float) -> float:
    return SPEEDS[min(bisect_right(SPEEDS, speed), len(SPEEDS) - 1)]


def slower(speed: float) -> float:
    return SPEEDS[max(bisect_left(SPEEDS, speed) - 1, 0)]


class Playhead(NamedTuple):
    """Where playing is: on `frame`, and `into_s` recorded seconds past the moment at which it came."""

    frame: int
    into_s: float = 0.0


def play(head: Playhead, recorded_s: float, decoded: int, time_of: TimeOf) -> Playhead:
    """The playhead after so many recorded seconds (elapsed ones times the speed); waits on the last decoded frame."""
    came_at_s = time_of(head.frame) if head.frame >= 0 else None
    if came_at_s is None:
        return _play_steadily(head, recorded_s, decoded)
    now_s = came_at_s + head.into_s + recorded_s
    # Times grow with frames, so the last frame that had come by now is a bisect, however many lie between.
    ahead = range(head.frame, decoded)
    passed = bisect_right(ahead, now_s, key=lambda n: _known(time_of(n), now_s))
    frame = max(head.frame, head.frame + passed - 1)
    if frame >= decoded - 1:
        return Playhead(clamp(frame, decoded))
    return Playhead(frame, max(0.0, now_s - _known(time_of(frame), now_s)))


def _play_steadily(head: Playhead, recorded_s: float, decoded: int) -> Playhead:
    steps, into_s = divmod(head.into_s + recorded_s, STEADY_S)
    frame = clamp(head.frame + int(steps), decoded)
    return Playhead(frame, into_s if frame < decoded - 1 else 0.0)


def _known(time_s: float | None, otherwise_s: float) -> float:
    return otherwise_s if time_s is None else time_s
