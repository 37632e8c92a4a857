"""Writes the frames of one stage in the older plain form, without envelope and ids; keeps no state."""

import json
from collections.abc import Mapping

from pydantic import JsonValue

from inspector.payloads.chunk import Chunk
from inspector.payloads.sse import encode_frame
from inspector.payloads.stage import PlainContent, PlainEnd, PlainError


class PlainWriter:
    """A `stage_writer.Writer`: bare chunks, then content deltas; JSON as `json.dumps` has it, ASCII only."""

    def chat(self, chunk: Chunk) -> bytes:
        return encode_frame(json.dumps(chunk.model_dump(mode="json")))

    def tool(self, chunk: Chunk) -> bytes:
        return self.chat(chunk)

    def summary(self, results: Mapping[str, JsonValue]) -> bytes:
        """Nothing: this form runs the tools and never says what they gave."""
        return b""

    def synthesis(self, chunk: Chunk) -> bytes:
        """Only the text of the first choice, and nothing where there is none."""
        content = chunk.choices[0].delta.content if chunk.choices else None
        return self.text(content) if isinstance(content, str) and content else b""

    def text(self, content: str) -> bytes:
        return encode_frame(json.dumps(PlainContent(content=content).model_dump()))

    def done(self) -> bytes:
        return encode_frame(PlainEnd().model_dump_json(), event="done")

    def cancel(self) -> bytes:
        return encode_frame(PlainEnd().model_dump_json(), event="cancel")

    def error(self, message: str, details: JsonValue = None) -> bytes:
        payload = PlainError(error=message, details=details)
        return encode_frame(json.dumps(payload.model_dump(exclude_none=True)), event="error")
