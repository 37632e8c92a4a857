"""An agent server's statuses and the calls it only tells of, each as the smallest stream that holds it."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pytest

from tests.dialects.reading import Json, Reading, sse


def message(delta: Json, finish: str | None = None, **more: Any) -> Json:
    return {"object": "thread.message.delta", "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]} | more


def words(content: str, finish: str | None = None) -> Json:
    return message({"role": "assistant", "content": content}, finish)


def told(name: str, arguments: Any) -> str:
    """A call as the server tells it: JSON in a string, and in that a Python literal in another string."""
    return json.dumps({"name": name, "arguments": arguments})


def status(name: str, *tools: Any, **more: Any) -> Json:
    return message({"role": "system", "metadata": {"status": name} | ({"tools": list(tools)} if tools else {}) | more})


STOP = message({"role": "assistant"}, "stop")
OSLO = told("get_weather", "{'city': 'Oslo'}")
LIMA = told("get_time", "{'city': 'Lima'}")
ROUND = [status("tool_call_detected", OSLO), status("tools_executed", OSLO), status("continuing_generation", OSLO)]


class Case(NamedTuple):
    """Some chunks, and `(turn, name, arguments)` of the calls in the end, the texts, and the statuses' names."""

    chunks: list[Json]
    calls: list[tuple[int, str | None, str]]
    content: str
    synthesis: str | None
    statuses: list[str]


