"""OpenAI's `chat.completion.chunk` in the shapes that some forty providers and servers send.

Shapes are those of the shared corpus; https://platform.openai.com/docs/api-reference/chat-streaming is the model.
"""

from __future__ import annotations

import json
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


def recognise(body: JsonObject, event: str) -> tuple[int, str]:
    kind = body.get("object")
    if kind in ("chat.completion.chunk", "chat.completion.done"):
        return 60, f'object is "{kind}"'
    choices = body.get("choices")
    if isinstance(choices, list):
        if any(isinstance(choice, dict) and "delta" in choice for choice in choices):
            return 50, "choices with deltas"
        if not choices and event == "":
            return 20, "an empty list of choices"
    if "error" in body and not event:
        return 10, "an error object"
    return 0, ""


def read(body: JsonObject, event: str, id: str) -> list[Event]:
    events: list[Event] = [Chunk(None, body)]
    read_chunk(body, events)
    if event == "error" and not body.get("error"):
        events.append(StageError(message_of(body)))
    return events


def read_chunk(body: JsonObject, events: list[Event]) -> None:
    """What a chunk's choices, usage and error say, without the `Chunk` event itself."""
    choices = body.get("choices")
    if isinstance(choices, list):
        for position, choice in enumerate(choices):
            if isinstance(choice, dict):
                _read_choice(choice, position, events)
    usage = body.get("usage")
    if usage is None and (vendor := body.get("x_groq")) and isinstance(vendor, dict):
        usage = vendor.get("usage")
    if isinstance(usage, dict) and usage:
        events.append(Usage(usage))
    if error := body.get("error"):
        events.append(StageError(message_of(error)))


def _read_choice(choice: JsonObject, position: int, events: list[Event]) -> None:
    index = choice.get("index")
    if type(index) is not int:
        index = position
    before = len(events)
    delta = choice.get("delta")
    if isinstance(delta, dict):
        _read_delta(delta, index, events)
    reason = choice.get("finish_reason")
    if reason and isinstance(reason, str):
        events.append(Finished(index, reason))
    elif len(events) == before and isinstance(delta, dict):
        events.append(ChoiceSeen(index))


def _read_delta(delta: JsonObject, choice: int, events: list[Event]) -> None:
    # In order of trust: OpenRouter sends the same text as `reasoning` and as `reasoning_details`.
    reasoning = delta.get("reasoning_content") or delta.get("reasoning") or delta.get("reasoning_details")
    if reasoning:
        _read_text(reasoning, choice, "reasoning", events)
    content = delta.get("content")
    if content:
        _read_text(content, choice, "content", events)
    refusal = delta.get("refusal")
    if refusal:
        _read_text(refusal, choice, "refusal", events)
    calls = delta.get("tool_calls")
    if calls:
        _read_calls(calls, choice, events)
    legacy = delta.get("function_call")
    if isinstance(legacy, dict) and not calls:
        name = legacy.get("name")
        arguments = _text_of(legacy.get("arguments"))
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


def _read_calls(calls: Any, choice: int, events: list[Event]) -> None:
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
        events.append(
            ToolCallDelta(
                choice,
                index if type(index) is int else None,
                call_id if isinstance(call_id, str) else None,
                name if isinstance(name, str) else None,
                arguments if isinstance(arguments, str) else _text_of(arguments),
                position,
            )
        )


def _text_of(value: Any) -> str | None:
    """Arguments as text; sent as an object (Ollama's way) they become JSON."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


OPENAI_CHAT = Dialect(
    "openai-chat",
    "chat.completion.chunk as OpenAI, llama.cpp, vLLM, Ollama and most others send it",
    recognise,
    read,
)
