"""What makes two chunks, or two frames, alike to every rule. Judges nothing.

Many servers send a role, a null or an id in each chunk. Of a run of chunks that are alike the rules are told of the
first ones; what they found in the last of these is counted again for each that follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from inspector.calls import Call, MatchedBy
from inspector.events import ChoiceSeen, Chunk, Event, JsonObject, TextDelta, ToolCallDelta, Usage
from inspector.findings.fragments import index_of
from inspector.findings.ledger import StageFacts
from inspector.findings.tally import Key
from inspector.wire.frame import Frame

Shape: TypeAlias = tuple[Any, ...]
Taken: TypeAlias = tuple[Call, ToolCallDelta, MatchedBy]

ENOUGH = 3  # that are told; a rule may want to see something more than once
_QUIET = frozenset({Chunk, TextDelta, ToolCallDelta, ChoiceSeen, Usage})
_TEXTS = frozenset({"content", "reasoning", "reasoning_content", "refusal"})


class Run:
    """The shape of what was told last, how often in a row, and the findings that it gave."""

    __slots__ = ("found", "shape", "times")

    def __init__(self) -> None:
        self.shape: Shape | None = None
        self.times = 0
        self.found: list[tuple[str, Key]] = []

    def goes_on(self, shape: Shape | None) -> bool:
        return self.times >= ENOUGH and shape is not None and shape == self.shape

    def take(self, shape: Shape | None, found: list[tuple[str, Key]]) -> None:
        self.times = self.times + 1 if shape == self.shape else 1
        self.shape, self.found = shape, found


def shape_of_frame(frame: Frame) -> Shape | None:
    """`None` for a frame that is like no other."""
    if frame.comments or frame.unknown or frame.note is not None or not frame.complete or frame.data is None:
        return None
    block = frame.block
    return b"\r" in block, b"data: " in block, b"\n" in frame.data, frame.event, frame.retry


def shape_of_chunk(events: Sequence[Event], fragments: Sequence[Taken], facts: StageFacts) -> Shape | None:
    """`None` for a chunk that is like no other. What a text says is no part of the shape, but whether it is blank."""
    kinds = tuple(map(type, events))
    chunk = events[0]
    if len(events) < 2 or not _QUIET.issuperset(kinds) or not isinstance(chunk, Chunk) or chunk.repaired is not None:
        return None
    body = chunk.body
    choices = body.get("choices")
    if type(choices) is not list or len(choices) != 1 or type(choices[0]) is not dict:
        return None
    choice = choices[0]
    delta, turn = choice.get("delta"), facts.turns.get(index_of(choice, 0))
    if type(delta) is not dict or turn is None or turn.finishes or choice.get("finish_reason") is not None:
        return None
    shape = [kinds, len(body), facts.changes_id or body.get("id"), body.get("model"), choice.get("index"), len(choice)]
    for key, value in delta.items():
        part = _part(key, value)
        if part is None:
            return None
        shape += part
    for call, _, matched_by in fragments:
        shape += call.slot, call.slot in turn.calls, matched_by
    return tuple(shape)


def _part(key: str, value: Any) -> tuple[Any, ...] | None:
    if value is None or type(value) is bool:
        return key, value
    if type(value) is str:
        return key, value if key not in _TEXTS else not value or value.isspace()
    if type(value) is not list:
        return None
    if not value:
        return key, 0
    if key == "tool_calls" and len(value) == 1 and type(value[0]) is dict:
        return _fragment(value[0])
    return None


def _fragment(sent: JsonObject) -> tuple[Any, ...] | None:
    function = sent.get("function")
    if type(function) is not dict:
        return None
    arguments = function.get("arguments")
    about = sent.get("index"), sent.get("id"), sent.get("type"), function.get("name")
    return *about, *sent, *function, type(arguments), not arguments
