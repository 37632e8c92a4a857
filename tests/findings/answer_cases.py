"""Smallest streams for the rules about answers: their ends, deltas and servers, TC050 to TC070 and from TC090."""

from __future__ import annotations

import json
from collections.abc import Sequence

from inspector.asides import ExchangeBegan
from tests.dialects.reading import Json, calls, chunk, fragment, named, sse, text
from tests.findings.case import Case

CALL = calls(fragment(0, "a", "f", '{"b": 1}'))
HI = text("Hi")
STOP = (chunk(finish="stop"), "[DONE]")
CALLED = (chunk(finish="tool_calls"), "[DONE]")
QUIET = sse(HI, *STOP)


def asked(**body: Json | int) -> ExchangeBegan:
    return ExchangeBegan(0, "POST", "http://127.0.0.1/v1/chat/completions", (), {"messages": [], **body})


def staged(*payloads: Json, summary: Json | None = None, after: Sequence[Json] = ()) -> bytes:
    """What a stage server makes of these chunks, and of those `after` the tools, to its `done`."""
    told = [] if summary is None else [("0", "tool_summary", {"stage_id": "x", "tool_summary": summary})]
    return named(*_told(payloads), *told, *_told(after), ("9", "done", {"stage_id": "x"}))


def _told(payloads: Sequence[Json]) -> list[tuple[str, str, Json | str]]:
    event = "tool_completion_chunk"
    return [(f"x-chunk-{n}", event, {"stage_id": "x", "chunk": each}) for n, each in enumerate(payloads)]


def agent(status: str) -> Json:
    return chunk({"role": "system", "metadata": {"status": status}})


def agent_says(*words: tuple[str, str | None]) -> bytes:
    """An agent server's text in chunks, each with its finish reason."""
    return sse(*(chunk({"content": said}, finish=finish, object="thread.message.delta") for said, finish in words))


def usage(tokens: int) -> Json:
    return {"choices": [], "usage": {"completion_tokens": tokens}}


BLANK = text("\n\n")
BOTH = {"content": "Hi", "tool_calls": [fragment(0, "a", "f", "{}")]}
CALLED_IN_STAGE = chunk(finish="tool_calls")

