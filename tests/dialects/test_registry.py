"""Which dialect a stream is read in, and the contract that every dialect keeps."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import pytest

import inspector.dialects
from inspector.dialects.dialect import Dialect
from inspector.dialects.registry import DIALECTS, Selection, named
from inspector.errors import InspectorError
from inspector.events import Chunk
from tests.dialects.reading import Json, Reading, chunk, sse, text
from tests.dialects.reading import named as frames

# (SSE event name, body): chunks that are as clear as they get, one list for each dialect.
SAMPLES: dict[str, list[tuple[str, Json]]] = {
    "openai-chat": [
        ("", text("Hi")),
        ("", {"choices": [{"index": 0, "delta": {"content": "Hi"}}]}),
        ("", {"id": "", "object": "", "choices": [], "prompt_filter_results": []}),
        ("", {"error": {"message": "no"}}),
        ("message", text("Hi")),
    ],
    "stage": [
        ("chat_completion_chunk", {"stage_id": "S", "chunk": text("Hi")}),
        ("tool_completion_chunk", {"stage_id": "S", "tool_results": text("Hi")}),
        ("tool_summary", {"stage_id": "S", "tool_summary": {}}),
        ("done", {"stage_id": "S"}),
        ("cancel", {"stage_id": "S"}),
        ("error", {"stage_id": "S", "error": "no"}),
        ("", {"stage_id": "S", "chunk": text("Hi")}),
        ("", {"content": "Hi"}),
        ("done", {}),
        ("error", {"error": "no", "details": {}}),
    ],
    "agent": [
        ("", text("Hi") | {"object": "thread.message.delta"}),
        ("", chunk({"role": "system", "metadata": {"status": "tools_executed"}})),
        ("", chunk({"role": "system", "status": "tools_executed"})),
    ],
    "raw": [
        ("", {}),
        ("", {"type": "message_start", "message": {}}),
        ("", {"candidates": [{"content": {"parts": [{"text": "Hi"}]}}]}),
        ("thread.message.delta", {"object": "thread.message.delta", "delta": {"content": []}}),
        ("", {"object": "text_completion", "choices": [{"index": 0, "text": "Hi"}]}),
        ("", {"object": "text_completion", "choices": [], "usage": {}}),
    ],
}
CASES = [(name, event, body) for name, samples in SAMPLES.items() for event, body in samples]


@pytest.mark.parametrize(
    ("name", "event", "body"), CASES, ids=[f"{name}: {event} {body}"[:70] for name, event, body in CASES]
)
def test_a_sample_is_claimed_by_exactly_its_own_dialect(name: str, event: str, body: Json) -> None:
    scores = {dialect.name: dialect.recognise(body, event)[0] for dialect in DIALECTS}
    best = max(scores.values())
    assert [each for each, score in scores.items() if score == best] == [name]


def test_no_dialect_file_is_left_out_of_the_registry() -> None:
    defined = set()
    for module in pkgutil.iter_modules(inspector.dialects.__path__, "inspector.dialects."):
        values = vars(importlib.import_module(module.name)).values()
        defined |= {each.name for each in values if isinstance(each, Dialect)}
    assert defined == {dialect.name for dialect in DIALECTS} == set(SAMPLES)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_dialect_has_a_name_to_type_and_a_sentence_about_it(dialect: Dialect) -> None:
    assert dialect.name == dialect.name.lower()
    assert " " not in dialect.name
    assert len(dialect.about) > 20
    assert named(dialect.name) is dialect


ODD: dict[str, Any] = {
    "nothing": {},
    "choices that are null": {"choices": None},
    "choices that are a map": {"choices": {"0": {"delta": {}}}},
    "choices that are no objects": {"choices": [None, 1, "a", []]},
    "a delta that is a list": {"choices": [{"delta": [1]}]},
    "calls that are a text": {"choices": [{"delta": {"tool_calls": "f()"}}]},
    "a call without a function": {"choices": [{"delta": {"tool_calls": [{}]}}]},
    "a function that is a text": {"choices": [{"delta": {"tool_calls": [{"function": "f"}], "function_call": "f"}}]},
    "a name that is a number": {"choices": [{"delta": {"tool_calls": [{"function": {"name": 1, "arguments": 2}}]}}]},
    "content that is a number": {"choices": [{"delta": {"content": 3, "reasoning": 4, "refusal": True}}]},
    "reasoning details that are numbers": {"choices": [{"delta": {"reasoning_details": [1, {"text": 2}]}}]},
    "metadata that is a list": {"choices": [{"delta": {"metadata": [1], "status": 3}}]},
    "tools that are a text": {"choices": [{"delta": {"metadata": {"status": "tools_executed", "tools": "f"}}}]},
    "a finish reason that is a number": {"choices": [{"delta": {}, "finish_reason": 1}]},
    "usage that is a list": {"choices": [], "usage": [1], "x_groq": [2]},
    "a stage id that is a list": {"stage_id": [1], "chunk": 1, "tool_results": [1], "tool_summary": 2, "error": {}},
    "an error that is a list": {"error": [{"message": 1}], "details": 1},
    "a model that is a number": {"object": 1, "model": 2, "id": 3, "choices": [{"delta": {"content": "Hi"}}]},
}  # fmt: skip


@pytest.mark.parametrize("body", ODD.values(), ids=ODD)
@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_dialect_reads_any_object_without_raising(dialect: Dialect, body: Json) -> None:
    for event in ("", "done", "error", "tool_summary"):
        assert dialect.recognise(body, event)[0] in range(101)
        assert isinstance(dialect.read(body, event, "0"), list)
    reading = Reading(sse(body, body, text("Hi")), dialect=dialect.name)
    assert reading.said("undecoded") == []
    assert reading.states()


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_chunk_event_holds_the_chunk_as_it_came(dialect: Dialect) -> None:
    _, body = SAMPLES[dialect.name][0]
    before = repr(body)
    first = dialect.read(body, "", "")[0]
    assert isinstance(first, Chunk)
    assert first.body in (body, body.get("chunk"))
    assert repr(body) == before


def test_an_unknown_dialect_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(InspectorError, match=r"klingon.*openai-chat"):
        named("klingon")


def test_the_choice_is_made_by_the_clearest_chunk_wherever_it_stands() -> None:
    reading = Reading(sse(text("Hi"), chunk({"metadata": {"status": "tools_executed"}}), text("!")))
    assert reading.transcript.dialect == "agent"
    assert reading.transcript.evidence == "a delta with a status (frame 1)"


def test_a_forced_dialect_is_taken_at_its_word() -> None:
    reading = Reading(sse(text("Hi")), dialect="raw")
    assert (reading.transcript.dialect, reading.transcript.evidence) == ("raw", "forced")
    assert reading.state["choices"] == []


def test_raw_shows_chunks_and_reads_nothing_but_an_error() -> None:
    reading = Reading(sse({"type": "ping"}, {"type": "error", "error": {"message": "overloaded"}}))
    assert reading.transcript.dialect == "raw"
    assert [each["type"] for each in reading.events] == ["chunk", "chunk", "stage.error"]
    assert reading.state["error"] == "overloaded"
    assert reading.completions() == []


def test_the_choice_says_what_it_saw() -> None:
    choice = Selection()
    assert (choice.dialect.name, choice.evidence) == ("raw", "no chunk yet")
    assert choice.see(text("Hi"), "", 3)
    assert not choice.see(text("Hi"), "", 4)
    assert choice.evidence == 'object is "chat.completion.chunk" (frame 3)'


def test_a_plain_stage_stream_is_known_by_its_end() -> None:
    assert Reading(frames(("", "", text("Hi")), ("", "done", {}))).transcript.dialect == "stage"
