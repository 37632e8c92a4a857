"""What a dialect is: a name, a way to recognise a chunk, and a way to read one."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from inspector.events import Event, JsonObject


class Dialect(NamedTuple):
    """`recognise(body, event)` gives a score from 0 to 100 and the evidence in words; `event` is the SSE event name.

    `read(body, event, id)` gives what the chunk says; `id` is the SSE id of its frame. Both take any JSON object and
    never raise. `has_end_event` says that only an event of its own ends a stage as done.
    """

    name: str
    about: str
    recognise: Callable[[JsonObject, str], tuple[int, str]]
    read: Callable[[JsonObject, str, str], list[Event]]
    has_end_event: bool = False
