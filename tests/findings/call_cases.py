"""Smallest streams for the rules about the fragments of calls, TC001 to TC024, and about their results."""

from __future__ import annotations

from typing import Any

from tests.dialects.reading import calls, chunk, fragment, named, sse
from tests.findings.case import Case

CALLED = (chunk(finish="tool_calls"), "[DONE]")
A = fragment(0, "a", "f", "{}")
NUMBERLESS = fragment(None, "a", "f", "{}")
CUSTOM = {"index": 0, "id": "a", "type": "custom", "custom": {"name": "run", "input": "ls"}}
MORE = calls(fragment(0, arguments="}"))


def called(*fragments: dict[str, Any], **more: Any) -> bytes:
    """An answer with each fragment in a chunk of its own."""
    return sse(*(calls(each, **more) for each in fragments), *CALLED)


def begun(*later: dict[str, Any]) -> bytes:
    """A call whose name and id are there, and later fragments of it."""
    return called(fragment(0, "a", "f", "{"), *later)


def nulled(**function: str) -> dict[str, Any]:
    return {"index": 0, "id": None, "function": function}


def staged(results: Any, *fragments: dict[str, Any]) -> bytes:
    """A stage server's: calls, the summary of results, and its end; no frame has an id."""
    made = ("", "tool_completion_chunk", {"stage_id": "S", "tool_results": calls(*fragments)})
    said = ("", "tool_summary", {"stage_id": "S", "tool_summary": results})
    return named(made, said, ("", "done", {"stage_id": "S"}))


def model(name: str, call_id: str) -> bytes:
    return called(fragment(0, call_id, "f", "{}"), model=name)


CASES: dict[str, Case] = {
    "TC001": Case(
        fires=called(fragment(None, "a", "f", "{}")),
        quiet=called(A),
        at='{"id": "a", "function": {"name": "f", "arguments": "{}"}}',
    ),
    "TC002": Case(
        fires=called(A, fragment(0, "b", "f", "{}")),
        quiet=called(A, fragment(1, "b", "f", "{}")),
        at='"index": 0',
    ),
    "TC003": Case(fires=called(fragment(1, "a", "f", "{}")), quiet=called(A), at='"index": 1'),
    "TC004": Case(
        fires=called(fragment(0, None, "f", "{}")),
        quiet=called(fragment(0, None, "f", "{}"), fragment(0, "a")),
        at='{"index": 0, "function": {"name": "f", "arguments": "{}"}}',
    ),
    "TC005": Case(fires=begun(fragment(0, "", None, "}")), quiet=begun(fragment(0, None, None, "}")), at='"id": ""'),
    "TC006": Case(
        fires=begun(nulled(arguments="}")),
        quiet=begun(fragment(0, None, None, "}")),
        at='"id": null',
    ),
    "TC007": Case(
        fires=begun(fragment(0, "a", None, "}")),
        quiet=begun(fragment(0, None, None, "}", type="function"), fragment(1, "b", "f", "{}")),
        at='"id": "a"',
    ),
    "TC008": Case(fires=begun(fragment(0, "b", None, "}")), quiet=begun(fragment(0, "a", None, "}")), at='"id": "b"'),
    "TC009": Case(
        fires=called(A, fragment(1, "a", "f", "{}")), quiet=called(A, fragment(1, "b", "f", "{}")), at='"id": "a"'
    ),
    "TC010": Case(
        fires=model("mistral-large-latest", "call_12345"),
        quiet=model("mistral-large-latest", "gSIMJiOkT"),
        at='"id": "call_12345"',
    ),
    "TC020": Case(
        fires=begun(fragment(0, None, "f", "}")),
        quiet=called(fragment(0, "a", "read_"), fragment(0, None, "file"), fragment(0, arguments="{}")),
        at='"name": "f"',
    ),
    "TC021": Case(
        fires=called(fragment(0, "a", "", "{"), fragment(0, None, "f", "}")),
        quiet=called(fragment(0, "a", "f", "{"), fragment(0, None, None, "}")),
        at='"name": "f"',
    ),
    "TC022": Case(
        fires=called(fragment(0, "a", None, "{}")),
        quiet=sse(calls(fragment(0, "a", None, "{"))),  # what was cut may still have had one
        at='"function": {"arguments": "{}"}',
    ),
    "TC023": Case(
        fires=called(fragment(0, "a", "f<|channel|>commentary", "{}")),
        quiet=called(fragment(0, "a", "server.ns/read-file:v1", "{}")),
        at='"name": "f<|channel|>commentary"',
    ),
    "TC024": Case(
        fires=called(fragment(0, "a", "g", "{}")), quiet=called(A), at='"name": "g"', tools={"f": {"type": "object"}}
    ),
    "TC073": Case(
        fires=staged({"a": "17", "b": "18"}, A),
        quiet=staged({"a": "17"}, A),
        at='"b"',
    ),
    "TC074": Case(
        fires=staged({"b": "17"}, A, fragment(1, "b", "f", "{}")),
        quiet=staged({"a": "17", "b": "18"}, A, fragment(1, "b", "f", "{}")),
        at=str(A).replace("'", '"'),
    ),
}

