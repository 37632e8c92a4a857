"""The fallback that never fails: a JSON object is a chunk of which nothing is known."""

from __future__ import annotations

from inspector.dialects.dialect import Dialect
from inspector.dialects.messages import message_of
from inspector.events import Chunk, Event, JsonObject, StageError


def recognise(body: JsonObject, event: str) -> tuple[int, str]:
    """An error object makes no stream a chat whose other chunks nobody knows: it looks the same in all dialects."""
    return 1 if "error" in body else 15, "no other dialect knows these chunks"


def read(body: JsonObject, event: str, id: str) -> list[Event]:
    events: list[Event] = [Chunk(None, body)]
    if error := body.get("error"):
        events.append(StageError(message_of(error)))
    return events


RAW = Dialect("raw", "any JSON: chunks are shown, nothing is read from them", recognise, read)
