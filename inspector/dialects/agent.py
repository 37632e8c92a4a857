"""Chat chunks of an agent server that runs the tools itself and tells of it in statuses.

IBM/flexo is the model (shared `stages/README.md`, quirks 15-24): calls are told in `metadata.tools` as JSON in a
string whose arguments are a Python literal in another string; results are never sent.
"""

from __future__ import annotations

import ast
import json
import warnings
from typing import Any

from inspector.dialects.dialect import Dialect
from inspector.dialects.openai_chat import read_chunk
from inspector.events import Chunk, Event, JsonObject, StatusNote, ToolCallDelta, ToolsRan

_STATUSES = frozenset(
    {
        "starting_generation",
        "tool_call_detected",
        "tools_executed",
        "max_depth_reached",
        "continuing_generation",
    }
)
# Only these tell of calls that are made or were made; a list in any other status repeats an earlier one.
_TELLING = frozenset({"tool_call_detected", "tools_executed"})
_MAX_LITERAL = 1_000_000  # characters: `ast` needs about 100 bytes for each


def recognise(body: JsonObject, event: str) -> tuple[int, str]:
    deltas = _deltas(body)
    if body.get("object") == "thread.message.delta" and deltas:  # OpenAI's Assistants have the name without choices
        return 90, 'object is "thread.message.delta", with choices'
    for delta in deltas:
        if isinstance(delta.get("metadata"), dict) or isinstance(delta.get("status"), str):
            return 85, "a delta with a status"
        if "metadata" in delta and "status" in delta and "thread_id" in body:
            return 80, "the fields of an agent's chunk"
    return 0, ""


def read(body: JsonObject, event: str, id: str) -> list[Event]:
    events: list[Event] = [Chunk(None, body)]
    for choice, delta in enumerate(_deltas(body)):
        _read_status(delta, choice, events)
    read_chunk(body, events)
    return events


def _deltas(body: JsonObject) -> list[JsonObject]:
    choices = body.get("choices")
    if not isinstance(choices, list):
        return []
    found = (choice.get("delta") for choice in choices if isinstance(choice, dict))
    return [delta for delta in found if isinstance(delta, dict)]


def _read_status(delta: JsonObject, choice: int, events: list[Event]) -> None:
    metadata = delta.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    status = delta.get("status") or metadata.get("status")
    if isinstance(status, dict):
        metadata, status = status | metadata, status.get("status")
    if not isinstance(status, str):
        return
    details = {key: value for key, value in metadata.items() if key != "status"}
    events.append(StatusNote(status, details or None))
    tools = details.get("tools")
    if status in _TELLING and isinstance(tools, list):
        events.extend(_call(tool, choice, position) for position, tool in enumerate(tools))
    if status == "tools_executed":
        events.append(ToolsRan())


def _call(tool: Any, choice: int, position: int) -> ToolCallDelta:
    told = tool
    if isinstance(tool, str):
        try:
            told = json.loads(tool)
        except (ValueError, RecursionError):
            told = {"arguments": tool}
    told = told if isinstance(told, dict) else {"arguments": tool}
    name = told.get("name")
    arguments = _arguments(told.get("arguments"))
    return ToolCallDelta(choice, None, None, name if isinstance(name, str) else None, arguments, position, "status")


def _arguments(value: Any) -> str | None:
    """JSON text of a Python literal; what is neither stays as it was sent."""
    sent = value
    if isinstance(value, str):
        if len(value) > _MAX_LITERAL:
            return value
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # an odd escape in a model's string is no business of stderr
                value = ast.literal_eval(value)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            return str(value)
    try:
        return None if value is None else json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):  # a set, bytes, a complex number, 5,000 hexadecimal digits
        return str(sent)


AGENT = Dialect(
    "agent",
    "chat chunks of an agent server, with statuses and calls told in metadata",
    recognise,
    read,
)
