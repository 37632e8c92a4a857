"""The writers of stage streams: a recorded stream played through one is that stream; no id forges a line."""

import json
import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.payloads.chunk import CallDelta, CallFunction, Chunk, ChunkChoice, ChunkDelta
from inspector.payloads.plain_writer import PlainWriter
from inspector.payloads.stage_writer import StageWriter, Writer
from tests.payloads.recordings import blocks, frame_of, stream_names
from tests.payloads.sse_reader import Dispatched, read_stream
from tests.payloads.test_stage import NOT_OURS
from tests.shared import needs_shared

PLAYABLE = [name for name in stream_names("ta") if name not in NOT_OURS and "session" not in name]


def writer_for(name: str, first: Dispatched) -> Writer:
    if name.startswith("ta-logic"):
        return PlainWriter()
    return StageWriter(json.loads(first.data)["stage_id"], "older" if "legacy" in name else "newer")


def say(writer: Writer, frame: Dispatched) -> bytes:
    """The same again, through the writer, from what the recorded frame says."""
    payload = json.loads(frame.data)
    match frame.event:
        case "done":
            return writer.done()
        case "cancel":
            return writer.cancel()
        case "error" if isinstance(writer, PlainWriter):
            return writer.error(payload["error"], payload.get("details"))
        case "error":
            return writer.error(payload["error"])
        case "tool_summary":
            return writer.summary(payload["tool_summary"])
        case "message" if "content" in payload:
            return writer.synthesis(text_chunk(payload["content"]))
        case "message":
            return writer.chat(Chunk.model_validate(payload))
        case "chat_completion_chunk":
            return writer.chat(Chunk.model_validate(payload["chunk"]))
    chunk = Chunk.model_validate(payload.get("tool_results") or payload["chunk"])
    return writer.synthesis(chunk) if "-integ-" in frame.id else writer.tool(chunk)


def text_chunk(text: str | None) -> Chunk:
    choice = ChunkChoice(delta=ChunkDelta(content=text))
    return Chunk(id="c", choices=[choice], created=1, model="m")


def call_chunk() -> Chunk:
    function = CallFunction(name="get_weather", arguments='{"city": "Oslo"}')
    call = CallDelta(index=0, id="call_1", function=function, type="function")
    choice = ChunkChoice(delta=ChunkDelta(role="assistant", tool_calls=[call]), finish_reason="tool_calls")
    return Chunk(id="c", choices=[choice], created=1, model="m")


def whole_run(writer: Writer) -> Iterator[bytes]:
    """Text, a call, its result, a synthesis in two pieces, the end."""
    yield writer.chat(text_chunk("Let me see. "))
    yield writer.tool(call_chunk())
    yield writer.summary({"call_1": "17.3°C"})
    yield writer.synthesis(text_chunk("It is "))
    yield writer.synthesis(text_chunk("17.3°C."))
    yield writer.done()


@needs_shared
@pytest.mark.parametrize("name", PLAYABLE)
def test_a_recorded_stream_played_through_a_writer_is_that_stream(name: str) -> None:
    recorded = blocks(name)
    frames = [frame for block in recorded if (frame := frame_of(block))]
    writer = writer_for(name, frames[0])
    assert [say(writer, frame) for frame in frames] == recorded


CASES = {
    "newer": (
        StageWriter("s"),
        [
            ("chat_completion_chunk", "s-chunk-0", ["stage_id", "chunk"]),
            ("tool_completion_chunk", "s-chunk-1", ["stage_id", "tool_results"]),
            ("tool_summary", "0", ["stage_id", "tool_summary"]),
            ("tool_completion_chunk", "s-chunk-integ-0", ["stage_id", "tool_results"]),
            ("tool_completion_chunk", "s-chunk-integ-1", ["stage_id", "tool_results"]),
            ("done", "2", ["stage_id"]),
        ],
    ),
    "older": (
        StageWriter("s", "older"),
        [
            ("chat_completion_chunk", "s-chunk-0", ["stage_id", "chunk"]),
            ("tool_completion_chunk", "s-chunk-1", ["stage_id", "chunk"]),
            ("tool_summary", "0", ["stage_id", "tool_results"]),
            ("tool_completion_chunk", "s-chunk-integ-0", ["stage_id", "chunk"]),
            ("tool_completion_chunk", "s-chunk-integ-1", ["stage_id", "chunk"]),
            ("done", "2", ["stage_id"]),
        ],
    ),
}


