"""What one answer adds up to, from its bytes."""

from __future__ import annotations

import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from inspector.asides import RunBegan
from inspector.completion import last_completion
from inspector.toolchain.conversation import assistant_message
from inspector.toolchain.hearing import Heard, hear
from inspector.transcript import Transcript
from tests.dialects.random_streams import streams


def chunk(finish: str | None = None, **delta: Any) -> bytes:
    body = {"id": "a", "object": "chat.completion.chunk", "model": "tiny"}
    choices = [{"index": 0, "delta": delta, "finish_reason": finish}]
    return f"data: {json.dumps(body | {'choices': choices})}\n\n".encode()


CALL = {"index": 0, "id": "c", "function": {"name": "get_time", "arguments": "{"}}
REST = {"index": 0, "function": {"arguments": "}"}}
DONE = b"data: [DONE]\n\n"
ERROR = b'data: {"error": {"message": "out of memory", "code": 500}}\n\n'

ANSWERS: dict[str, tuple[bytes, str | None, bool, str | None]] = {
    "text": (chunk(content="Hi") + chunk("stop") + DONE, "Hi", True, None),
    "without [DONE]": (chunk(content="Hi") + chunk("stop"), "Hi", True, None),
    "without a finish reason": (chunk(content="Hi") + DONE, "Hi", True, None),
    "cut": (chunk(content="Hi"), "Hi", False, None),
    "an error in it": (chunk(content="Hi") + ERROR, "Hi", False, "out of memory"),
    "nothing": (b"", None, False, None),
    "only an error": (ERROR, None, False, "out of memory"),
    "an error as JSON": (
        b'{"error": {"message": "Loading model", "code": 503}}',
        None,
        False,
        "a JSON error body, not a stream: Loading model",
    ),
    "HTML": (b"<html><body>No</body></html>", None, False, "an HTML or XML page, not a stream"),
}


def heard_in(data: bytes) -> Heard:
    """With other bytes around, as on the tape of a run."""
    tape = DONE + data + ERROR
    return hear(lambda start, end: tape[start:end], len(DONE), len(DONE) + len(data))


@pytest.mark.parametrize(("data", "content", "is_whole", "error"), ANSWERS.values(), ids=ANSWERS)
def test_what_an_answer_says(data: bytes, content: str | None, is_whole: bool, error: str | None) -> None:
    heard = heard_in(data)
    said = heard.completion and assistant_message(heard.completion, place=1).message["content"]
    assert (said, heard.is_whole, heard.error) == (content, is_whole, error)


def test_a_call_is_put_together_from_its_fragments() -> None:
    data = chunk(tool_calls=[CALL]) + chunk(tool_calls=[REST]) + chunk("tool_calls") + DONE
    heard = heard_in(data)
    assert heard.completion is not None
    assert assistant_message(heard.completion, place=1).calls == (("c", "get_time", "{}"),)


def test_chunks_with_ids_of_their_own_are_one_answer() -> None:
    other = chunk(content=" you").replace(b'"id": "a"', b'"id": "b"')
    heard = heard_in(chunk(content="Hi") + chunk("stop") + other + chunk("stop") + DONE)
    assert heard.completion is not None
    assert heard.completion.body["choices"][0]["message"]["content"] == "Hi you"


def test_no_chunk_of_a_long_answer_is_kept() -> None:
    padding = "x" * 4000
    data = chunk(content="Hi").replace(b'"id": "a"', f'"id": "a", "padding": "{padding}"'.encode()) * 2000
    tracemalloc.start()
    try:
        hear(lambda start, end: data[start:end], 0, len(data))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < len(data) / 2


@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(streams("openai-chat"))
def test_what_is_heard_while_it_is_decoded_is_the_last_completion(data: bytes) -> None:
    transcript = Transcript(lambda start, end: data[start:end])
    transcript.note(RunBegan(0.0, "chat"))
    transcript.feed(data)
    transcript.finish()
    transcript.decode_all()
    expected = last_completion(transcript, transcript.stages[0], transcript.framed - 1)
    assert heard_in(data).completion == expected
