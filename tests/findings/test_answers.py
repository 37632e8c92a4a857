"""Where the rules about answers are narrow, and what else they see; the rest of them stands in `answer_cases`."""

from __future__ import annotations

import pytest

from inspector.asides import Aside
from inspector.findings.registry import RULES, named
from tests.dialects.reading import Json, calls, chunk, fragment, sse, text
from tests.findings.answer_cases import CALL, CALLED, HI, STOP, agent, asked, staged, usage
from tests.findings.case import found
from tests.shared import SHARED, needs_shared

DONE = "[DONE]"
FINISH = chunk(finish="stop")
CALL_FINISH = chunk(finish="tool_calls")
SECOND = calls(fragment(1, "b", "g", "{}"))
OLD_CALL = chunk({"function_call": {"name": "f", "arguments": "{}"}})
SIGNED = chunk({"reasoning_details": [{"type": "reasoning.text", "text": "Hm", "signature": "s"}]})
PLAIN = chunk({"reasoning_details": [{"type": "reasoning.text", "text": "Hm"}]})
THOUGHT = fragment(0, "a", "f", "{}", function={"name": "f", "arguments": "{}", "thought_signature": "s"})
RESULT = {"a": "17 degrees"}


def counted(tokens: int, **details: int) -> Json:
    return {"choices": [], "usage": {"completion_tokens": tokens, "completion_tokens_details": details}}


IN_OTHER = chunk({"tool_calls": [fragment(0, "a", "f", "{}")]}, choice=1)

FIRES = {
    "TS108 inside the first event": sse(HI)[:40],
    "TS108 inside the first event, after a comment": b": ping\n\n" + sse(HI)[:-1],
    "TC050 at end_turn": sse(CALL, chunk(finish="end_turn"), DONE),
    "TC050 for the older field of a call": sse(OLD_CALL, *STOP),
    "TC051 with half a call": sse(calls(fragment(0, "a", "f", "{")), DONE),
    "TC054 for a call after the finish reason": sse(HI, FINISH, CALL, DONE),
    "TC055 with the usage beside the finish reason": sse(chunk(), chunk(finish="stop", usage=usage(40)["usage"]), DONE),
    "TC060 where the delta is absent": sse(HI, {"choices": [{"index": 0, "finish_reason": "stop"}]}, DONE),
    "TC060 in the only chunk": sse(HI, {"choices": [{"index": 1, "delta": None}]}, *STOP),
    "TC062 without usage": sse({"choices": [], "object": "chat.completion.chunk"}, HI, *STOP),
    "TC063 for an empty string beside the call": sse(
        chunk({"content": "", "tool_calls": [fragment(0, "a", "f", "{}")]}), *CALLED
    ),
    "TC064 between two calls": sse(HI, CALL, text("\n"), SECOND, *CALLED),
    "TC064 after the last call": sse(CALL, text("\n"), *CALLED),
    "TC066 where no choice is number 0": sse(chunk({"content": "Hi"}, choice=1), DONE),
    "TC066 for calls in another choice, and one end": sse(HI, IN_OTHER, FINISH, DONE),
    "TC067 where the model changes": sse(text("H", model="a"), text("i", model="b"), *STOP),
    "TC068 where the role is null": sse(chunk({"role": None, "content": "Hi"}), *STOP),
    "TC069 for signed reasoning of a turn with calls": sse(HI, SIGNED, CALL, *CALLED),
    "TC069 for a signature in the function": sse(calls(THOUGHT), *CALLED),
    "TC070 for both names": sse(chunk({"reasoning": "Hm", "reasoning_content": "Hm"}), HI, *STOP),
    "TC070 after other chunks": sse(chunk({"role": "assistant"}), chunk({"reasoning_content": "Hm"}), HI, *STOP),
    "TC091 at the limit of tokens": staged(HI, chunk(finish="length")),
    "TC091 with nothing before it": staged(),
    "TC091 where the answer is empty": staged(chunk({"role": "assistant"}), FINISH),
}