@pytest.mark.parametrize(("writer", "expected"), CASES.values(), ids=CASES.keys())
def test_a_run_has_these_events_ids_and_keys(writer: Writer, expected: list[tuple[str, str, list[str]]]) -> None:
    events = read_stream(b"".join(whole_run(writer)))
    assert [(event.event, event.id, list(json.loads(event.data))) for event in events] == expected


def test_the_plain_form_says_no_results_and_has_no_ids() -> None:
    stream = b"".join(whole_run(PlainWriter()))
    events = read_stream(stream)
    assert [event.event for event in events] == ["message"] * 4 + ["done"]
    assert [json.loads(event.data) for event in events[2:]] == [
        {"content": "It is "},
        {"content": "17.3°C."},
        {},
    ]
    assert b"\nid:" not in stream
    assert stream.isascii()


def test_the_plain_form_is_silent_about_a_synthesis_chunk_without_text() -> None:
    no_choice = Chunk(id="c", choices=[], created=1, model="m")
    assert [PlainWriter().synthesis(chunk) for chunk in (text_chunk(None), text_chunk(""), no_choice)] == [b""] * 3


def test_cancel_and_error_of_the_envelope_have_the_id_0() -> None:
    writer = StageWriter("s")
    assert writer.cancel() == b'id: 0\nevent: cancel\ndata: {"stage_id":"s"}\n\n'
    assert writer.error("no\nmodel") == b'id: 0\nevent: error\ndata: {"stage_id":"s","error":"no\\nmodel"}\n\n'


def test_cancel_and_error_of_the_plain_form_name_no_stage() -> None:
    assert PlainWriter().cancel() == b"event: cancel\ndata: {}\n\n"
    assert PlainWriter().error("no") == b'event: error\ndata: {"error": "no"}\n\n'


def test_results_may_stand_in_place_of_a_chunk() -> None:
    [event] = read_stream(StageWriter("s", "older").results({"call_1": "17.3°C"}))
    assert (event.event, event.id) == ("tool_completion_chunk", "s-chunk-0")
    assert json.loads(event.data) == {"stage_id": "s", "tool_results": {"call_1": "17.3°C"}}


FORGED = {
    "lines": "a\nretry: 1\nevent: cancel\n: ",
    "a whole done frame": 'x\n\nevent: done\ndata: {"stage_id":"x"}\n\n',
    "by carriage return": "x\r\revent: done\rdata: {}\r\r",
    "a NUL": "a\0b",
}


@pytest.mark.parametrize("stage_id", FORGED.values(), ids=FORGED.keys())
def test_a_stage_id_that_would_forge_lines_is_refused_before_anything_is_sent(stage_id: str) -> None:
    with pytest.raises(ValueError, match=r"^stage_id .* which no line can carry$"):
        StageWriter(stage_id)


def test_a_stage_id_without_utf8_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(ValueError, match=r"the lone surrogate U\+D800 has no UTF-8"):
        StageWriter("a\ud800")


@settings(max_examples=100, deadline=None)
@given(st.text() | st.text(alphabet=" :\x0b\x0c\x1c\x85\u2028\ufeff"), st.text())
def test_any_other_stage_id_and_any_text_come_back(stage_id: str, text: str) -> None:
    writer = StageWriter(re.sub(r"[\r\n\0]", "", stage_id))
    [event] = read_stream(writer.chat(text_chunk(text)))
    payload = json.loads(event.data)
    assert event.id == f"{writer.stage_id}-chunk-0"
    assert payload["stage_id"] == writer.stage_id
    assert payload["chunk"]["choices"][0]["delta"]["content"] == text
