"""Owns the payloads of the stage servers by event name, in every version recorded; knows no framing."""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from inspector.payloads.chunk import Chunk

EventName = Literal["chat_completion_chunk", "tool_completion_chunk", "tool_summary", "done", "cancel", "error"]


class Payload(BaseModel):
    """Closed, unlike a chunk: these keys are ours to write, and a mistyped one should not reach the wire."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class StagePayload(Payload):
    """What every payload of the envelope has; alone it is that of `done` and `cancel`."""

    stage_id: str


class ChunkPayload(StagePayload):
    """Text chunks, and under `tool_completion_chunk` the calls and the synthesis of the older server."""

    chunk: Chunk


class ToolResultsPayload(StagePayload):
    """The key says results: the newer server puts a model chunk there, the older one results as any JSON."""

    tool_results: Chunk | JsonValue = Field(union_mode="left_to_right")


class SummaryPayload(StagePayload):
    """Results by call id; `{}` also where the server lost the calls (stages/README.md, quirk 1)."""

    tool_summary: dict[str, JsonValue]


class ErrorPayload(StagePayload):
    error: str


PAYLOADS: Mapping[EventName, tuple[type[StagePayload], ...]] = {
    "chat_completion_chunk": (ChunkPayload,),
    "tool_completion_chunk": (ToolResultsPayload, ChunkPayload),
    "tool_summary": (SummaryPayload, ToolResultsPayload),
    "done": (StagePayload,),
    "cancel": (StagePayload,),
    "error": (ErrorPayload,),
}
"""The payloads that some version writes under each event name, the newest version's first."""


class PlainEnd(Payload):
    """`{}`, under `done` and `cancel` of the plain form (ta-logic-*), which has no stage id."""


class PlainContent(Payload):
    """A piece of the synthesis in the plain form; all before it are bare chunks."""

    content: str


class PlainError(Payload):
    """`details` is written only where it was given."""

    error: str
    details: JsonValue = None


PLAIN_PAYLOADS: Mapping[str, tuple[type[Payload] | type[Chunk], ...]] = {
    "message": (PlainContent, Chunk),
    "done": (PlainEnd,),
    "cancel": (PlainEnd,),
    "error": (PlainError,),
}
"""As PAYLOADS, for the plain form; `message` is the event without a name."""


def chunk_id(stage_id: str, number: int) -> str:
    """The frame id of a chunk before the results; counts on over all of them, from 0."""
    return f"{stage_id}-chunk-{number}"


def synthesis_id(stage_id: str, number: int) -> str:
    """The frame id of a chunk after the results; counts from 0 again."""
    return f"{stage_id}-chunk-integ-{number}"
