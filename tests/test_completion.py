"""The completion objects that stages add up to; against the official SDK they are held in `dialects/`."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pytest

from tests.dialects.reading import Json, Reading, calls, chunk, fragment, named, sse, text

NL = "\n"
HEAD: Json = {"id": "A", "created": 7, "model": "m"}
ARGUMENTS = '{"city": "Oslo"}'


class Case(NamedTuple):
    """Some payloads, and what the completion says of this place in it (a path of keys and positions)."""

    payloads: list[Any]
    path: tuple[str | int, ...]
    value: Any


MESSAGE = ("choices", 0, "message")
LOGPROB = {"token": "Hi", "logprob": -0.5, "bytes": [72, 105], "top_logprobs": []}


def with_logprobs(content: Any, *tokens: Json) -> Json:
    return {
        "choices": [{"index": 0, "delta": {"content": content}, "logprobs": {"content": [*tokens], "refusal": None}}]
    }


CASES = {
    "the object is a completion": Case([text("Hi", **HEAD)], ("object",), "chat.completion"),
    "the id": Case([text("Hi", **HEAD)], ("id",), "A"),
    "no id": Case([text("Hi")], ("id",), None),
    "the first id where it changes": Case([text("Hi", **HEAD), text("!", id="B")], ("id",), "A"),
    "the time": Case([text("Hi", **HEAD)], ("created",), 7),
    "Azure: the answer's id, not the filter's": Case(
        [{"id": "", "object": "", "model": "", "choices": [], "prompt_filter_results": [1]}, text("Hi", **HEAD)],
        ("id",),
        "A",
    ),
    "Azure: the filter's results all the same": Case(
        [{"id": "", "object": "", "model": "", "choices": [], "prompt_filter_results": [1]}, text("Hi", **HEAD)],
        ("prompt_filter_results",),
        [1],
    ),
    "vendors' fields beside the choices": Case([text("Hi", provider="p")], ("provider",), "p"),
    "padding against snoopers is left out": Case([text("Hi", obfuscation="xyz")], ("obfuscation",), None),
    "the role": Case([chunk({"role": "assistant"}), text("Hi")], (*MESSAGE, "role"), "assistant"),
    "a role that is repeated": Case(
        [chunk({"role": "assistant", "content": "a"})] * 3, (*MESSAGE, "role"), "assistant"
    ),
    "a role that never came": Case([text("Hi")], (*MESSAGE, "role"), "assistant"),
    "content": Case([text("Hi "), text("you")], (*MESSAGE, "content"), "Hi you"),
    "content that never came": Case([calls(fragment(0, "a", "f", "{}"))], (*MESSAGE, "content"), None),
    "content that was empty": Case([text(""), calls(fragment(0, "a", "f", "{}"))], (*MESSAGE, "content"), ""),
    "content from parts": Case([text([{"type": "text", "text": "Hi"}])], (*MESSAGE, "content"), "Hi"),
    "a refusal": Case([chunk({"refusal": "No"}), chunk({"refusal": "."})], (*MESSAGE, "refusal"), "No."),
    "reasoning under its own name": Case(
        [chunk({"reasoning_content": "H"}), chunk({"reasoning_content": "m"})], (*MESSAGE, "reasoning_content"), "Hm"
    ),
    "reasoning details grow by index": Case(
        [chunk({"reasoning_details": [{"index": 0, "text": each, "format": "f"}]}) for each in "ab"],
        (*MESSAGE, "reasoning_details"),
        [{"index": 0, "text": "ab", "format": "f"}],
    ),
    "vendors' fields in the delta": Case(
        [chunk({"annotations": [{"url": "u"}]}), text("Hi")], (*MESSAGE, "annotations"), [{"url": "u"}]
    ),
    "a call": Case(
        [calls(fragment(0, "a", "f", "")), calls(fragment(0, arguments=ARGUMENTS))],
        (*MESSAGE, "tool_calls"),
        [{"id": "a", "type": "function", "function": {"name": "f", "arguments": ARGUMENTS}, "index": 0}],
    ),
    "the name of a call that is repeated": Case(
        [calls(fragment(0, "a", "f", "{}"))] * 2, (*MESSAGE, "tool_calls", 0, "function", "name"), "f"
    ),
    "two calls at one index": Case(
        [calls(fragment(0, "a", "f", "{}")), calls(fragment(0, "b", "f", "{}"))], (*MESSAGE, "tool_calls", 1, "id"), "b"
    ),
    "Gemini: what must be sent back with a call": Case(
        [calls(fragment(0, "a", "f", "{}", extra_content={"google": {"thought_signature": "c2ln"}}))],
        (*MESSAGE, "tool_calls", 0, "extra_content"),
        {"google": {"thought_signature": "c2ln"}},
    ),
    "the same by its index alone": Case(
        [calls(fragment(3, "a", "f", "{}")), calls(fragment(3, extra_content={"x": "y"}))],
        (*MESSAGE, "tool_calls", 0, "extra_content"),
        {"x": "y"},
    ),
    "no calls": Case([text("Hi")], (*MESSAGE, "tool_calls"), None),
    "a legacy call": Case(
        [chunk({"function_call": {"name": "f", "arguments": ""}}), chunk({"function_call": {"arguments": ARGUMENTS}})],
        (*MESSAGE, "function_call"),
        {"name": "f", "arguments": ARGUMENTS},
    ),
    "a legacy call is none of the list": Case(
        [chunk({"function_call": {"name": "f", "arguments": ""}})], (*MESSAGE, "tool_calls"), None
    ),
    "the finish reason": Case([text("Hi"), chunk(finish="stop")], ("choices", 0, "finish_reason"), "stop"),
    "no finish reason": Case([text("Hi")], ("choices", 0, "finish_reason"), None),
    "logprobs": Case(
        [with_logprobs("Hi", LOGPROB), with_logprobs("!", LOGPROB)],
        ("choices", 0, "logprobs"),
        {"content": [LOGPROB, LOGPROB], "refusal": None},
    ),
    "no logprobs": Case([text("Hi")], ("choices", 0, "logprobs"), None),
    "what the filter found": Case(
        [
            {
                "choices": [
                    {"index": 0, "delta": {"content": "Hi"}, "content_filter_results": {"hate": {"filtered": False}}}
                ]
            }
        ],
        ("choices", 0, "content_filter_results"),
        {"hate": {"filtered": False}},
    ),
    "usage": Case([text("Hi"), {"choices": [], "usage": {"total_tokens": 3}}], ("usage", "total_tokens"), 3),
    "Groq's usage": Case([text("Hi", x_groq={"usage": {"total_tokens": 3}})], ("usage", "total_tokens"), 3),
    "no usage": Case([text("Hi")], ("usage",), None),
    "a fingerprint": Case(
        [text("Hi", system_fingerprint="fp"), chunk(finish="stop", system_fingerprint=None)],
        ("system_fingerprint",),
        "fp",
    ),
    "a service tier that comes last": Case(
        [text("Hi"), chunk(finish="stop", service_tier="default")], ("service_tier",), "default"
    ),
    "moderation": Case(
        [text("Hi"), {"choices": [], "moderation": {"flagged": False}}], ("moderation",), {"flagged": False}
    ),
    "a choice without an index": Case([chunk({"content": "Hi"}, choice=None)], ("choices", 0, "index"), 0),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_completion_holds_what_the_chunks_said(case: Case) -> None:
    found: Any = Reading(sse(*case.payloads, "[DONE]")).completion
    for step in case.path:
        found = found.get(step) if isinstance(found, dict) else found[step]
    assert found == case.value


def test_choices_stand_in_the_order_of_their_index() -> None:
    completion = Reading(sse(chunk({"content": "b"}, choice=1), text("a"))).completion
    assert [(each["index"], each["message"]["content"]) for each in completion["choices"]] == [(0, "a"), (1, "b")]


def test_a_completion_before_the_end_holds_what_had_come_by_then() -> None:
    reading = Reading(sse(text("Hi "), text("you"), chunk(finish="stop")))
    contents = [reading.completions(n)[0]["completion"]["choices"][0]["message"]["content"] for n in range(3)]
    assert contents == ["Hi ", "Hi you", "Hi you"]
    assert [reading.completions(n)[0]["completion"]["choices"][0]["finish_reason"] for n in (1, 2)] == [None, "stop"]


def envelope(body: Json, frame_id: str = "S-chunk-1", event: str = "tool_completion_chunk") -> tuple[str, str, Any]:
    return frame_id, event, {"stage_id": "S"} | body


STAGE = [
    envelope({"tool_results": calls(fragment(0, "a", "f", ARGUMENTS), **HEAD)}),
    envelope({"tool_results": chunk(finish="tool_calls", usage={"total_tokens": 3}, **HEAD)}),
    envelope({"tool_summary": {"a": "17"}}, "0", "tool_summary"),
    envelope({"tool_results": text("It is 17.", id="B", usage={"total_tokens": 5})}, "S-chunk-integ-1"),
    envelope({"tool_results": chunk(finish="stop", id="B")}, "S-chunk-integ-2"),
    envelope({}, "2", "done"),
]


def test_a_stage_with_a_synthesis_gives_two_completions() -> None:
    first, second = Reading(named(*STAGE)).completions()
    assert [(each["stage"], each["phase"], each["completion"]["id"]) for each in (first, second)] == [
        ("S", "calls", "A"),
        ("S", "synthesis", "B"),
    ]
    (one,), (other,) = first["completion"]["choices"], second["completion"]["choices"]
    assert (one["finish_reason"], one["message"]["content"]) == ("tool_calls", None)
    assert one["message"]["tool_calls"][0]["function"] == {"name": "f", "arguments": ARGUMENTS}
    assert (other["finish_reason"], other["message"]["content"]) == ("stop", "It is 17.")
    assert "tool_calls" not in other["message"]
    assert [each["completion"]["usage"]["total_tokens"] for each in (first, second)] == [3, 5]


PHASES = {
    "after the calls": (1, ["calls"]),
    "after the results": (2, ["calls"]),
    "in the synthesis": (3, ["calls", "synthesis"]),
}


@pytest.mark.parametrize(("n", "phases"), PHASES.values(), ids=PHASES)
def test_a_turn_that_has_not_begun_gives_no_completion(n: int, phases: list[str]) -> None:
    assert [each["phase"] for each in Reading(named(*STAGE)).completions(n)] == phases


def test_text_without_calls_is_the_phase_text() -> None:
    assert [each["phase"] for each in Reading(sse(text("Hi"))).completions()] == ["text"]


def test_a_synthesis_of_content_alone_is_a_completion_too() -> None:
    plain = named(
        ("", "", calls(fragment(0, "a", "f", "{}"), **HEAD)), ("", "", {"content": "17"}), ("", "", {"content": "."})
    )
    first, second = Reading(plain).completions()
    assert second["phase"] == "synthesis"
    assert second["completion"]["choices"][0]["message"] == {"role": "assistant", "content": "17.", "refusal": None}
    assert (second["completion"]["id"], second["completion"]["model"]) == (None, "m")
    assert first["completion"]["id"] == "A"


def test_stages_that_take_turns_within_one_frame_have_their_own_chunks() -> None:
    def frame(*ids: str) -> bytes:
        said = [json.dumps({"stage_id": id, "chunk": chunk({"content": id})}) for id in ids]
        return f"event: chat_completion_chunk\n{''.join(f'data: {line}{NL}' for line in said)}\n".encode()

    reading = Reading(frame("x") + frame("y") + frame("x", "y") + frame("y", "x") + frame("x", "z"))
    contents = [each["completion"]["choices"][0]["message"]["content"] for each in reading.completions()]
    assert contents == ["xxxx", "yyy", "z"]


def test_an_error_before_any_choice_gives_no_completion() -> None:
    assert Reading(sse({"error": {"message": "no"}})).completions() == []
