"""Owns the chunks of the agent server: chat chunks with status and metadata; reads no clock of its own."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pydantic import JsonValue

from inspector.payloads.chunk import Lenient
from inspector.payloads.sse import encode_frame

OBJECT = "thread.message.delta"
MODEL = "agent-01"


class AgentStatus(StrEnum):
    """The server's enum; the first and the fourth are in it but never came in a recording."""

    STARTING = "starting_generation"
    TOOL_DETECTED = "tool_call_detected"
    TOOLS_EXECUTED = "tools_executed"
    MAX_DEPTH = "max_depth_reached"
    CONTINUING = "continuing_generation"


class AgentDelta(Lenient):
    """`status` is in the server's model; all recorded statuses stand in `metadata`, under role `system`."""

    role: str | None = None
    content: str | None = None
    # Any JSON: the server keeps call deltas to itself, so no recording shows their shape.
    tool_calls: list[JsonValue] | None = None
    refusal: str | None = None
    status: str | None = None
    metadata: dict[str, JsonValue] | None = None


class AgentChoice(Lenient):
    index: int = 0
    delta: AgentDelta
    logprobs: JsonValue = None
    finish_reason: str | None = None


class AgentChunk(Lenient):
    id: str
    object: str = OBJECT
    created: int
    model: str = MODEL
    service_tier: str | None = None
    system_fingerprint: str | None = None
    choices: list[AgentChoice]
    thread_id: str | None = None

    def to_frame(self) -> bytes:
        """The frame as the server streams it: a data line alone, fields without a value left out."""
        return encode_frame(self.model_dump_json(exclude_none=True))


@dataclass(frozen=True)
class AgentChunks:
    """Makes the chunks that the agent server makes. `clock` gives seconds since the epoch.

    It is asked once a chunk, as id and `created` are new each time (quirk 21): neither ties a run together.
    """

    clock: Callable[[], float]
    model: str = MODEL
    thread_id: str | None = None

    def text(self, text: str) -> AgentChunk:
        return self._chunk("chatcmpl-", AgentDelta(role="assistant", content=text))

    def status(self, status: AgentStatus, details: Mapping[str, JsonValue] | None = None) -> AgentChunk:
        """`details` stand beside the status in the metadata: `{"tools": [call_text(…)]}` for calls."""
        metadata: dict[str, JsonValue] = {"status": status.value, **(details or {})}
        return self._chunk("status_", AgentDelta(role="system", metadata=metadata))

    def stop(self, content: str | None = None, refusal: str | None = None) -> AgentChunk:
        """Ends an answer; with `content` it is how the server says errors and its depth limit (quirk 18)."""
        delta = AgentDelta(role="assistant", content=content, refusal=refusal)
        return self._chunk("chatcmpl-", delta, finish_reason="stop")

    def _chunk(self, id_prefix: str, delta: AgentDelta, finish_reason: str | None = None) -> AgentChunk:
        now_s = self.clock()
        return AgentChunk(
            id=f"{id_prefix}{now_s}",
            created=int(now_s),
            model=self.model,
            choices=[AgentChoice(delta=delta, finish_reason=finish_reason)],
            thread_id=self.thread_id,
        )


def call_text(name: str, arguments: Mapping[str, JsonValue]) -> str:
    """An entry of `metadata.tools`: JSON, its arguments a Python literal written into a string (quirk 17)."""
    return json.dumps({"name": name, "arguments": str(dict(arguments))})
