"""What a stage says as it goes: when texts and calls are done, in which turn, and how it ends."""

from __future__ import annotations

from typing import Any

import pytest

from tests.dialects.reading import Json, Reading, calls, chunk, fragment, named, sse, text

CALL = calls(fragment(0, "a", "f", "{}"))
STOP = chunk(finish="stop")
CALLED = chunk(finish="tool_calls")


def story(reading: Reading, *leave_out: str) -> list[str]:
    """The types of the events in order, `!` where forced."""
    told = [event for event in reading.events if event["type"] not in ("chunk", *leave_out)]
    return [event["type"] + "!" * event.get("forced", False) for event in told]


STORIES: dict[str, tuple[list[Any], list[str]]] = {
    "text to its end": (
        [text("Hi"), STOP, "[DONE]"],
        ["content.delta", "content.done", "finished", "stage.done"],
    ),
    "a finish reason beside the last text": (
        [chunk({"content": "Hi"}, finish="stop"), "[DONE]"],
        ["content.delta", "content.done", "finished", "stage.done"],
    ),
    "a finish reason and the end of the input": (
        [text("Hi"), STOP],
        ["content.delta", "content.done", "finished", "stage.done"],
    ),
    "[DONE] alone": ([text("Hi"), "[DONE]"], ["content.delta", "content.done", "stage.done"]),
    "the input ends midway": ([text("Hi")], ["content.delta", "content.done!", "stage.cut"]),
    "the input ends in a call": (
        [text("Hi"), CALL],
        ["content.delta", "tool_call.delta", "content.done!", "tool_call.done!", "stage.cut"],
    ),
    "an error midway": ([text("Hi"), {"error": "no"}], ["content.delta", "content.done", "stage.error"]),
    "reasoning, then text, are done together at the end of the turn": (
        [chunk({"reasoning": "Hm."}), text("Hi"), STOP, "[DONE]"],
        ["reasoning.delta", "content.delta", "reasoning.done", "content.done", "finished", "stage.done"],
    ),
    "a call is not done because another one begins": (
        [CALL, calls(fragment(1, "b", "g", "{}")), CALLED, "[DONE]"],
        ["tool_call.delta", "tool_call.delta", "tool_call.done", "tool_call.done", "finished", "stage.done"],
    ),
    "text after the finish reason is told again when it is done": (
        [text("Hi"), STOP, text("!"), "[DONE]"],
        ["content.delta", "content.done", "finished", "content.delta", "content.done", "stage.done"],
    ),
    "text after the finish reason that the end of the input cuts": (
        [text("Hi"), STOP, text("!")],
        ["content.delta", "content.done", "finished", "content.delta", "content.done!", "stage.done"],
    ),
    "arguments after the finish reason are told again when they are done": (
        [calls(fragment(0, "a", "f", "{")), CALLED, calls(fragment(0, arguments="}")), "[DONE]"],
        ["tool_call.delta", "tool_call.done", "finished", "tool_call.delta", "tool_call.done", "stage.done"],
    ),
    "a name after the finish reason is told": (
        [calls(fragment(0, "a", None, "{}")), CALLED, calls(fragment(0, name="f")), "[DONE]"],
        ["tool_call.delta", "tool_call.done", "finished", "tool_call.delta", "tool_call.done", "stage.done"],
    ),
    "a call without arguments is done": (
        [calls(fragment(0, "a", "f")), CALLED, "[DONE]"],
        ["tool_call.delta", "tool_call.done", "finished", "stage.done"],
    ),
    "a refusal": (
        [chunk({"refusal": "No."}), STOP, "[DONE]"],
        ["refusal.delta", "refusal.done", "finished", "stage.done"],
    ),
    "usage after the end of the turn": (
        [text("Hi"), STOP, {"choices": [], "usage": {"total_tokens": 3}}, "[DONE]"],
        ["content.delta", "content.done", "finished", "usage", "stage.done"],
    ),
    "nothing but an end": (["[DONE]"], []),
    "nothing but a role": ([chunk({"role": "assistant"})], ["stage.cut"]),
    "text after an error is told when it is done": (
        [{"error": "a"}, text("Hi")],
        ["stage.error", "content.delta", "content.done!"],
    ),
    "two errors are both told": (
        [text("Hi"), {"error": "a"}, {"error": "b"}],
        ["content.delta", "content.done", "stage.error", "stage.error"],
    ),
}


@pytest.mark.parametrize(("payloads", "told"), STORIES.values(), ids=STORIES)
def test_a_stage_tells_its_story_in_order(payloads: list[Any], told: list[str]) -> None:
    assert story(Reading(sse(*payloads))) == told


def stage(frame_id: str, event: str, **body: Any) -> tuple[str, str, Json]:
    return frame_id, event, {"stage_id": "S"} | body


TOOL = stage("S-chunk-0", "tool_completion_chunk", tool_results=CALL)
SUMMARY = stage("0", "tool_summary", tool_summary={"a": "17"})
INTEG = stage("S-chunk-integ-0", "tool_completion_chunk", tool_results=text("17."))
DONE = stage("1", "done")
CANCEL = stage("0", "cancel")
ERROR = stage("0", "error", error="no")
CALL_STORY = ["tool_call.delta", "tool_call.done"]
SYNTHESIS = ["synthesis.delta", "synthesis.done"]

