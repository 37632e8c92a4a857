"""`parse`: the calls in a text, as the JSON object of CLI.md."""

from __future__ import annotations

from inspector.events import JsonObject
from inspector.report.lines import line
from inspector.tool_formats.found import Call
from inspector.tool_formats.scan import Scan


def tool_text(found: Scan) -> str:
    """One line. Calls within the reasoning are no calls of the answer, and stand apart."""
    said: JsonObject = {
        "format": found.format,
        "family": list(found.family),
        "confidence": found.confidence,
        "calls": [_call(call) for call in found.calls],
        "content": found.content,
        "reasoning": found.reasoning,
        "reasoning_calls": [_call(call) for call in found.rehearsed],
    }
    return line(said)


def _call(call: Call) -> JsonObject:
    return {
        "name": call.name,
        "arguments": call.value,
        "raw": call.arguments,
        "complete": call.is_complete,
        "format": call.format,
        "family": list(call.family),
        "confidence": call.confidence,
        "untyped": call.is_untyped,
        "start": call.start,
        "end": call.end,
    }