QUIET = {
    "TS108 where the empty line after the last event is missing": sse(HI, *STOP)[:-1],
    "TS108 where nothing but its end came": b"data: [DONE]\n",
    "TS108 where another event came whole": b"data: 1\n\ndata: 2\n",
    "TC050 where the calls were of the turn before": staged(CALL, CALL_FINISH, summary=RESULT, after=(HI, FINISH)),
    "TC050 where only a status tells of calls": sse(agent("tool_call_detected"), agent("tools_executed"), HI, FINISH),
    "TC051 after an error": sse(HI, {"error": {"message": "oh"}}, DONE),
    "TC051 where no choice came": sse({"choices": [], "object": "chat.completion.chunk"}, DONE),
    "TC052 for one of each choice": sse(HI, chunk({"content": "!"}, choice=1), FINISH, chunk(choice=1, finish="stop")),
    "TC054 for empty deltas and usage": sse(HI, FINISH, chunk({"content": ""}), usage(1), DONE),
    "TC054 for another choice": sse(HI, chunk({"content": "!"}, choice=1), FINISH, chunk({"content": "?"}, choice=1)),
    "TC055 where reasoning is kept back": sse(chunk(), FINISH, counted(40, reasoning_tokens=40), DONE),
    "TC055 at a filter": sse(chunk(), chunk(finish="content_filter"), usage(40), DONE),
    "TC055 where sound came": sse(chunk({"audio": {"data": "x"}}), FINISH, usage(40), DONE),
    "TC055 where a refusal came": sse(chunk({"refusal": "No."}), FINISH, usage(40), DONE),
    "TC097 at a filter": sse(chunk(), chunk(finish="content_filter"), DONE),
    "TC097 where a call came": sse(CALL, FINISH, DONE),
    "TC097 where thoughts came": sse(chunk({"reasoning_content": "Hm."}), FINISH, DONE),
    "TC097 where sound came": sse(chunk({"audio": {"data": "x"}}), FINISH, DONE),
    "TC097 for a text that is completed": sse({"choices": [{"index": 0, "text": "Hi"}]}, FINISH, DONE),
    "TC097 in a stage": staged(chunk(), FINISH),
    "TC060 for what was not streamed": sse({"choices": [{"index": 0, "message": {"content": "Hi"}}]}),
    "TC062 beside an error": sse(HI, {"choices": [], "error": {"message": "oh"}}),
    "TC063 without a call": sse(chunk({"role": "assistant", "content": ""}), HI, *STOP),
    "TC064 for blanks in a text": sse(HI, text("\n\n"), text("there"), CALL, *CALLED),
    "TC064 without a call": sse(text("\n\n"), *STOP),
    "TC066 without the request": sse(HI, chunk({"content": "!"}, choice=1), *STOP),
    "TC066 for two answers, one with a call": sse(HI, IN_OTHER, FINISH, chunk(choice=1, finish="tool_calls"), DONE),
    "TC066 where the stream is cut": sse(HI, IN_OTHER, FINISH),
    "TC067 for another answer": staged(CALL | {"id": "a"}, CALL_FINISH, summary=RESULT, after=(HI | {"id": "b"},)),
    "TC067 where it was empty before": sse(text("H", id="", model=""), text("i", id="a", model="m"), *STOP),
    "TC069 for reasoning that is only text": sse(PLAIN, CALL, *CALLED),
    "TC069 without a call": sse(SIGNED, HI, *STOP),
    "TC090 where the call is cut": staged(calls(fragment(0, "a", "f", "{")), CALL_FINISH, summary={}),
    "TC090 where no call came": staged(HI, FINISH, summary={}),
    "TC091 for what follows the tools": staged(CALL, CALL_FINISH, summary=RESULT, after=(HI,)),
    "TC091 for a refusal": staged(chunk({"refusal": "No."}), FINISH),
    "TC095 for a call in pieces": sse(calls(fragment(0, "a", "f", "{")), calls(fragment(0, arguments="}")), *CALLED),
    "TC095 for a long call": sse(calls(fragment(0, "a", "f", f'{{"b": "{"x" * 200}"}}')), *CALLED),
    "TC095 for half a call": sse(calls(fragment(0, "a", "f", "{")), *CALLED),
}


def codes(stream: bytes, code: str, *asides: Aside) -> list[str]:
    return [each.code for each in found(stream, [named(code)], asides=asides)]


