"""The vocabulary of facts: what a dialect says happened in one frame. Nothing here interprets or draws.

Named tuples: as frozen as a dataclass and made in half the time, which every chunk pays twice.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, TypeAlias

JsonObject: TypeAlias = dict[str, Any]
Channel: TypeAlias = Literal["content", "reasoning", "refusal"]
Origin: TypeAlias = Literal["wire", "function_call", "status"]


class Chunk(NamedTuple):
    """A chunk arrived; the events after it, up to the next one, are what it said.

    `stage` is the `stage_id` on the wire, `None` where the wire has none. `body` is the chunk as sent: read it,
    never change it. `synthesis` says that the chunk marks itself as written after the tools ran. `repaired`
    says what had to be put right before the chunk could be read, in words.
    """

    stage: str | None
    body: JsonObject
    synthesis: bool = False
    repaired: str | None = None


class TextDelta(NamedTuple):
    """More of the assistant's text in one channel of one choice."""

    choice: int
    channel: Channel
    text: str


class ToolCallDelta(NamedTuple):
    """A fragment of a tool call exactly as the wire had it: what was absent, null or of a wrong type is `None`.

    `arguments` is text; arguments sent as an object arrive here as JSON. `origin` is `status` for calls that an
    agent server only tells of in a status, and `function_call` for the older field of that name. `position` is
    the fragment's place in its chunk's list.
    """

    choice: int
    index: int | None  # type: ignore[assignment]  # hides `tuple.index`, which nobody asks of an event
    id: str | None
    name: str | None
    arguments: str | None
    position: int = 0
    origin: Origin = "wire"


class ChoiceSeen(NamedTuple):
    """A choice is there, though it said nothing yet (a delta with a role only, an empty text)."""

    choice: int


class Finished(NamedTuple):
    """A choice gave its finish reason."""

    choice: int
    reason: str


class Usage(NamedTuple):
    """Token counts, the object as sent."""

    usage: JsonObject


class ToolsRan(NamedTuple):
    """The wire says that tools ran or results are in, without carrying a result: what follows is synthesis."""


class ToolResult(NamedTuple):
    """What a tool gave back. `content` is text; any other JSON value arrives here as JSON."""

    call_id: str | None
    name: str | None
    content: str
    repaired: str | None = None


class StatusNote(NamedTuple):
    """A server said what it is doing; `details` is the rest of what it said, `None` where it said no more."""

    status: str
    details: Any


class StageDone(NamedTuple):
    """The dialect's own event for a good end of the current stage."""


class StageCancelled(NamedTuple):
    """The server says that the current stage was cancelled."""


class StageError(NamedTuple):
    """The server says that the current stage failed; `is_body`: it is no stream, but the body of an answer."""

    message: str
    is_body: bool = False


class StageMark(NamedTuple):
    """An envelope without a chunk names its stage; the events after it are about that stage."""

    stage: str | None
    repaired: str | None = None


class StreamEnd(NamedTuple):
    """`data: [DONE]`."""


class Undecoded(NamedTuple):
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
