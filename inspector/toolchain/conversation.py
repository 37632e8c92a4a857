"""What is sent: the body of each request, and the messages that a model's calls and their results become.

As OpenAI's API reference has them ("Create chat completion"). Knows no server and no stage.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from inspector.completion import Completion
from inspector.events import JsonObject
from inspector.json_value import load_json
from inspector.tool_formats.tool_format import Recovered
from inspector.toolchain.options import ChatOptions

_CHOICES = ("auto", "none", "required")
# What some servers refuse to go on without: DeepSeek and Moonshot the thoughts that led to a call, OpenRouter its
# sealed form of them, Gemini the signature in `extra_content` (which stands at the calls as well).
_SENT_BACK = ("reasoning_content", "reasoning_details", "extra_content")
_OF_CALLS = frozenset({"index", "id", "type", "function"})


class ToolCall(NamedTuple):
    """A call as it is sent back and answered; `arguments` is text, whatever it is worth."""

    id: str
    name: str
    arguments: str


class Mended(NamedTuple):
    """What had to be put right in a call before it could be sent back; `was` is what the wire had, `None` nothing."""

    call: int
    what: Literal["id", "arguments"]
    was: str | None
    now: str


class Answer(NamedTuple):
    """The assistant's message of one turn, and the calls in it, in order."""

    message: JsonObject
    calls: tuple[ToolCall, ...]
    mended: tuple[Mended, ...] = ()


def request_body(options: ChatOptions, messages: Sequence[JsonObject], depth: int) -> JsonObject:
    """The body of request `depth` of a run, counted from 0; those after the first are the synthesis."""
    body: JsonObject = {"model": options.model, "messages": list(messages), "stream": True}
    if options.include_usage:
        body["stream_options"] = {"include_usage": True}
    body |= {"max_tokens": options.max_tokens, "temperature": options.temperature}
    if depth:
        later = {"max_tokens": options.synthesis_max_tokens, "temperature": options.synthesis_temperature}
        body |= {key: value for key, value in later.items() if value is not None}
    if options.tools:  # without them servers refuse what is about them
        body["tools"] = [spec.as_openai() for spec in options.tools]
        body["tool_choice"] = _tool_choice(options.tool_choice, depth)
        body["parallel_tool_calls"] = options.parallel_tool_calls
    return _sendable(_merged({key: value for key, value in body.items() if value is not None}, options.params))


def assistant_message(completion: Completion, *, place: int) -> Answer:
    """The message of the first choice as the next request has it, `place` messages being before it.

    Every call in it has an id of its own.
    """
    said = _first_message(completion)
    fragments = said.get("tool_calls") or _older_call(said)
    calls, mended = _identified(fragments, place)
    message: JsonObject = {"role": "assistant", "content": said.get("content")}
    if not calls:
        message["content"] = message["content"] or ""  # only calls may stand in its place
        return Answer(message | {key: said[key] for key in ("refusal",) if said.get(key)}, ())
    message["content"] = message["content"] or None
    message |= {key: said[key] for key in _SENT_BACK if said.get(key)}
    extras = [{key: value for key, value in each.items() if key not in _OF_CALLS} for each in fragments]
    listed = [_listed(call) for call in calls]
    message["tool_calls"] = [call | extra for call, extra in zip(listed, extras, strict=True)]
    return Answer(message, tuple(calls), (*mended, *_unreadable(calls)))


def recovered_message(found: Sequence[Recovered], *, place: int) -> Answer:
    """The message of a turn whose text was calls: they stand in `tool_calls`, as if the server had read them."""
    calls = tuple(ToolCall(made_id(place, n, ()), each.name, each.arguments) for n, each in enumerate(found))
    listed = [_listed(call) for call in calls]
    return Answer({"role": "assistant", "content": None, "tool_calls": listed}, calls)


def tool_message(call_id: str, content: str) -> JsonObject:
    return {"role": "tool", "tool_call_id": call_id, "content": content}


def made_id(place: int, number: int, taken: Collection[str]) -> str:
    """An id of our own: `call_1_0` is the first call of the answer that comes after one message."""
    made = f"call_{place}_{number}"
    while made in taken:
        made += "_"
    return made


def text_of(completion: Completion) -> str:
    """The content of the first choice."""
    content = _first_message(completion).get("content")
    return content if isinstance(content, str) else ""


def _first_message(completion: Completion) -> JsonObject:
    choices = completion.body["choices"]
    first = next((choice for choice in choices if choice["index"] == 0), choices[0])
    message: JsonObject = first["message"]
    return message


def _older_call(said: JsonObject) -> list[JsonObject]:
    """The call of a server that knows only the field of before there were lists of calls."""
    return [{"function": said["function_call"]}] if said.get("function_call") else []


def _identified(fragments: Sequence[JsonObject], place: int) -> tuple[list[ToolCall], list[Mended]]:
    taken = {each["id"] for each in fragments if each.get("id")}
    seen: set[str] = set()
    calls, mended = [], []
    for number, each in enumerate(fragments):
        was = each.get("id") or None
        call_id = was if was and was not in seen else made_id(place, number, taken)
        if call_id != was:
            mended.append(Mended(number, "id", was, call_id))
            taken.add(call_id)
        seen.add(call_id)
        function = each["function"]
        calls.append(ToolCall(call_id, function.get("name") or "", function.get("arguments") or "{}"))
    return calls, mended


def _listed(call: ToolCall) -> JsonObject:
    function = {"name": call.name, "arguments": _as_json(call.arguments)}
    return {"id": call.id, "type": "function", "function": function}


def _unreadable(calls: Iterable[ToolCall]) -> Iterator[Mended]:
    for number, call in enumerate(calls):
        if (now := _as_json(call.arguments)) != call.arguments:
            yield Mended(number, "arguments", call.arguments, now)


def _as_json(arguments: str) -> str:
    """The arguments, or what is not JSON as text in an object: llama.cpp refuses a request that has it otherwise.

    It answers 500, "Failed to parse tool call arguments as JSON" (b0, `tests/live/test_real_server.py`).
    """
    try:
        load_json(arguments)
    except ValueError:
        return json.dumps({"not_json": arguments})
    return arguments


def _tool_choice(given: str | None, depth: int) -> Any:
    if given is None or given in ("auto", "none"):
        return given
    if depth:  # forced again, the model could never answer
        return "auto"
    return given if given in _CHOICES else {"type": "function", "function": {"name": given}}


def _merged(body: JsonObject, params: JsonObject) -> JsonObject:
    """The body with the user's own fields in it; objects are merged, everything else is replaced."""
    return body | {key: _value(body.get(key), value) for key, value in params.items()}


def _value(was: Any, given: Any) -> Any:
    return _merged(was, given) if isinstance(was, dict) and isinstance(given, dict) else given


def _sendable(body: JsonObject) -> JsonObject:
    """The body with U+FFFD for lone surrogates, and null for NaN and infinity: a request has no form for these."""
    try:
        json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
    except ValueError:
        text = json.dumps(body, ensure_ascii=False).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        cleaned: JsonObject = json.loads(text, parse_constant=lambda _: None)
        return cleaned
    return body
