"""Which object of its frame an event is of, where several data lines are one each. Judges nothing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from inspector.events import Chunk, Event, StageMark
from inspector.json_place import Path

_BEGIN = (Chunk, StageMark)  # what every object is read as begins with one of these


def places(events: Sequence[Event]) -> list[Path]:
    """For each event of a frame how paths into its object begin: with its number, or nothing if it is the only one."""
    numbers = list(accumulate(isinstance(event, _BEGIN) for event in events))
    if not numbers or numbers[-1] < 2:
        return [()] * len(events)
    return [(max(number - 1, 0),) for number in numbers]
