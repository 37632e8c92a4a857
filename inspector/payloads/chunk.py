"""Owns the chat completion chunk in the official SDK's shape; knows neither that SDK nor any envelope."""

from pydantic import BaseModel, ConfigDict, JsonValue


class Lenient(BaseModel):
    """A value of someone else's making: fields unknown here are kept and written after the known ones."""

    # Strict, so that nothing is silently turned into something else ("1" into 1) on its way through.
    model_config = ConfigDict(extra="allow", frozen=True, strict=True)


class CallFunction(Lenient):
    arguments: str | None = None
    name: str | None = None


class CallDelta(Lenient):
    index: int | None = None
    id: str | None = None
    function: CallFunction | None = None
    type: str | None = None


class ChunkDelta(Lenient):
    content: str | list[JsonValue] | None = None
    function_call: JsonValue = None
    refusal: str | None = None
    role: str | None = None
    tool_calls: list[CallDelta] | None = None


class ChunkChoice(Lenient):
    delta: ChunkDelta
    finish_reason: str | None = None
    index: int = 0
    logprobs: JsonValue = None


class Chunk(Lenient):
    """Dumped whole it gives the recorded bytes (ta-*): the SDK's fields in its order, else `null`."""

    id: str
    choices: list[ChunkChoice]
    created: int
    model: str
    object: str = "chat.completion.chunk"
    service_tier: str | None = None
    system_fingerprint: str | None = None
    usage: dict[str, JsonValue] | None = None