CASES: dict[str, Case] = {
    "TC050": Case(fires=sse(CALL, *STOP), quiet=sse(CALL, *CALLED), at='"finish_reason": "stop"'),
    "TC051": Case(fires=sse(HI, "[DONE]"), quiet=QUIET, at="[DONE]"),
    "TC052": Case(fires=sse(HI, chunk(finish="stop"), *STOP), quiet=QUIET, at='"finish_reason": "stop"'),
    "TC053": Case(fires=sse(text("Hi", finish="stop"), "[DONE]"), quiet=QUIET, at='"content": "Hi"'),
    "TC054": Case(fires=sse(HI, chunk(finish="stop"), text("!"), "[DONE]"), quiet=QUIET, at='"content": "!"'),
    "TC055": Case(
        fires=sse(chunk(), chunk(finish="stop"), usage(40), "[DONE]"),
        quiet=sse(chunk(), chunk(finish="stop"), usage(1), "[DONE]"),
        at='"completion_tokens": 40',
    ),
    "TC060": Case(
        fires=sse(HI, {"choices": [{"index": 0, "delta": None, "finish_reason": "stop"}]}, "[DONE]"),
        quiet=QUIET,
        at='"delta": null',
    ),
    "TC061": Case(
        fires=sse(chunk({"content": "Hi", "tool_calls": []}), *STOP),
        quiet=sse(chunk({"content": "", "tool_calls": []}), HI, *STOP),
        at='"tool_calls": []',
    ),
    "TC062": Case(
        fires=sse(HI, chunk(finish="stop"), usage(1), "[DONE]"),
        quiet=sse(HI, chunk(finish="stop", usage={"completion_tokens": 1}), "[DONE]"),
        at='"choices": []',
    ),
    "TC063": Case(
        fires=sse(chunk({"role": "assistant", "content": None}), CALL, *CALLED),
        quiet=sse(chunk({"role": "assistant", "content": ""}), HI, CALL, *CALLED),
        at='"content": null',
    ),
    "TC064": Case(fires=sse(BLANK, CALL, *CALLED), quiet=sse(text("Hi\n\n"), CALL, *CALLED), at=json.dumps(BLANK)),
    "TC065": Case(fires=sse(chunk(BOTH), *CALLED), quiet=sse(HI, CALL, *CALLED), at=f'"delta": {json.dumps(BOTH)}'),
    "TC066": Case(
        fires=sse(HI, chunk({"content": "!"}, choice=1), *STOP),
        quiet=sse(HI, chunk({"content": "!"}, choice=1), *STOP),
        at='"index": 1',
        asides=(asked(n=1),),
        quiet_asides=(asked(n=2),),
    ),
    "TC067": Case(
        fires=sse(text("H", id="a"), text("i", id="b"), *STOP),
        quiet=sse(text("", id=""), text("H", id="a"), text("i", id="a"), *STOP),
        at='"id": "b"',
    ),
    "TC068": Case(
        fires=sse(chunk({"role": "assistant", "content": "H"}), chunk({"role": "assistant", "content": "i"}), *STOP),
        quiet=sse(chunk({"role": "assistant", "content": "H"}), text("i"), *STOP),
        at='"role": "assistant"',
    ),
    "TC069": Case(
        fires=sse(calls(fragment(0, "a", "f", "{}", extra_content={"google": 1})), *CALLED),
        quiet=sse(chunk({"content": "", "reasoning_details": [{"data": "x"}]}), HI, *STOP),
        at='"extra_content": {"google": 1}',
    ),
    "TC070": Case(
        fires=sse(chunk({"reasoning": "Hm"}), HI, *STOP),
        quiet=sse(text([{"type": "thinking", "thinking": "Hm"}]), HI, *STOP),
        at='"reasoning": "Hm"',
    ),
    "TC090": Case(
        fires=staged(CALL, CALLED_IN_STAGE, summary={}),
        quiet=staged(CALL, CALLED_IN_STAGE, summary={"a": "17 degrees"}),
        at='"tool_summary": {}',
    ),
    "TC091": Case(fires=staged(HI), quiet=staged(HI, chunk(finish="stop")), at='{"stage_id": "x"}'),
    "TC092": Case(
        fires=sse(agent("tool_call_detected"), agent("tools_executed"), HI, chunk(finish="stop")),
        quiet=sse(agent("starting_generation"), HI, chunk(finish="stop")),
        at="tools_executed",
    ),
    "TC093": Case(
        fires=staged(CALL, CALLED_IN_STAGE, summary={"a": "[Tool Error] no such city"}),
        quiet=staged(CALL, CALLED_IN_STAGE, summary={"a": "Errors are rare in Oslo."}),
        at='"a": "[Tool Error] no such city"',
    ),
    "TC094": Case(
        fires=sse(calls(fragment(0, "a", "f", "{")), calls(fragment(0, arguments="}")), *CALLED),
        quiet=sse(calls(fragment(0, "a", "f", "")), calls(fragment(0, arguments="{}")), *CALLED),
        at='"function": {"name": "f", "arguments": "{"}',
    ),
    "TC095": Case(
        fires=sse(calls(fragment(0, "a", "f", "{}")), *CALLED),
        quiet=sse(calls(fragment(0, "a", "f", "")), calls(fragment(0, arguments="{}")), *CALLED),
        at='{"index": 0, "id": "a", "function": {"name": "f", "arguments": "{}"}}',
    ),
    "TC096": Case(
        fires=agent_says(("So far", None), ("An unexpected error came. Please try again.", "stop")),
        quiet=agent_says(("I had an error. Please try again.", None), ("", "stop")),
        at='"content": "An unexpected error came. Please try again."',
    ),
    "TC097": Case(
        fires=sse(chunk(), chunk(finish="stop"), "[DONE]"),
        quiet=sse(chunk(), chunk(finish="stop"), usage(40), "[DONE]"),
        at='"finish_reason": "stop"',
    ),
}

# Errors that these rules raise over real streams (`*` for any text in a name), and why each is a true one.
TRUE: dict[str, dict[str, str]] = {
    "TC050": {
        "openai-chat-fixtures-streaming.sse": "OpenAI, with a tool_choice that names the function: stop by contract",
        "openai-chat-tool-openai-gpt-4o-completions*.sse": "OpenAI, with a tool_choice that names the function",
    },
    "TC051": {"snowflake-chat-thinking-streaming.sse": "Snowflake sends no finish reason, whatever was asked"},
    "TC055": {
        "transformers-tool-cut-by-max-tokens.sse": "the limit cut the call, and the server drops what it has of it"
    },
    "TC090": {
        "ta-session-*.sse": "OpenAI's shape of calls, which the server's accumulator does not understand",
        "ta-synth-fragments.sse": "OpenAI's shape of calls",
        "ta-tool-llamacpp-fragments.sse": "OpenAI's shape of calls",
        "ta-tool-one-dribble.sse": "OpenAI's shape of calls",
        "ta-tool-parallel-ids-first.sse": "OpenAI's shape of calls",
        "ta-tool-parallel-real.sse": "OpenAI's shape of calls",
        "ta-tool-same-id.sse": "two calls with one id: neither is run",
        "ta-tool-unknown.sse": "a tool that the server does not have, and it does not say so",
    },
}