# More streams for some of them: what each rule must find there as well, or, in the second table, must not.
ALSO: dict[str, tuple[str, bytes]] = {
    "another name after whole arguments": ("TC002", called(A, fragment(0, None, "g", "{}"))),
    "an index left out": ("TC003", called(A, fragment(2, "b", "f", "{}"))),
    "indices that go down": ("TC003", called(A, fragment(1, "b", "f", "{}"), fragment(-1, "c", "f", "{}"))),
    "an empty name": ("TC005", begun(fragment(0, None, "", "}"))),
    "a null name": ("TC006", begun(fragment(0, function={"name": None, "arguments": "}"}))),
    "the id of a call before, at another index": ("TC009", sse(calls(A, fragment(1, "a", "g", "{}")), *CALLED)),
    "a type again": (
        "TC007",
        called(fragment(0, "a", "f", "{", type="function"), fragment(0, None, None, "}", type="function")),
    ),
    "an id of OpenAI's form for Kimi K2": ("TC010", model("moonshotai/Kimi-K2-Instruct", "call_1")),
    "an id of Cohere's in two turns of one stage": (
        "TC010",
        named(
            ("", "tool_completion_chunk", {"stage_id": "S", "tool_results": calls(A, model="command-a-03-2025")}),
            ("", "tool_summary", {"stage_id": "S", "tool_summary": {"a": "17"}}),
            ("", "tool_completion_chunk", {"stage_id": "S", "tool_results": calls(A, model="command-a-03-2025")}),
            ("", "done", {"stage_id": "S"}),
        ),
    ),
    "the name again after the arguments": ("TC020", called(A, fragment(0, None, "f"))),
    "another name under the same id, without an index": ("TC020", called(NUMBERLESS, fragment(None, "a", "g", "{"))),
    "another name under the same id and index": ("TC020", called(A, fragment(0, "a", "g", "{}"))),
    "another name after half the arguments": ("TC020", begun(fragment(0, None, "g", "}"))),
    "two names in one chunk": ("TC020", sse(calls(NUMBERLESS, fragment(None, "a", "g", "{}")), *CALLED)),
    "a name in square brackets": ("TC023", called(fragment(0, "a", "[TOOL_CALLS]f", "{}"))),
    "two words for a name": ("TC023", called(fragment(0, "a", "read file", "{}"))),
    "Kimi's id for a name": ("TC023", called(fragment(0, "a", "functions.f:0", "{}"))),
    "an empty map of results for a call that is not whole": ("TC074", staged({}, fragment(0, "a", "f", '{"b'))),
    "one result for two calls of one id": ("TC074", staged({"a": "17"}, A, fragment(1, "a", "f", "{}"))),
    "a result where no call is": ("TC073", staged({"chunk-1": "17"})),
    "one result that names no call, and no call": ("TC073", staged("17")),
}
NOT: dict[str, tuple[str, bytes]] = {
    "another id at another index": ("TC002", called(A, fragment(1, "b", "f", "{}"))),
    "two calls of one index are the other rule's": ("TC003", called(A, fragment(0, "b", "f", "{}"))),
    "the older field has no ids": ("TC004", sse(chunk({"function_call": {"name": "f", "arguments": "{}"}}), *CALLED)),
    "a first fragment with an empty id": ("TC005", called(fragment(0, "", "f", "{}"))),
    "a first fragment with an id of null": (
        "TC006",
        called(nulled(name="f", arguments="{}")),
    ),
    "the ids of the next answer": ("TC009", called(A, id="1") + called(A, id="2")),
    "Kimi K2's own form": ("TC010", model("moonshotai/Kimi-K2-Instruct", "functions.get_weather:0")),
    "Kimi K2's form at Moonshot": ("TC010", model("kimi-k2-0711-preview", "get_weather:0")),
    "any id of another model": ("TC010", model("gpt-4o", "call_12345")),
    "a call without a name where the server broke off with an error": (
        "TC022",
        sse(calls(fragment(0, "a", None, "{")), {"error": {"message": "no"}}),
    ),
    "a dot, as MCP and Gemini allow it": ("TC023", called(fragment(0, "a", "math.add", "{}"))),
    "a call of a custom tool": ("TC022", called(CUSTOM)),
    "a name in pieces": ("TC023", called(fragment(0, "a", "read_"), fragment(0, None, "file", "{}"))),
    "a call whose tools never ran": (
        "TC074",
        named(
            ("", "tool_completion_chunk", {"stage_id": "S", "tool_results": calls(A)}), ("", "done", {"stage_id": "S"})
        ),
    ),
    "whole calls, and no result at all": ("TC074", staged({}, A)),  # that is TC090, calls-lost-by-server
    "one result that names no call": ("TC073", staged("17", A)),
    "a result that may be for any call": ("TC074", staged("17", A)),
    "a call without an id, which the result may be for": ("TC073", staged({"b": "17"}, fragment(0, None, "f", "{}"))),
}

# Errors that these rules raise over real streams (`*` for any text in a name), and why each is a true one.
TRUE: dict[str, dict[str, str]] = {
    "TC009": {"ta-tool-same-id.sse": "the scripted model gives both of its calls one id"},
    "TC020": {"llamacpppython-tool-named.sse": "llama-cpp-python names the call in every fragment"},
}

# A real stream for each rule that one is known for, and how often the defect is in it.
REAL: dict[str, tuple[str, int]] = {
    "TC002": ("corpus/github-copilot-chat-multiple-tool-calls.sse", 1),
    "TC005": ("corpus/alibaba-chat-tool-call.jsonl", 3),
    "TC006": ("corpus/writer-chat-async-streaming-chat-tool-call-request-legacy.sse", 2),
    "TC007": ("captures/llamacpppython-tool-named.sse", 20),
    "TC009": ("stages/ta-tool-same-id.sse", 1),
    "TC020": ("captures/llamacpppython-tool-named.sse", 20),
    "TC073": ("stages/ta-tool-qwen.sse", 1),
    "TC074": ("stages/ta-tool-malformed.sse", 1),
}
