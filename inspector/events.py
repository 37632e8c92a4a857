"""The vocabulary of facts: what a dialect says happened in one frame. Nothing here interprets or draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

JsonObject: TypeAlias = dict[str, Any]
Channel: TypeAlias = Literal["content", "reasoning", "refusal"]
Origin: TypeAlias = Literal["wire", "function_call", "status"]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A chunk arrived; the events after it, up to the next one, are what it said.

    `stage` is the `stage_id` on the wire, `None` where the wire has none. `body` is the chunk as sent: read it,
    never change it. `synthesis` says that the chunk marks itself as written after the tools ran. `repaired`
    says what had to be put right before the chunk could be read, in words.
    """

    stage: str | None
    body: JsonObject
    synthesis: bool = False
    repaired: str | None = None


@dataclass(frozen=True, slots=True)
class TextDelta:
    """More of the assistant's text in one channel of one choice."""

    choice: int
    channel: Channel
    text: str


@dataclass(frozen=True, slots=True)
class ToolCallDelta:
    """A fragment of a tool call exactly as the wire had it: what was absent, null or of a wrong type is `None`.

    `arguments` is text; arguments sent as an object arrive here as JSON. `origin` is `status` for calls that an
    agent server only tells of in a status, and `function_call` for the older field of that name. `position` is
    the fragment's place in its chunk's list.
    """

    choice: int
    index: int | None
    id: str | None
    name: str | None
    arguments: str | None
    position: int = 0
    origin: Origin = "wire"


@dataclass(frozen=True, slots=True)
class ChoiceSeen:
    """A choice is there, though it said nothing yet (a delta with a role only, an empty text)."""

    choice: int


@dataclass(frozen=True, slots=True)
class Finished:
    """A choice gave its finish reason."""

    choice: int
    reason: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Token counts, the object as sent."""

    usage: JsonObject


@dataclass(frozen=True, slots=True)
class ToolsRan:
    """The wire says that tools ran or results are in, without carrying a result: what follows is synthesis."""


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What a tool gave back. `content` is text; any other JSON value arrives here as JSON."""

    call_id: str | None
    name: str | None
    content: str


@dataclass(frozen=True, slots=True)
class StatusNote:
    """A server said what it is doing; `details` is the rest of what it said, `None` where it said no more."""

    status: str
    details: Any


@dataclass(frozen=True, slots=True)
class StageDone:
    """The dialect's own event for a good end of the current stage."""


@dataclass(frozen=True, slots=True)
class StageCancelled:
    """The server says that the current stage was cancelled."""


@dataclass(frozen=True, slots=True)
class StageError:
    """The server says that the current stage failed."""

    message: str


@dataclass(frozen=True, slots=True)
class StageMark:
    """An envelope without a chunk names its stage; the events after it are about that stage."""

    stage: str | None


@dataclass(frozen=True, slots=True)
class StreamEnd:
    """`data: [DONE]`."""


@dataclass(frozen=True, slots=True)
class Undecoded:
    """A frame, or a part of one, that no chunk could be read from; `raw` is its text, bad UTF-8 as U+FFFD."""

    reason: str
    raw: str


Event: TypeAlias = (
    Chunk
    | TextDelta
    | ToolCallDelta
    | ChoiceSeen
    | Finished
    | Usage
    | ToolsRan
    | ToolResult
    | StatusNote
    | StageDone
    | StageCancelled
    | StageError
    | StageMark
    | StreamEnd
    | Undecoded
)
