"""The stage servers' envelope: chunks of several stages, tool summaries and ends, each under a `stage_id`.

Event names and payloads are those of jrbrowning/ollama-tools-api, newer and older (shared `stages/README.md`): the
key `tool_results` holds a model chunk in the newer, and what tools returned in the older.
"""

from __future__ import annotations

import json
from typing import Any

from inspector.dialects.dialect import Dialect
from inspector.dialects.messages import message_of
from inspector.dialects.openai_chat import read_chunk
from inspector.events import (
    Chunk,
    Event,
    JsonObject,
    StageCancelled,
    StageDone,
    StageError,
    StageMark,
    TextDelta,
    ToolResult,
    ToolsRan,
)

_EVENTS = frozenset({"chat_completion_chunk", "tool_completion_chunk", "tool_summary"})
_ENDS = frozenset({"done", "cancel", "error"})
_PARTS = ("chunk", "tool_results", "tool_summary", "error")
_SYNTHESIS_ID = "-integ-"  # after the stage_id, which may hold anything


def recognise(body: JsonObject, event: str) -> tuple[int, str]:
    if "stage_id" in body:
        if event in _EVENTS or event in _ENDS:
            return 100, f"event {event} with a stage_id"
        if any(part in body for part in _PARTS):
            return 80, "a stage_id beside a chunk or results"
    # The older plain form: bare chunks, then content alone, then a named end.
    if event in _ENDS and set(body) <= {"error", "details"} and isinstance(body.get("error", ""), str):
        return 90, f"event {event} with nothing but its cause"
    if not event and set(body) == {"content"}:
        return 70, "content alone, after the tools ran"
    return 0, ""


def read(body: JsonObject, event: str, id: str) -> list[Event]:
    stage = body.get("stage_id")
    stage = stage if isinstance(stage, str) else None
    if event in _ENDS:
        return [StageMark(stage), _end(body, event)]
    chunk = _chunk(body)
    if chunk is not None:
        events: list[Event] = [Chunk(stage, chunk, _SYNTHESIS_ID in id.removeprefix(stage or ""))]
        read_chunk(chunk, events)
        return events
    if stage is None:
        return _plain(body)
    return [StageMark(stage), *_results(body)]


def _end(body: JsonObject, event: str) -> Event:
    if event == "done":
        return StageDone()
    if event == "cancel":
        return StageCancelled()
    message = message_of(body.get("error") or body)
    if details := body.get("details"):
        message += f" ({json.dumps(details, ensure_ascii=False)})"
    return StageError(message)


def _chunk(body: JsonObject) -> JsonObject | None:
    for key in ("chunk", "tool_results"):
        value = body.get(key)
        if isinstance(value, dict) and isinstance(value.get("choices"), list):
            return value
    return body if isinstance(body.get("choices"), list) else None


def _plain(body: JsonObject) -> list[Event]:
    content = body.get("content")
    if isinstance(content, str):
        events: list[Event] = [Chunk(None, body, synthesis=True)]
        return [*events, TextDelta(0, "content", content)] if content else events
    return [Chunk(None, body), *([StageError(message_of(body["error"]))] if body.get("error") else [])]


def _results(body: JsonObject) -> list[Event]:
    """A map of call id to result, or any other value as one result whose call is not named."""
    events: list[Event] = [ToolsRan()] if "tool_summary" in body or "tool_results" in body else []
    for key in ("tool_results", "tool_summary"):
        value = body.get(key)
        if isinstance(value, dict):
            events.extend(ToolResult(call_id, None, _text(result)) for call_id, result in value.items())
        elif value is not None:
            events.append(ToolResult(None, None, _text(value)))
    return events


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


STAGE = Dialect(
    "stage",
    "a stage server's envelope: chunks, tool summaries and ends, each with its stage_id",
    recognise,
    read,
    has_end_event=True,
)
