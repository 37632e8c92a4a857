"""What is sent: the bodies of the requests, and the messages that answers and results become."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from inspector.completion import Completion
from inspector.tool_formats.recovering import recover
from inspector.toolchain import conversation
from inspector.toolchain.conversation import Mended, ToolCall, assistant_message, recovered_message, request_body
from inspector.toolchain.options import ChatOptions
from inspector.toolchain.specs import ToolSpec

MESSAGES = [{"role": "user", "content": "Hi"}]
SPEC = ToolSpec("get_time", "Tell the time.", {"type": "object", "properties": {}}, None)
PLAIN = ChatOptions("http://127.0.0.1:1/v1", model="tiny")
WITH_TOOLS = replace(PLAIN, tools=(SPEC,))
LEAST = {"model": "tiny", "messages": MESSAGES, "stream": True, "stream_options": {"include_usage": True}}
FORCED = {"type": "function", "function": {"name": "get_time"}}

BODIES: dict[str, tuple[ChatOptions, int, dict[str, Any]]] = {
    "the least": (PLAIN, 0, LEAST),
    "without a model": (replace(PLAIN, model=None), 0, {key: LEAST[key] for key in LEAST if key != "model"}),
    "without usage": (replace(PLAIN, include_usage=False), 0, {k: LEAST[k] for k in LEAST if k != "stream_options"}),
    "both settings, first": (
        replace(PLAIN, max_tokens=9, synthesis_max_tokens=99, temperature=0.0, synthesis_temperature=1.0),
        0,
        LEAST | {"max_tokens": 9, "temperature": 0.0},
    ),
    "both settings, synthesis": (
        replace(PLAIN, max_tokens=9, synthesis_max_tokens=99, temperature=1.0, synthesis_temperature=0.0),
        1,
        LEAST | {"max_tokens": 99, "temperature": 0.0},
    ),
    "one setting, synthesis": (replace(PLAIN, max_tokens=9), 1, LEAST | {"max_tokens": 9}),
    "tools": (WITH_TOOLS, 0, LEAST | {"tools": [SPEC.as_openai()]}),
    "tools, synthesis": (WITH_TOOLS, 3, LEAST | {"tools": [SPEC.as_openai()]}),
    "a choice without tools": (replace(PLAIN, tool_choice="required", parallel_tool_calls=False), 0, LEAST),
    "parallel": (
        replace(WITH_TOOLS, parallel_tool_calls=False),
        0,
        LEAST | {"tools": [SPEC.as_openai()], "parallel_tool_calls": False},
    ),
    "a parameter": (replace(PLAIN, params={"options": {"num_predict": 4}}), 1, LEAST | {"options": {"num_predict": 4}}),
    "a parameter inside": (
        replace(PLAIN, params={"stream_options": {"a": 1}, "model": "big"}),
        0,
        LEAST | {"stream_options": {"include_usage": True, "a": 1}, "model": "big"},
    ),
}
CHOICES: dict[str, tuple[str | None, list[Any]]] = {
    "not given": (None, [None, None]),
    "auto": ("auto", ["auto", "auto"]),
    "none": ("none", ["none", "none"]),
    "required": ("required", ["required", "auto"]),
    "named": ("get_time", [FORCED, "auto"]),
}


@pytest.mark.parametrize(("options", "depth", "expected"), BODIES.values(), ids=BODIES)
def test_the_body_of_a_request(options: ChatOptions, depth: int, expected: dict[str, Any]) -> None:
    assert request_body(options, MESSAGES, depth) == expected


@pytest.mark.parametrize(("given", "expected"), CHOICES.values(), ids=CHOICES)
def test_a_forced_call_is_forced_only_once(given: str | None, expected: list[Any]) -> None:
    bodies = [request_body(replace(WITH_TOOLS, tool_choice=given), MESSAGES, depth) for depth in (0, 1)]
    assert [body.get("tool_choice") for body in bodies] == expected


def test_a_lone_surrogate_is_sent_as_a_replacement_character_and_a_pair_as_what_it_is() -> None:
    body = request_body(PLAIN, [{"role": "tool", "tool_call_id": "a", "content": "\ud83dA \ude00 \ud83d\ude00"}], 1)
    assert body["messages"][0]["content"] == "\ufffdA \ufffd 😀"


def test_numbers_that_json_does_not_have_are_sent_as_null() -> None:
    sealed = {"extra_content": {"a": float("nan"), "b": [float("inf"), 1.5]}, "content": "\ud83d"}
    body = request_body(PLAIN, [{"role": "assistant"} | sealed], 1)
    assert body["messages"][0]["extra_content"] == {"a": None, "b": [None, 1.5]}


def answer(message: dict[str, Any], *, place: int = 1) -> conversation.Answer:
    return assistant_message(completion(message), place=place)


def completion(message: dict[str, Any]) -> Completion:
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": None} | message}
    return Completion(0, "calls", {"choices": [{"index": 1, "message": {"content": "no"}}, choice]})


def call(call_id: str | None = "a", name: str | None = "get_time", arguments: str | None = "{}") -> dict[str, Any]:
    return {"index": 0, "id": call_id, "type": "function", "function": {"name": name, "arguments": arguments}}


def listed(call_id: str, name: str = "get_time", arguments: str = "{}") -> dict[str, Any]:
    return {"id": call_id, "type": "function", "function": {"name": name, "arguments": arguments}}


ANSWERS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "text": ({"content": "Hi"}, {"content": "Hi"}),
    "nothing": ({"content": None}, {"content": ""}),
    "a refusal": ({"refusal": "No."}, {"content": "", "refusal": "No."}),
    "thoughts without a call": ({"content": "Hi", "reasoning_content": "Hm"}, {"content": "Hi"}),
    "a call": ({"tool_calls": [call()]}, {"content": None, "tool_calls": [listed("a")]}),
    "an empty text and a call": (
        {"content": "", "tool_calls": [call()]},
        {"content": None, "tool_calls": [listed("a")]},
    ),
    "a preamble": ({"content": "I look.", "tool_calls": [call()]}, {"content": "I look.", "tool_calls": [listed("a")]}),
    "thoughts": (
        {"reasoning_content": "Hm", "audio": None, "annotations": [], "tool_calls": [call()]},
        {"content": None, "reasoning_content": "Hm", "tool_calls": [listed("a")]},
    ),
    "Gemini's signature": (
        {"tool_calls": [call() | {"extra_content": {"google": {"thought_signature": "x"}}}]},
        {"content": None, "tool_calls": [listed("a") | {"extra_content": {"google": {"thought_signature": "x"}}}]},
    ),
    "the older field": (
        {"function_call": {"name": "get_time", "arguments": "{}"}},
        {"content": None, "tool_calls": [listed("call_1_0")]},
    ),
    "no arguments": ({"tool_calls": [call(arguments=None)]}, {"content": None, "tool_calls": [listed("a")]}),
}


@pytest.mark.parametrize(("message", "expected"), ANSWERS.values(), ids=ANSWERS)
def test_an_answer_as_the_next_request_has_it(message: dict[str, Any], expected: dict[str, Any]) -> None:
    assert answer(message).message == {"role": "assistant"} | expected


IDS: dict[str, tuple[list[str | None], list[str]]] = {
    "all there": (["a", "b"], ["a", "b"]),
    "missing": ([None, "", "b"], ["call_2_0", "call_2_1", "b"]),
    "repeated": (["a", "a", "a"], ["a", "call_2_1", "call_2_2"]),
    "like our own": ([None, "call_2_0", "call_2_0"], ["call_2_0_", "call_2_0", "call_2_2"]),
}


@pytest.mark.parametrize(("given", "expected"), IDS.values(), ids=IDS)
def test_every_call_has_an_id_of_its_own(given: list[str | None], expected: list[str]) -> None:
    found = answer({"tool_calls": [call(each) for each in given]}, place=2)
    assert [each.id for each in found.calls] == expected
    assert [each["id"] for each in found.message["tool_calls"]] == expected
    changed = [(n, was or None, now) for n, (was, now) in enumerate(zip(given, expected, strict=True)) if was != now]
    assert [(each.call, each.was, each.now) for each in found.mended] == changed


@pytest.mark.parametrize("arguments", ['{"city": "Os', '{"a": NaN}', '{"a": 1e999}', '{"a": "\\ud83d"}'])
def test_arguments_that_are_not_json_are_sent_back_inside_an_object_and_run_as_they_are(arguments: str) -> None:
    found = answer({"tool_calls": [call(arguments=arguments)]})
    sent = found.message["tool_calls"][0]["function"]["arguments"]
    assert json.loads(sent) == {"not_json": arguments}
    assert found.calls == (ToolCall("a", "get_time", arguments),)
    assert found.mended == (Mended(0, "arguments", arguments, sent),)


def test_a_call_without_a_name_has_an_empty_one() -> None:
    assert answer({"tool_calls": [call(name=None)]}).calls[0].name == ""


def test_recovered_calls_become_the_calls_of_the_message() -> None:
    found = recovered_message(recover('[{"name": "a", "arguments": {"b": 1}}]', None), place=1)
    assert found.message == {
        "role": "assistant",
        "content": None,
        "tool_calls": [listed("call_1_0", "a", '{"b": 1}')],
    }
    assert found.calls == (ToolCall("call_1_0", "a", '{"b": 1}'),)


def test_the_text_of_an_answer_is_that_of_the_first_choice() -> None:
    assert [conversation.text_of(completion({"content": each})) for each in ("Hi", None)] == ["Hi", ""]


def test_a_result_is_the_tools_message_for_its_call() -> None:
    assert conversation.tool_message("a", "12:00") == {"role": "tool", "tool_call_id": "a", "content": "12:00"}
