"""Where the fragments of calls stand in a chunk. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TypeAlias

from inspector.events import JsonObject, ToolCallDelta
from inspector.json_place import Path

Fragment: TypeAlias = tuple[JsonObject, Path]  # as sent, and its path in the chunk

_NO_FRAGMENTS = {"function_call": "function_call", "status": "metadata"}  # what tells of a call instead, in the delta


def index_of(choice: JsonObject, position: int) -> int:
    """The number of a choice, which some servers leave out."""
    index = choice.get("index")
    return index if type(index) is int else position


def fragments_in(body: JsonObject) -> Iterator[Fragment]:
    """In the order in which they are read, which the events of origin `wire` have too."""
    choices = body.get("choices")
    for position, choice in enumerate(choices if isinstance(choices, list) else ()):
        delta = choice.get("delta") if isinstance(choice, dict) else None
        calls = delta.get("tool_calls") if isinstance(delta, dict) else None
        path: Path = ("choices", position, "delta", "tool_calls")
        if isinstance(calls, dict) and calls:
            yield calls, path
        for place, sent in enumerate(calls if isinstance(calls, list) else ()):
            if isinstance(sent, dict):
                yield sent, (*path, place)


def sent_as(body: JsonObject, delta: ToolCallDelta, fragments: Iterator[Fragment]) -> Fragment:
    """The next of the chunk's `fragments`, or an empty one where a status or `function_call` tells of the call."""
    if delta.origin == "wire":
        return next(fragments, ({}, ("choices",)))
    return {}, ("choices", _position_of(body, delta.choice), "delta", _NO_FRAGMENTS[delta.origin])


def _position_of(body: JsonObject, index: int) -> int:
    """The place of a choice, which mostly is its number."""
    choices = body.get("choices")
    choices = choices if isinstance(choices, list) else []
    for position in chain((index,), range(len(choices))):
        choice = choices[position] if 0 <= position < len(choices) else None
        if isinstance(choice, dict) and index_of(choice, position) == index:
            return position
    return index
