"""OpenAI's `chat.completion.chunk` in the shapes that some forty providers and servers send.

Shapes are those of the shared corpus; https://platform.openai.com/docs/api-reference/chat-streaming is the model.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from inspector.dialects.dialect import Dialect
from inspector.dialects.messages import message_of
from inspector.events import (
    Channel,
    ChoiceSeen,
    Chunk,
    Event,
    Finished,
    JsonObject,
    StageError,
    TextDelta,
    ToolCallDelta,
    Usage,
)

# Makes the events that every chunk pays for, their fields in order: two thirds of what their own constructor takes.
_new = tuple.__new__


def recognise(body: JsonObject, event: str) -> tuple[int, str]:
    kind = body.get("object")
    if kind in ("chat.completion.chunk", "chat.completion.done"):
        return 60, f'object is "{kind}"'
    choices = body.get("choices")
    if isinstance(choices, list):
        if any(isinstance(choice, dict) and "delta" in choice for choice in choices):
            return 50, "choices with deltas"
        if not choices and not kind:
            return 20, "an empty list of choices"
    if "error" in body and not event:
        return 10, "an error object"
    return 0, ""


def read(body: JsonObject, event: str, id: str) -> list[Event]:
    events: list[Event] = [_new(Chunk, (None, body, False, None))]
    read_chunk(body, events)
    if event == "error" and not body.get("error"):
        events.append(StageError(message_of(body)))
    return events


def read_chunk(body: JsonObject, events: list[Event]) -> None:
    """What a chunk's choices, usage and error say, without the `Chunk` event itself."""
    choices = body.get("choices")
    if type(choices) is list:
        for position, choice in enumerate(choices):
            if type(choice) is dict:
                _read_choice(choice, position, events)
    usage = body.get("usage")
    if usage is None and "x_groq" in body:
        usage = _usage_of_groq(body["x_groq"])
    if usage and isinstance(usage, dict):
        events.append(Usage(usage))
    if error := body.get("error"):
        events.append(StageError(message_of(error)))


def _usage_of_groq(vendor: Any) -> Any:
    return vendor.get("usage") if isinstance(vendor, dict) else None


def _read_choice(choice: JsonObject, position: int, events: list[Event]) -> None:
    index = choice.get("index")
    if type(index) is not int:
        index = position
    before = len(events)
    delta = choice.get("delta")
    if type(delta) is dict:
        for key, value in delta.items():
            if not value:
                continue
            if key == "content" and type(value) is str:  # most chunks are this and nothing else
                events.append(_new(TextDelta, (index, "content", value)))
            elif key in _FIELDS:
                _FIELDS[key](value, index, events, delta)
    reason = choice.get("finish_reason")
    if reason and isinstance(reason, str):
        events.append(Finished(index, reason))
        if (usage := choice.get("usage")) and isinstance(usage, dict):  # Moonshot's place for it
            events.append(Usage(usage))
    elif delta is not None and len(events) == before:
        events.append(ChoiceSeen(index))


def _read_content(value: Any, choice: int, events: list[Event], delta: JsonObject) -> None:
    _read_text(value, choice, "content", events)


def _read_reasoning(value: Any, choice: int, events: list[Event], delta: JsonObject) -> None:
    _read_text(value, choice, "reasoning", events)


def _read_reasoning_again(value: Any, choice: int, events: list[Event], delta: JsonObject) -> None:
    """OpenRouter sends the same text as `reasoning` and as `reasoning_details`, DeepSeek's proxies as all three."""
    if not delta.get("reasoning_content") and not (value is not delta.get("reasoning") and delta.get("reasoning")):
        _read_text(value, choice, "reasoning", events)


def _read_refusal(value: Any, choice: int, events: list[Event], delta: JsonObject) -> None:
    _read_text(value, choice, "refusal", events)


def _read_legacy_call(value: Any, choice: int, events: list[Event], delta: JsonObject) -> None:
    """`function_call`, which llama-cpp-python sends beside `tool_calls` and others instead of it."""
    if isinstance(value, dict) and not delta.get("tool_calls"):
        name = value.get("name")
        arguments = _text_of(value.get("arguments"))
        name = name if isinstance(name, str) else None
        events.append(ToolCallDelta(choice, None, None, name, arguments, 0, "function_call"))


def _read_text(value: Any, choice: int, channel: Channel, events: list[Event]) -> None:
    """A string, or a list of parts (Mistral: `text` and `thinking`, the latter itself a list)."""
    if isinstance(value, str):
        events.append(TextDelta(choice, channel, value))
        return
    parts = value if isinstance(value, list) else [value]
    for part in parts:
        if isinstance(part, str):
            events.append(TextDelta(choice, channel, part))
        elif isinstance(part, dict):
            thinking = part.get("thinking")
            if thinking:
                _read_text(thinking, choice, "reasoning", events)
            text = part.get("text") or part.get("summary") or part.get("refusal")
            if text and isinstance(text, str):
                events.append(TextDelta(choice, channel, text))


def _read_calls(calls: Any, choice: int, events: list[Event], delta: JsonObject) -> None:
    """A list of fragments; one that is no object is passed over here and stays visible in the chunk."""
    if isinstance(calls, dict):
        calls = [calls]
    if not isinstance(calls, list):
        return
    for position, call in enumerate(calls):
        if not isinstance(call, dict):
            continue
        function = call.get("function")
        function = function if isinstance(function, dict) else call
        index = call.get("index")
        call_id = call.get("id")
        name = function.get("name")
        arguments = function.get("arguments")
        fields = (
            choice,
            index if type(index) is int else None,
            call_id if type(call_id) is str else None,
            name if type(name) is str else None,
            arguments if type(arguments) is str else _text_of(arguments),
            position,
            "wire",
        )
        events.append(_new(ToolCallDelta, fields))


def _text_of(value: Any) -> str | None:
    """Arguments as text; sent as an object (Ollama's way) they become JSON."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


# What a delta may hold; most hold one of these, so they are asked for the fields they have.
_FIELDS: dict[str, Callable[[Any, int, list[Event], JsonObject], None]] = {
    "reasoning_content": _read_reasoning,
    "reasoning": _read_reasoning_again,
    "reasoning_details": _read_reasoning_again,
    "content": _read_content,
    "refusal": _read_refusal,
    "tool_calls": _read_calls,
    "function_call": _read_legacy_call,
}

OPENAI_CHAT = Dialect(
    "openai-chat",
    "chat.completion.chunk as OpenAI, llama.cpp, vLLM, Ollama and most others send it",
    recognise,
    read,
)
