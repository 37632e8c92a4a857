"""The payload models of the stage servers: every recorded frame goes in and comes out again, to the byte."""

import json
from typing import Any

import pytest
from pydantic import BaseModel, JsonValue, ValidationError

from inspector.payloads.chunk import Chunk
from inspector.payloads.sse import encode_frame
from inspector.payloads.stage import (
    PAYLOADS,
    PLAIN_PAYLOADS,
    ChunkPayload,
    PlainError,
    StagePayload,
    ToolResultsPayload,
)
from tests.payloads.recordings import blocks, frame_of, stream_names
from tests.payloads.sse_reader import Dispatched
from tests.shared import needs_shared

# How many blocks can not come back, and why: str.splitlines tore the JSON, a client's cut joined two frames,
# a stage_id forged lines, or the id holds a NUL, which a reader throws away.
NOT_OURS = {
    "ta-chat-separators": 2,
    "ta-tool-error-mixed": 2,
    "ta-tool-separators": 2,
    "ta-session-cut-then-retry-a": 1,
    "ta-chat-stageid-forged-done": 6,
    "ta-tool-stageid-newline": 2,
    "ta-chat-stageid-nul": 2,
}


def read_payload(name: str, frame: Dispatched) -> BaseModel | None:
    """The payload by the table of its event; `None` where the data is not JSON."""
    table: Any = PLAIN_PAYLOADS if name.startswith("ta-logic") else PAYLOADS
    errors = []
    for model in table[frame.event]:
        try:
            payload: BaseModel = model.model_validate_json(frame.data)
        except ValidationError as error:
            errors.append(error)
        else:
            return payload
    if all(error.errors()[0]["type"] == "json_invalid" for error in errors):
        return None
    raise AssertionError(errors)


def written(payload: BaseModel, frame: Dispatched) -> bytes:
    if isinstance(payload, StagePayload):
        return encode_frame(payload.model_dump_json(), id=frame.id, event=frame.event)
    plain = payload.model_dump(mode="json", exclude_none=isinstance(payload, PlainError))
    return encode_frame(json.dumps(plain), event=None if frame.event == "message" else frame.event)


def comes_back(name: str, block: bytes) -> bool:
    frame = frame_of(block)
    payload = frame and read_payload(name, frame)
    if not frame or not payload:
        return False
    return written(payload, frame) == block


@needs_shared
@pytest.mark.parametrize("name", stream_names("ta"))
def test_recorded_frames_come_back_to_the_byte(name: str) -> None:
    lost = [block for block in blocks(name) if not comes_back(name, block)]
    assert len(lost) == NOT_OURS.get(name, 0)


@needs_shared
@pytest.mark.parametrize("name", [name for name in stream_names("ta") if "stageid" in name])
def test_a_forged_frame_still_holds_the_payload_that_was_meant(name: str) -> None:
    frames = [frame for block in blocks(name) if (frame := frame_of(block))]
    for frame in frames:
        payload = read_payload(name, frame)
        assert payload
        assert json.loads(payload.model_dump_json()) == json.loads(frame.data)


CHUNK: dict[str, JsonValue] = {"id": "c", "choices": [], "created": 1, "model": "m"}
RESULTS: dict[str, JsonValue] = {
    "a results map": {"call_1": "17.3°C", "call_2": {"deep": [None, 1.5]}},
    "text": "17.3°C",
    "a list": [1, None],
    "nothing": None,
    "almost a chunk": {**CHUNK, "created": "1"},
}


@pytest.mark.parametrize("value", RESULTS.values(), ids=RESULTS.keys())
def test_results_of_the_older_server_are_any_json_and_stay_as_they_are(value: JsonValue) -> None:
    payload = ToolResultsPayload(stage_id="s", tool_results=value)
    assert json.loads(payload.model_dump_json()) == {"stage_id": "s", "tool_results": value}
    assert not isinstance(payload.tool_results, Chunk)


def test_results_of_the_newer_server_are_a_chunk() -> None:
    payload = ToolResultsPayload.model_validate({"stage_id": "s", "tool_results": CHUNK})
    assert isinstance(payload.tool_results, Chunk)


def test_fields_unknown_here_are_kept_anywhere_in_a_chunk() -> None:
    delta: dict[str, JsonValue] = {"content": "x", "reasoning_content": None}
    chunk: dict[str, JsonValue] = {
        **CHUNK,
        "choices": [{"index": 0, "delta": delta, "odd": [1]}],
        "timings": {"n": 1.5},
    }
    dumped = Chunk.model_validate(chunk).model_dump(exclude_unset=True)
    assert dumped == chunk


def test_a_mistyped_key_of_the_envelope_is_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        ChunkPayload.model_validate({"stage_id": "s", "chunk": CHUNK, "chunks": []})
