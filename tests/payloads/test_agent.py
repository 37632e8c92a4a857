"""The agent server's chunks: every recorded frame comes back to the byte, also from the constructors."""

import ast
import json
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from inspector.payloads.agent import AgentChunk, AgentChunks, AgentStatus, call_text
from tests.payloads.recordings import STAGES, blocks, frame_of, stream_names
from tests.payloads.sse_reader import Dispatched
from tests.shared import needs_shared


def clock() -> float:
    return 1795216149.25


def make_again(recorded: AgentChunk) -> AgentChunk:
    """The same chunk from the constructors, with the clock standing at the time that its id tells."""
    time_s = float(recorded.id.removeprefix("chatcmpl-").removeprefix("status_"))
    chunks = AgentChunks(lambda: time_s, recorded.model, recorded.thread_id)
    [choice] = recorded.choices
    if choice.finish_reason:
        return chunks.stop(choice.delta.content, choice.delta.refusal)
    if choice.delta.metadata:
        details = dict(choice.delta.metadata)
        return chunks.status(AgentStatus(str(details.pop("status"))), details)
    return chunks.text(choice.delta.content or "")


@needs_shared
@pytest.mark.parametrize("name", stream_names("fx"))
def test_recorded_frames_come_back_to_the_byte(name: str) -> None:
    for block in blocks(name):
        frame = frame_of(block)
        assert frame
        chunk = AgentChunk.model_validate_json(frame.data)
        assert chunk.to_frame() == block
        assert make_again(chunk).to_frame() == block


@needs_shared
def test_the_recorded_error_body_comes_back_to_the_byte() -> None:
    body = (STAGES / "fx-http-422.sse").read_bytes()
    assert AgentChunk.model_validate_json(body).model_dump_json().encode() == body


@needs_shared
def test_recorded_tools_are_what_call_text_makes_of_their_arguments() -> None:
    entries = [entry for name in stream_names("fx") for block in blocks(name) for entry in tools(frame_of(block))]
    calls = [json.loads(entry) for entry in entries]
    assert entries
    assert entries == [call_text(call["name"], ast.literal_eval(call["arguments"])) for call in calls]


def tools(frame: Dispatched | None) -> list[str]:
    assert frame
    metadata = json.loads(frame.data)["choices"][0]["delta"].get("metadata", {})
    entries: list[str] = metadata.get("tools", [])
    return entries


MADE = {
    "text": (
        AgentChunks(clock).text("Hi\u2028"),
        '{"id":"chatcmpl-1795216149.25","object":"thread.message.delta","created":1795216149,"model":"agent-01",'
        '"choices":[{"index":0,"delta":{"role":"assistant","content":"Hi\u2028"}}]}',
    ),
    "a status with its calls": (
        AgentChunks(clock).status(AgentStatus.TOOL_DETECTED, {"tools": [call_text("t", {"on": True, "to": None})]}),
        '{"id":"status_1795216149.25","object":"thread.message.delta","created":1795216149,"model":"agent-01",'
        '"choices":[{"index":0,"delta":{"role":"system","metadata":{"status":"tool_call_detected",'
        '"tools":["{\\"name\\": \\"t\\", \\"arguments\\": \\"{\'on\': True, \'to\': None}\\"}"]}}}]}',
    ),
    "a status alone, in a thread": (
        AgentChunks(clock, "m", "thread-42").status(AgentStatus.MAX_DEPTH),
        '{"id":"status_1795216149.25","object":"thread.message.delta","created":1795216149,"model":"m",'
        '"choices":[{"index":0,"delta":{"role":"system","metadata":{"status":"max_depth_reached"}}}],'
        '"thread_id":"thread-42"}',
    ),
    "a stop": (
        AgentChunks(clock).stop(),
        '{"id":"chatcmpl-1795216149.25","object":"thread.message.delta","created":1795216149,"model":"agent-01",'
        '"choices":[{"index":0,"delta":{"role":"assistant"},"finish_reason":"stop"}]}',
    ),
    "a refusal": (
        AgentChunks(clock).stop("No.", "policy"),
        '{"id":"chatcmpl-1795216149.25","object":"thread.message.delta","created":1795216149,"model":"agent-01",'
        '"choices":[{"index":0,"delta":{"role":"assistant","content":"No.","refusal":"policy"},'
        '"finish_reason":"stop"}]}',
    ),
}


@pytest.mark.parametrize(("chunk", "expected"), MADE.values(), ids=MADE.keys())
def test_a_made_chunk_is_one_data_line_of_exactly_this(chunk: AgentChunk, expected: str) -> None:
    assert chunk.to_frame() == f"data: {expected}\n\n".encode()


def test_the_status_values_are_those_of_the_server() -> None:
    assert [status.value for status in AgentStatus] == [
        "starting_generation",
        "tool_call_detected",
        "tools_executed",
        "max_depth_reached",
        "continuing_generation",
    ]


def test_the_field_status_of_a_delta_is_kept_though_no_constructor_writes_it() -> None:
    delta = {"role": "assistant", "status": "thinking", "step_details": {"type": "thinking"}}
    chunk = {"id": "x", "created": 1, "choices": [{"delta": delta}]}
    assert AgentChunk.model_validate(chunk).model_dump(exclude_unset=True) == chunk


scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
values: st.SearchStrategy[JsonValue] = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(st.text(), st.dictionaries(st.text(), values, max_size=4))
def test_call_text_is_json_around_a_python_literal(name: str, arguments: Mapping[str, JsonValue]) -> None:
    call = json.loads(call_text(name, arguments))
    assert call["name"] == name
    assert ast.literal_eval(call["arguments"]) == arguments