CASES = {
    "text alone": Case([words("Hi "), words("you"), STOP], [], "Hi you", None, []),
    "one round, its call told three times": Case(
        [*ROUND, words("Cloudy."), STOP],
        [(0, "get_weather", '{"city": "Oslo"}')],
        "",
        "Cloudy.",
        ["tool_call_detected", "tools_executed", "continuing_generation"],
    ),
    "text before the round": Case(
        [words("Let me see. "), *ROUND, words("Cloudy."), STOP],
        [(0, "get_weather", '{"city": "Oslo"}')],
        "Let me see. ",
        "Cloudy.",
        ["tool_call_detected", "tools_executed", "continuing_generation"],
    ),
    "two rounds": Case(
        [
            words("First. "),
            *ROUND,
            words("Then. "),
            status("tool_call_detected", LIMA),
            status("tools_executed", LIMA),
            words("Done."),
            STOP,
        ],
        [(0, "get_weather", '{"city": "Oslo"}'), (1, "get_time", '{"city": "Lima"}')],
        "First. ",
        "Then. Done.",
        [
            "tool_call_detected",
            "tools_executed",
            "continuing_generation",
            "tool_call_detected",
            "tools_executed",
        ],
    ),
    "the same call in two rounds is made twice": Case(
        [*ROUND[:2], *ROUND[:2], words("Max depth."), STOP],
        [(0, "get_weather", '{"city": "Oslo"}'), (1, "get_weather", '{"city": "Oslo"}')],
        "",
        "Max depth.",
        ["tool_call_detected", "tools_executed"] * 2,
    ),
    "two calls in one status": Case(
        [status("tool_call_detected", OSLO, LIMA), status("tools_executed", OSLO, LIMA), words("Both."), STOP],
        [(0, "get_weather", '{"city": "Oslo"}'), (0, "get_time", '{"city": "Lima"}')],
        "",
        "Both.",
        ["tool_call_detected", "tools_executed"],
    ),
    "a call told only when it was made": Case(
        [status("tools_executed", OSLO), words("Cloudy."), STOP],
        [(0, "get_weather", '{"city": "Oslo"}')],
        "",
        "Cloudy.",
        ["tools_executed"],
    ),
    "max depth reached": Case(
        [*ROUND, status("max_depth_reached"), words("Maximum streaming depth reached.", "stop")],
        [(0, "get_weather", '{"city": "Oslo"}')],
        "",
        "Maximum streaming depth reached.",
        ["tool_call_detected", "tools_executed", "continuing_generation", "max_depth_reached"],
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_the_agent_tells_is_read(case: Case) -> None:
    state = Reading(sse(*case.chunks)).state
    (choice,) = state["choices"]
    calls = [(each["turn"], each["name"], each["arguments"]) for each in choice["tool_calls"]]
    statuses = [each["status"] for each in state["statuses"]]
    assert Case(case.chunks, calls, choice["content"], state["synthesis"], statuses) == case
    assert (state["dialect"], state["phase"]) == ("agent", "done")
    assert all(each["origin"] == "status" for each in choice["tool_calls"])


ARGUMENTS = {
    "a Python literal": (
        "{'city': \"L'Aquila\", 'now': True, 'at': None}",
        '{"city": "L\'Aquila", "now": true, "at": null}',
    ),
    "JSON": ('{"city": "Oslo"}', '{"city": "Oslo"}'),
    "JSON with literals of its own": ('{"now": true}', '{"now": true}'),
    "an object": ({"city": "Oslo"}, '{"city": "Oslo"}'),
    "a Python text in a Python text": ("{'_malformed': '{..}{..}'}", '{"_malformed": "{..}{..}"}'),
    "letters of all the world": ("{'city': 'Tromsø'}", '{"city": "Tromsø"}'),
    "neither": ("{'city': Oslo}", "{'city': Oslo}"),
    "code is never run": ("__import__('os').getcwd()", "__import__('os').getcwd()"),
    "a set": ("{1, 2}", "{1, 2}"),
    "nothing": (None, ""),
    "a literal of a megabyte": ("{'a': '" + "x" * 1_000_000 + "'}", "{'a': '" + "x" * 1_000_000 + "'}"),
    "no end of brackets": ("[" * 5000, "[" * 5000),
    "more digits than Python prints": ("0x" + "f" * 5000, "0x" + "f" * 5000),
}


@pytest.mark.parametrize(("arguments", "expected"), ARGUMENTS.values(), ids=ARGUMENTS)
def test_arguments_are_read_as_json_or_stay_as_they_were_sent(arguments: Any, expected: str) -> None:
    (call,) = Reading(sse(status("tool_call_detected", told("f", arguments)))).calls
    assert (call["name"], call["arguments"]) == ("f", expected)


TOOLS = {
    "a tool that is no JSON": ("get_weather(Oslo)", (None, "get_weather(Oslo)")),
    "a tool that is an object": ({"name": "f", "arguments": {}}, ("f", "{}")),
    "a tool whose name is no text": ({"name": 7, "arguments": "{}"}, (None, "{}")),
    "a tool that is a JSON list": ('["f"]', (None, '["f"]')),
}


@pytest.mark.parametrize(("tool", "expected"), TOOLS.values(), ids=TOOLS)
def test_a_tool_that_is_told_oddly_is_shown_as_it_was_told(tool: Any, expected: tuple[str | None, str]) -> None:
    (call,) = Reading(sse(status("tool_call_detected", tool))).calls
    assert (call["name"], call["arguments"]) == expected


def test_a_status_keeps_all_its_details() -> None:
    (note,) = Reading(sse(status("tool_call_detected", OSLO, depth=2))).state["statuses"]
    assert note == {"frame": 0, "status": "tool_call_detected", "details": {"tools": [OSLO], "depth": 2}}


def test_a_status_that_says_no_more_has_no_details() -> None:
    assert Reading(sse(status("continuing_generation"))).state["statuses"][0]["details"] is None


STATUS_PLACES = {
    "metadata": {"metadata": {"status": "tools_executed"}},
    "the delta": {"status": "tools_executed"},
    "an object in the delta": {"status": {"status": "tools_executed"}},
}


@pytest.mark.parametrize("delta", STATUS_PLACES.values(), ids=STATUS_PLACES)
def test_a_status_is_found_in_any_of_its_places(delta: Json) -> None:
    reading = Reading(sse(message({"role": "system"} | delta), words("Hi"), STOP))
    assert [each["status"] for each in reading.state["statuses"]] == ["tools_executed"]
    assert reading.state["synthesis"] == "Hi"


def test_a_call_is_done_when_its_tools_have_run_and_not_at_the_end_of_the_stage() -> None:
    reading = Reading(sse(*ROUND, words("Cloudy."), STOP))
    assert [(each["frame"], each["name"]) for each in reading.said("tool_call.done")] == [(1, "get_weather")]


def test_a_completion_is_what_the_assistant_said_without_the_statuses() -> None:
    completions = Reading(sse(words("Let me see. "), *ROUND, words("Cloudy."), STOP)).completions()
    messages = [each["completion"]["choices"][0]["message"] for each in completions]
    assert [(each["role"], each["content"], "metadata" in each) for each in messages] == [
        ("assistant", "Let me see. ", False),
        ("assistant", "Cloudy.", False),
    ]


def test_the_phases_follow_the_statuses() -> None:
    reading = Reading(sse(words("Let me see. "), *ROUND, words("Cloudy."), STOP))
    assert [reading.states(n)[0]["phase"] for n in range(6)] == [
        "text",
        "calls",
        "results",
        "results",
        "synthesis",
        "done",
    ]


def test_a_turn_that_only_one_of_two_choices_goes_on_with_is_done_when_that_one_is() -> None:
    other = {"object": "thread.message.delta", "choices": [{"index": 1, "delta": {"content": "Ho"}}]}
    assert Reading(sse(words("Hi"), other, *ROUND, words("Cloudy."), STOP)).state["phase"] == "done"


def test_an_error_of_the_agent_looks_like_an_answer_because_that_is_all_the_wire_says() -> None:
    state = Reading(sse(words("I apologize - I've encountered an unexpected error."), STOP)).state
    assert (state["phase"], state["error"]) == ("done", None)