STAGE_STORIES: dict[str, tuple[list[Any], list[str]]] = {
    "calls, results, synthesis": ([TOOL, SUMMARY, INTEG, DONE], [*CALL_STORY, "tool_result", *SYNTHESIS, "stage.done"]),
    "results without a finish reason end the turn": ([TOOL, SUMMARY, DONE], [*CALL_STORY, "tool_result", "stage.done"]),
    "a cancel": ([TOOL, CANCEL], [*CALL_STORY, "stage.cancelled"]),
    "an error": ([TOOL, ERROR], [*CALL_STORY, "stage.error"]),
    "an error is not made good by a done": ([TOOL, ERROR, DONE], [*CALL_STORY, "stage.error"]),
    "a cancel is not made good by a done": ([TOOL, CANCEL, DONE], [*CALL_STORY, "stage.cancelled"]),
    "an error after a done is told": ([TOOL, DONE, ERROR], [*CALL_STORY, "stage.done", "stage.error"]),
    "a cancel after a done is told": ([TOOL, DONE, CANCEL], [*CALL_STORY, "stage.done", "stage.cancelled"]),
    "a cancel after an error is no news": ([TOOL, ERROR, CANCEL], [*CALL_STORY, "stage.error"]),
    "a cancel is told once": ([TOOL, CANCEL, CANCEL], [*CALL_STORY, "stage.cancelled"]),
    "a done is told once": ([TOOL, DONE, DONE], [*CALL_STORY, "stage.done"]),
    "the input ends in the synthesis": (
        [TOOL, SUMMARY, INTEG],
        [*CALL_STORY, "tool_result", "synthesis.delta", "synthesis.done!", "stage.cut"],
    ),
    "a finish reason is no end": (
        [TOOL, stage("S-chunk-1", "tool_completion_chunk", tool_results=STOP)],
        [*CALL_STORY, "finished", "stage.cut"],
    ),
}


@pytest.mark.parametrize(("frames", "told"), STAGE_STORIES.values(), ids=STAGE_STORIES)
def test_a_stage_with_ends_of_its_own_tells_its_story_in_order(frames: list[Any], told: list[str]) -> None:
    assert story(Reading(named(*frames))) == told


def test_a_synthesis_of_two_turns_is_joined_and_its_calls_are_of_the_turn_they_came_in() -> None:
    more = stage("S-chunk-integ-1", "tool_completion_chunk", tool_results=calls(fragment(0, "b", "g", "{}")))
    second = stage("0", "tool_summary", tool_summary={"b": "18"})
    last = stage("S-chunk-integ-2", "tool_completion_chunk", tool_results=text(" Then 18."))
    state = Reading(named(TOOL, SUMMARY, INTEG, more, second, last, DONE)).state
    assert state["synthesis"] == "17. Then 18."
    assert [(each["slot"], each["turn"], each["index"]) for each in state["choices"][0]["tool_calls"]] == [
        (0, 0, 0),
        (1, 1, 0),
    ]
    assert [each["call_id"] for each in state["tool_results"]] == ["a", "b"]


def test_other_choices_have_no_synthesis() -> None:
    other = stage("S-chunk-integ-1", "tool_completion_chunk", tool_results=chunk({"content": "no"}, choice=1))
    state = Reading(named(TOOL, SUMMARY, INTEG, other, DONE)).state
    assert state["synthesis"] == "17."
    assert [each["content"] for each in state["choices"]] == ["", "no"]


def test_reasoning_in_the_synthesis_is_reasoning() -> None:
    reasoning = stage("S-chunk-integ-1", "tool_completion_chunk", tool_results=chunk({"reasoning_content": "Hm."}))
    state = Reading(named(TOOL, SUMMARY, reasoning, INTEG, DONE)).state
    assert (state["choices"][0]["reasoning"], state["synthesis"]) == ("Hm.", "17.")


JSON = {
    "": ("empty", None),
    '{"a"': ("partial", None),
    '{"a": 1}': ("valid", None),
    '{"a": 1}}': ("invalid", 8),
    "{'a'": ("invalid", 1),
}


@pytest.mark.parametrize(("arguments", "verdict"), JSON.items())
def test_a_call_says_what_its_arguments_are_worth_so_far(arguments: str, verdict: tuple[str, int | None]) -> None:
    (call,) = Reading(sse(calls(fragment(0, "a", "f", "")), calls(fragment(0, arguments=arguments)))).calls
    assert (call["json"], call["first_bad_byte"]) == verdict


def test_the_worth_of_arguments_is_known_at_every_frame_in_any_order() -> None:
    pieces = ["", '{"a"', ": 1", "}", "}"]
    reading = Reading(
        sse(*(calls(fragment(0, "a" if not n else None, arguments=each)) for n, each in enumerate(pieces)))
    )
    worth = {n: reading.states(n)[0]["choices"][0]["tool_calls"][0]["json"] for n in (4, 0, 3, 1, 2)}
    assert [worth[n] for n in range(5)] == ["empty", "partial", "partial", "valid", "invalid"]


def test_model_and_usage_are_the_last_ones_seen() -> None:
    reading = Reading(sse(text("a", model="m"), text("b", model="n", usage={"total_tokens": 1}), text("c", model=None)))
    assert [reading.states(n)[0]["model"] for n in range(3)] == ["m", "n", "n"]
    assert [reading.states(n)[0]["usage"] for n in range(3)] == [None, {"total_tokens": 1}, {"total_tokens": 1}]
