"""Smallest streams for the rules about what leaks into texts: TC071, TC072 and TL080 to TL088."""

from __future__ import annotations

from typing import Any

from tests.dialects.reading import calls, chunk, fragment, sse, text
from tests.findings.case import Case

STOP = (chunk(finish="stop"), "[DONE]")
CALL = '<tool_call>\n{"name": "f", "arguments": {"a": 1}}\n</tool_call>'
BARE = '{"name": "f", "arguments": {"a": 1}}'
INVOKE = '<invoke name="f">\n<parameter name="a">1</parameter>\n</invoke>'
STRIPPED = 'commentary to=functions.f json{"a": 1}'
TOOLS: dict[str, Any] = {"f": {"type": "object", "properties": {"a": {"type": "integer"}}}}


def told(*pieces: str) -> bytes:
    return sse(*map(text, pieces), *STOP)


def thought(content: str) -> bytes:
    return sse(chunk({"reasoning_content": content}), text("Hi"), *STOP)


def called(content: str) -> bytes:
    """The same call by the server beside the content."""
    return sse(text(content), calls(fragment(0, "a", "f", '{"a": 1}')), chunk(finish="tool_calls"), "[DONE]")


def plain(content: str, *made: tuple[str, str]) -> dict[str, Any]:
    functions = [{"id": "a", "type": "function", "function": {"name": n, "arguments": a}} for n, a in made]
    message = {"role": "assistant", "content": content, "tool_calls": functions}
    return {"object": "chat.completion", "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}


CASES: dict[str, Case] = {
    "TC071": Case(
        fires=thought(f"Let me see. {CALL}"),
        quiet=thought("I write <tool_call> and then the name."),
        at='<tool_call>\\n{\\"name\\": \\"f\\", \\"arguments\\": {\\"a\\": 1}}\\n</tool_call>',
    ),
    "TC072": Case(
        fires=told("<think>", "\nWell.", "</think>", "\n\nHi"),
        quiet=told("Put it between <think> and </think> tags."),
        at="<think>",
    ),
    "TL080": Case(
        fires=told("I look. ", CALL[:6], CALL[6:]),
        quiet=told(f"Write `{CALL[:11]}`, or\n```\n{CALL}\n```"),
        at="<tool_",
    ),
    "TL081": Case(
        fires=told("I look. ", STRIPPED),
        quiet=told("Its name is functions.f, with json."),
        at='to=functions.f json{\\"a\\": 1}',
        tools=TOOLS,
    ),
    "TL082": Case(
        fires=told(BARE[:9], BARE[9:]), quiet=told(BARE.replace('"f"', '"g"')), at='{\\"name\\": ', tools=TOOLS
    ),
    "TL083": Case(fires=called("I look.\n</tool_call>"), quiet=called("I look."), at="</tool_call>"),
    "TL084": Case(
        fires=told(f"I look.\n{INVOKE}"),
        quiet=told(f"Claude writes `<invoke name=` so:\n```xml\n{INVOKE}\n```"),
        at='<invoke name=\\"f\\">\\n<parameter name=\\"a\\">1</parameter>\\n</invoke>',
    ),
    "TL085": Case(
        fires=told("It is 7.", "<|im_end|>", "\n"),
        quiet=told("A turn ends with `<|im_end|>`, others with <|eot_id|> or so."),
        at="<|im_end|>",
    ),
}

CASES |= {
    "TL086": Case(
        fires=told("I look."),
        quiet=sse(text("I look."), calls(fragment(0, "a", "f", '{"a": 1}')), chunk(finish="tool_calls"), "[DONE]"),
        at='"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]',
        replay=plain("I look.", ("f", '{"a":1}')),
    ),
    "TL087": Case(
        fires=told("The ", "quick jumps."),
        quiet=told("The quick fox runs."),
        at="jumps.",
        replay=plain("The quick fox jumps."),
    ),
    "TL088": Case(fires=told(BARE[:9], BARE[9:]), quiet=told(f"Like so: {BARE}"), at='{\\"name\\": '),
}

# Errors over real streams that are right, by code and file, each with what the server did.
TRUE: dict[str, dict[str, str]] = {
    "TL080": {
        "llamacpppython-tool-parallel.sse": "llama-cpp-python does not parse this model's calls: both are content",
        "llamacpppython-tool-preamble.sse": "the same, after a sentence",
        "llamacpppython-error-no-messages.sse": "the same; the model calls a tool that no request offered",
    },
    "TL085": {
        "vllm-chat-trace-propagation-stream-*": "a tiny model without a stop token: it wrote <|im_end|> and went on",
    },
}
