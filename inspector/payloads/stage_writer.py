"""Writes the frames of one stage in the envelope of the stage servers; keeps the counters of the ids only."""

from collections.abc import Mapping
from typing import Literal, Protocol

from pydantic import JsonValue

from inspector.payloads.chunk import Chunk
from inspector.payloads.sse import check_line, encode_frame
from inspector.payloads.stage import (
    ChunkPayload,
    ErrorPayload,
    EventName,
    StagePayload,
    SummaryPayload,
    ToolResultsPayload,
    chunk_id,
    synthesis_id,
)

Variant = Literal["newer", "older"]

# The recorded servers number these frames so, whatever came before (quirk 7: ids are not unique).
_UNCOUNTED = "0"


class Writer(Protocol):
    """One script, every form: what a test server calls, each call giving the bytes to send (perhaps none)."""

    def chat(self, chunk: Chunk) -> bytes: ...
    def tool(self, chunk: Chunk) -> bytes: ...
    def summary(self, results: Mapping[str, JsonValue]) -> bytes: ...
    def synthesis(self, chunk: Chunk) -> bytes: ...
    def done(self) -> bytes: ...
    def cancel(self) -> bytes: ...
    def error(self, message: str) -> bytes: ...


class StageWriter:
    """The older variant has the chunks of the tool phases under `chunk`, the results under `tool_results`.

    A `stage_id` that would forge lines is refused here with ValueError, before anything was sent.
    """

    def __init__(self, stage_id: str, variant: Variant = "newer") -> None:
        self.stage_id = check_line("stage_id", stage_id)
        self.variant = variant
        self._chunks = 0
        self._synthesised: int | None = None

    def chat(self, chunk: Chunk) -> bytes:
        payload = ChunkPayload(stage_id=self.stage_id, chunk=chunk)
        return self._frame(self._next_id(), "chat_completion_chunk", payload)

    def tool(self, chunk: Chunk) -> bytes:
        return self._frame(self._next_id(), "tool_completion_chunk", self._tool_payload(chunk))

    def results(self, value: JsonValue) -> bytes:
        """Results in place of a chunk: any JSON value under `tool_results`, as only older servers say it."""
        payload = ToolResultsPayload(stage_id=self.stage_id, tool_results=value)
        return self._frame(self._next_id(), "tool_completion_chunk", payload)

    def summary(self, results: Mapping[str, JsonValue]) -> bytes:
        return self._frame(_UNCOUNTED, "tool_summary", self._summary_payload(dict(results)))

    def synthesis(self, chunk: Chunk) -> bytes:
        number = self._synthesised or 0
        self._synthesised = number + 1
        return self._frame(synthesis_id(self.stage_id, number), "tool_completion_chunk", self._tool_payload(chunk))

    def done(self) -> bytes:
        """Its id is the number of chunks in the last phase, as a bare number."""
        count = self._chunks if self._synthesised is None else self._synthesised
        return self._frame(str(count), "done", StagePayload(stage_id=self.stage_id))

    def cancel(self) -> bytes:
        return self._frame(_UNCOUNTED, "cancel", StagePayload(stage_id=self.stage_id))

    def error(self, message: str) -> bytes:
        return self._frame(_UNCOUNTED, "error", ErrorPayload(stage_id=self.stage_id, error=message))

    def _next_id(self) -> str:
        self._chunks += 1
        return chunk_id(self.stage_id, self._chunks - 1)

    def _tool_payload(self, chunk: Chunk) -> StagePayload:
        if self.variant == "older":
            return ChunkPayload(stage_id=self.stage_id, chunk=chunk)
        return ToolResultsPayload(stage_id=self.stage_id, tool_results=chunk)

    def _summary_payload(self, results: dict[str, JsonValue]) -> StagePayload:
        # The one recorded older server meant to say this and failed on its own model (ta-legacy-toolchain).
        if self.variant == "older":
            return ToolResultsPayload(stage_id=self.stage_id, tool_results=results)
        return SummaryPayload(stage_id=self.stage_id, tool_summary=results)

    def _frame(self, id: str, event: EventName, payload: StagePayload) -> bytes:
        return encode_frame(payload.model_dump_json(), id=id, event=event)
