"""What a scanner finds in a text: text, reasoning and calls, piece by piece. Knows no format in particular."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

Confidence = Literal["certain", "likely", "hint"]


@dataclass(frozen=True, slots=True)
class Call:
    """A call as it was written.

    `arguments` is JSON as far as it came; `value` the object that it says, `None` where it is cut, or no object.
    `start` and `end` are bytes of the text's UTF-8; the marks around several calls belong to the first and the last.
    `is_untyped`: the format writes values without types, and no schema told them: they are strings.
    """

    slot: int
    name: str
    arguments: str
    value: dict[str, Any] | None
    is_complete: bool
    start: int
    end: int
    format: str
    family: tuple[str, ...]
    confidence: Confidence
    in_reasoning: bool = False
    is_untyped: bool = False


class Text(NamedTuple):
    """A piece of the answer that is no call."""

    text: str


class Reasoning(NamedTuple):
    """A piece of the model's thoughts."""

    text: str


class Rethought(NamedTuple):
    """All that came so far was reasoning, calls included: `text` is all of it. Its beginning was in the prompt."""

    text: str


class CallBegan(NamedTuple):
    """A call begins; nothing takes it back."""

    slot: int
    name: str
    format: str
    start: int
    in_reasoning: bool


class CallGrew(NamedTuple):
    """More of a call's arguments: the text of a JSON object, made where the format writes them otherwise."""

    slot: int
    arguments: str


class CallEnded(NamedTuple):
    """A call as it is now that no more of it can come."""

    call: Call


Found = Text | Reasoning | Rethought | CallBegan | CallGrew | CallEnded
