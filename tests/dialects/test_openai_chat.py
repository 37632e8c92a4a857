"""Every shape of a chat chunk that a provider has been seen to send, each as the smallest stream that holds it."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from tests.dialects.reading import Json, Reading, calls, chunk, fragment, sse, text

DONE = "[DONE]"


class Case(NamedTuple):
    """Some chunks, and what is said of choice 0 and of the stage in the end; what is not named is empty."""

    chunks: list[Json | str]
    content: str = ""
    reasoning: str = ""
    refusal: str = ""
    finish: str | None = None
    usage: Json | None = None


THINKING = {"type": "thinking", "thinking": [{"type": "text", "text": "Hm. "}]}
DETAIL = {"type": "reasoning.text", "text": "Hm. ", "format": "unknown", "index": 0}
USAGE = {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3}

CASES = {
    "content": Case([text("Hi "), text("you")], content="Hi you"),
    "a role alone": Case([chunk({"role": "assistant"})]),
    "a null role beside text": Case([chunk({"role": None, "content": "Hi"})], content="Hi"),
    "content that is null or empty": Case([text(None), text(""), text("Hi")], content="Hi"),
    "content as a list of parts": Case([text([{"text": "Hi "}, {"type": "text", "text": "you"}])], content="Hi you"),
    "content as a list of texts": Case([text(["Hi ", "you"])], content="Hi you"),
    "Mistral: thinking among the parts": Case([text([THINKING]), text([{"type": "text", "text": "Hi"}])], "Hi", "Hm. "),
    "Mistral: thinking that is plain text": Case([text([{"type": "thinking", "thinking": "Hm."}])], reasoning="Hm."),
    "parts that are not text": Case([text([{"type": "reference", "reference_ids": [0]}, None, 7])]),
    "reasoning_content": Case([chunk({"reasoning_content": "Hm. "}), text("Hi")], "Hi", "Hm. "),
    "reasoning": Case([chunk({"reasoning": "Hm. "}), text("Hi")], "Hi", "Hm. "),
    "reasoning and content in one delta": Case([chunk({"reasoning": "Hm. ", "content": "Hi"})], "Hi", "Hm. "),
    "reasoning_details alone": Case([chunk({"reasoning_details": [DETAIL]})], reasoning="Hm. "),
    "reasoning_details beside reasoning is the same text": Case(
        [chunk({"reasoning": "Hm. ", "reasoning_details": [DETAIL]})], reasoning="Hm. "
    ),
    "reasoning_details first, then reasoning, is the same text": Case(
        [chunk({"reasoning_details": [DETAIL], "reasoning": "Hm. "})], reasoning="Hm. "
    ),
    "all three names of reasoning": Case(
        [chunk({"reasoning": "Hm. ", "reasoning_content": "Hm. ", "reasoning_details": [DETAIL]})], reasoning="Hm. "
    ),
    "reasoning that is null beside reasoning_details": Case(
        [chunk({"reasoning": None, "reasoning_content": "", "reasoning_details": [DETAIL]})], reasoning="Hm. "
    ),
    "a summary among the details": Case(
        [chunk({"reasoning_details": [{"type": "reasoning.summary", "summary": "Hm."}]})], reasoning="Hm."
    ),
    "an encrypted detail has no text": Case(
        [chunk({"reasoning_details": [{"type": "reasoning.encrypted", "data": "gAAA", "format": "openai"}]})]
    ),
    "refusal": Case([chunk({"content": None, "refusal": "I "}), chunk({"refusal": "can not."})], refusal="I can not."),
    "finish reason": Case([text("Hi"), chunk(finish="stop")], content="Hi", finish="stop"),
    "finish reason beside text": Case([chunk({"content": "Hi"}, finish="length")], content="Hi", finish="length"),
    "a finish reason that is empty or null is none": Case(
        [{"choices": [{"index": 0, "delta": {}, "finish_reason": ""}]}]
    ),
    "a delta that is null": Case(
        [text("Hi"), {"choices": [{"index": 0, "delta": None, "finish_reason": "stop"}]}], "Hi", finish="stop"
    ),
    "no delta": Case([text("Hi"), {"choices": [{"index": 0, "finish_reason": "stop"}]}], content="Hi", finish="stop"),
    "a choice without an index": Case([chunk({"content": "Hi"}, choice=None)], content="Hi"),
    "a choice whose index is null": Case([{"choices": [{"index": None, "delta": {"content": "Hi"}}]}], content="Hi"),
    "no object": Case([{"choices": [{"index": 0, "delta": {"content": "Hi"}}]}], content="Hi"),
    "usage in a chunk of its own": Case(
        [text("Hi"), chunk(finish="stop"), {"choices": [], "usage": USAGE}], "Hi", finish="stop", usage=USAGE
    ),
    "usage beside the finish reason": Case(
        [text("Hi"), chunk(finish="stop", usage=USAGE)], "Hi", finish="stop", usage=USAGE
    ),
    "usage in every chunk: the last one": Case(
        [text("Hi", usage={"total_tokens": 1}), text("!", usage=USAGE)], "Hi!", usage=USAGE
    ),
    "usage that is null later": Case(
        [text("Hi", usage=USAGE), chunk(finish="stop", usage=None)], "Hi", finish="stop", usage=USAGE
    ),
    "Groq: usage in x_groq": Case(
        [text("Hi"), chunk(finish="stop", x_groq={"id": "r", "usage": USAGE})], "Hi", finish="stop", usage=USAGE
    ),
    "Moonshot: usage in the choice": Case(
        [text("Hi"), {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop", "usage": USAGE}]}],
        "Hi",
        finish="stop",
        usage=USAGE,
    ),
    "usage in two places: its own": Case([text("Hi", usage=USAGE, x_groq={"usage": {}})], content="Hi", usage=USAGE),
    "x_groq that is no object": Case([text("Hi", x_groq="r")], content="Hi"),
    "usage that is no object": Case([text("Hi", usage=3)], content="Hi"),
    "llama.cpp: timings": Case([text("Hi"), chunk(finish="stop", timings={"predicted_n": 2})], "Hi", finish="stop"),
    "logprobs": Case(
        [
            {
                "choices": [
                    {
                        "index": 0,
                        "delta": {"content": "Hi"},
                        "logprobs": {"content": [{"token": "Hi", "logprob": -0.1}]},
                    }
                ]
            }
        ],
        "Hi",
    ),
    "Azure: the filter's chunk before the answer": Case(
        [
            {"id": "", "object": "", "model": "", "choices": [], "prompt_filter_results": [{"prompt_index": 0}]},
            text("Hi"),
        ],
        "Hi",
    ),
    "Azure: the filter's chunk after the answer": Case(
        [
            text("Hi"),
            chunk(finish="stop"),
            {"choices": [{"index": 0, "content_filter_offsets": {"end_offset": 2}, "delta": {}}]},
        ],
        "Hi",
        finish="stop",
    ),
    "deltas after the finish reason are kept": Case(
        [text("Hi"), chunk(finish="stop"), text(" you")], "Hi you", finish="stop"
    ),
    "two finish reasons: the last one": Case(
        [text("Hi"), chunk(finish="stop"), chunk(finish="length")], "Hi", finish="length"
    ),
    "fields nobody knows": Case([text("Hi", nvext={"x": 1}), chunk({"graph_data": {"sources": None}})], content="Hi"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_shape_is_read_for_what_it_says(case: Case) -> None:
    state = Reading(sse(*case.chunks, DONE)).state
    (choice,) = state["choices"]
    found = Case(case.chunks, choice["content"], choice["reasoning"], choice["refusal"], choice["finish_reason"])
    assert found._replace(usage=state["usage"]) == case
    assert (state["dialect"], state["phase"], state["error"]) == ("openai-chat", "done", None)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_shape_as_a_json_line_says_the_same_as_in_an_event(case: Case) -> None:
    lines = sse(*case.chunks).replace(b"data: ", b"").replace(b"\n\n", b"\n")
    in_lines, in_events = Reading(lines), Reading(sse(*case.chunks))
    if len(case.chunks) > 1:
        assert in_lines.transcript.framing == "jsonl"
    assert in_lines.state == in_events.state


ENDS = {
    "a finish reason and [DONE]": ([text("Hi"), chunk(finish="stop"), DONE], "done"),
    "a finish reason alone": ([text("Hi"), chunk(finish="stop")], "done"),
    "[DONE] alone": ([text("Hi"), DONE], "done"),
    "neither": ([text("Hi")], "cut"),
    "one choice of two gave none": (
        [chunk({"content": "Hi"}), chunk({"content": "Ho"}, choice=1), chunk(finish="stop")],
        "cut",
    ),
    "both choices gave one": (
        [chunk({"content": "Hi"}, finish="stop"), chunk({"content": "Ho"}, choice=1, finish="stop")],
        "done",
    ),
    "a second choice that begins when the first is finished": (
        [chunk({"content": "Hi"}, finish="stop"), chunk({"content": "Ho"}, choice=1)],
        "cut",
    ),
    "nothing but an empty list of choices": ([{"object": "chat.completion.chunk", "choices": []}], "cut"),
    "[DONE] with blanks": ([text("Hi"), " [DONE] "], "done"),
    "an error object": ([text("Hi"), {"error": {"message": "Token limit reached", "code": 500}}], "error"),
    "an error object and [DONE]": ([text("Hi"), {"error": {"message": "Token limit reached"}}, DONE], "error"),
    "an error beside empty choices": ([{"choices": [], "error": {"message": "Token limit reached"}}, DONE], "error"),
    "an error that is text": ([text("Hi"), {"error": "Token limit reached"}], "error"),
    "an error in FastAPI's words": ([text("Hi"), {"error": {"detail": "Token limit reached"}}], "error"),
    "an error after the finish reason": ([text("Hi"), chunk(finish="stop"), {"error": "Token limit reached"}], "error"),
    "an error that is null": ([text("Hi", error=None), chunk(finish="stop")], "done"),
}


@pytest.mark.parametrize(("chunks", "phase"), ENDS.values(), ids=ENDS)
def test_an_end_is_what_the_contract_says(chunks: list[Any], phase: str) -> None:
    reading = Reading(sse(*chunks))
    assert reading.state["phase"] == phase
    assert reading.state["error"] == ("Token limit reached" if phase == "error" else None)
    assert reading.events[-1]["type"] == f"stage.{phase}"


def test_an_error_that_only_llama_cpp_writes_as_a_field_is_an_error() -> None:
    state = Reading(sse(text("Hi")) + b'error: {"code": 500, "message": "Failed to parse input"}\n\n').state
    assert (state["phase"], state["error"]) == ("error", "Failed to parse input")


def test_an_error_event_of_a_vendor_is_an_error_of_the_same_stage() -> None:
    state = Reading(sse(text("Hi")) + b'event: error\ndata: {"error": {"message": "no", "code": "x"}}\n\n').state
    assert (state["dialect"], state["phase"], state["error"]) == ("openai-chat", "error", "no")


PHASES: dict[str, tuple[Json | str, str]] = {
    "a role": (chunk({"role": "assistant"}), "waiting"),
    "reasoning": (chunk({"reasoning_content": "Hm."}), "text"),
    "text": (text("Hi"), "text"),
    "a call": (calls(fragment(0, "a", "f", "")), "calls"),
    "text between calls": (text(" and"), "calls"),
    "a finish reason": (chunk(finish="tool_calls"), "done"),
    "usage": ({"choices": [], "usage": USAGE}, "done"),
    "[DONE]": (DONE, "done"),
}


def test_the_phase_moves_on_as_the_chunks_come() -> None:
    reading = Reading(sse(*(each for each, _ in PHASES.values())))
    phases = [reading.states(n)[0]["phase"] for n in range(len(PHASES))]
    assert phases == [phase for _, phase in PHASES.values()]
    assert "".join(each["delta"] for each in reading.said("content.delta")) == "Hi and"


def test_choices_come_in_the_order_of_their_index_and_keep_their_own_text() -> None:
    reading = Reading(sse(chunk({"content": "b"}, choice=1), text("a"), chunk({"content": "B"}, choice=1), text("A")))
    assert [(each["index"], each["content"]) for each in reading.state["choices"]] == [(0, "aA"), (1, "bB")]


def test_several_choices_in_one_chunk_are_all_read() -> None:
    both = {"choices": [{"index": index, "delta": {"content": content}} for index, content in enumerate("ab")]}
    assert [each["content"] for each in Reading(sse(both, both)).state["choices"]] == ["aa", "bb"]


def test_calls_that_are_null_or_an_empty_list_are_no_calls() -> None:
    state = Reading(sse(chunk({"content": "Hi", "tool_calls": None}), chunk({"content": "!", "tool_calls": []}))).state
    assert (state["choices"][0]["content"], state["choices"][0]["tool_calls"]) == ("Hi!", [])
