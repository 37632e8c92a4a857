"""What a tool format is: a name, and a way to find its calls in a text. Knows none in particular."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Recovered(NamedTuple):
    """A call found in text: `arguments` is the text of a JSON object, `start` and `end` are bytes of the UTF-8."""

    name: str
    arguments: str
    start: int
    end: int
    tool_format: str


@dataclass(frozen=True, slots=True)
class ToolFormat:
    """`find(text, tool_names)` gives the calls in order, none where the text is not whole; it never raises.

    `tool_names` are the tools that were offered, `None` where that is not known: then only what can hardly be
    anything but a call is one.
    """

    name: str
    about: str
    find: Callable[[str, Collection[str] | None], list[Recovered]]


def in_bytes(text: str, found: Sequence[Recovered]) -> list[Recovered]:
    """Calls in the order of the text, their ranges turned from characters into bytes of its UTF-8."""
    at = size = 0
    calls = []
    for call in found:
        start = size + _size(text[at : call.start])
        at, size = call.end, start + _size(text[call.start : call.end])
        calls.append(call._replace(start=start, end=size))
    return calls


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
