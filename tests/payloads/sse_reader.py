"""Reads an event stream straight by the standard (HTML, 9.2.6), for tests; must not import the engine."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Dispatched:
    event: str
    data: str
    id: str


def read_stream(stream: bytes) -> list[Dispatched]:
    """The events that a browser would dispatch; what the end of the input cuts is not among them."""
    lines = re.split(r"\r\n|\n|\r", stream.decode().removeprefix("\ufeff"))[:-1]
    events, event, data, last_id = [], "", "", ""
    for line in lines:
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if not line:
            if data:
                events.append(Dispatched(event or "message", data.removesuffix("\n"), last_id))
            event, data = "", ""
        elif field == "event":
            event = value
        elif field == "data":
            data += value + "\n"
        elif field == "id" and "\0" not in value:
            last_id = value
    return events