@pytest.mark.parametrize("what", FIRES)
def test_a_rule_also_fires(what: str) -> None:
    assert codes(FIRES[what], what[:5]) == [what[:5]]


@pytest.mark.parametrize("what", QUIET)
def test_a_rule_is_quiet(what: str) -> None:
    assert codes(QUIET[what], what[:5]) == []


def test_a_request_without_a_number_of_answers_asks_for_one() -> None:
    assert codes(sse(HI, chunk({"content": "!"}, choice=1), *STOP), "TC066", asked()) == ["TC066"]


FAILURES = (
    "[Tool Error] 2 validation errors for WeatherInput\nlatitude\n  Input should be a valid number",
    "Failed to retrieve weather data: HTTPConnectionPool(host='127.0.0.1')",
    "Error: Server error - the API is currently unavailable.",
    "Error executing tool get_weather: timeout",
    "Traceback (most recent call last):\n  ...",
    "ValueError: no such city",
)
RESULTS = ("", "17 degrees", "Error rates fell.", "It failed to rain.", '{"error": null, "sky": "grey"}', "Failed.")


@pytest.mark.parametrize("result", FAILURES)
def test_a_result_that_reads_like_a_failure_is_told(result: str) -> None:
    assert codes(staged(CALL, CALL_FINISH, summary={"a": result}), "TC093") == ["TC093"]


@pytest.mark.parametrize("result", RESULTS)
def test_a_result_that_speaks_of_failures_is_not(result: str) -> None:
    assert codes(staged(CALL, CALL_FINISH, summary={"a": result}), "TC093") == []


def test_every_result_that_reads_like_a_failure_is_one_finding() -> None:
    summary: Json = {"a": "Error: no", "b": "17 degrees", "c": "Error: no"}
    assert codes(staged(CALL, CALL_FINISH, summary=summary), "TC093") == ["TC093", "TC093"]


# One real stream for each of these rules that real servers show.
SHOWN = {
    "TC050": "corpus/openai-chat-tool-openai-gpt-4o-completions.sse",
    "TC051": "corpus/snowflake-chat-thinking-streaming.sse",
    "TC052": "corpus/openrouter-chat-openai-tool-streaming.sse",
    "TC053": "corpus/vllm-chat-trace-propagation-stream-chatopenai.sse",
    "TC055": "captures/transformers-tool-cut-by-max-tokens.sse",
    "TC061": "corpus/writer-chat-async-streaming-chat-legacy.sse",
    "TC062": "captures/llamacpp-plain.sse",
    "TC063": "captures/llamacpp-tool-auto.sse",
    "TC064": "corpus/avian-chat-kimi-tool-streaming.sse",
    "TC067": "corpus/avian-chat-kimi-tool-streaming.sse",
    "TC068": "captures/llamacpppython-tool-named.sse",
    "TC069": "corpus/openrouter-chat-gemini-tool-streaming.sse",
    "TC070": "captures/llamacpp-tool-reasoning.sse",
    "TC090": "stages/ta-tool-llamacpp-fragments.sse",
    "TC091": "stages/ta-tool-malformed.sse",
    "TC092": "stages/fx-tool-two-steps.sse",
    "TC093": "stages/ta-tool-timeout.sse",
    "TC094": "captures/llamacpp-tool-auto.sse",
    "TC095": "captures/transformers-tool-auto.sse",
}


@needs_shared
@pytest.mark.parametrize("code", SHOWN)
def test_a_real_server_shows_it(code: str) -> None:
    assert code in codes((SHARED / SHOWN[code]).read_bytes(), code)


def test_an_empty_answer_that_its_limit_cut_is_told_to_raise_it() -> None:
    whole, cut = (found(sse(chunk(), chunk(finish=finish), usage(40), DONE)) for finish in ("stop", "length"))
    (advice,) = (each.advice for each in cut if each.code == "TC055")
    assert advice.startswith("Raise `max_tokens`")
    assert [each.advice[:3] for each in whole if each.code == "TC055"] == ["Ask"]


def test_chunks_that_are_not_read_yet_get_no_rule_about_answers() -> None:
    stream = sse({"type": "message_start"}, {"type": "content_block_delta", "delta": None}, DONE)
    assert [each.code for each in found(stream, RULES) if each.code.startswith("TC")] == []
