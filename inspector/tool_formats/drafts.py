"""Calls in a model's thoughts: drafts, or meant and made too early. Not those that it only shows or spells out."""

from __future__ import annotations

from inspector.tool_formats.found import Call
from inspector.tool_formats.names import EXAMPLES
from inspector.tool_formats.offered import Schemas
from inspector.tool_formats.quoted import Quoting
from inspector.tool_formats.scan import Scan


def drafts(found: Scan, quoting: Quoting, tools: Schemas | None, *, is_thought: bool) -> list[Call]:
    """Those in the thoughts of the text that was scanned; `is_thought`: all of it are thoughts."""
    calls = [*found.rehearsed, *found.calls] if is_thought else found.rehearsed
    return [call for call in calls if _is_draft(call, quoting, tools) and not quoting.is_quoted(call.start)]


def _is_draft(call: Call, quoting: Quoting, tools: Schemas | None) -> bool:
    if call.confidence != "certain" or not (call.is_complete or quoting.is_open(call.start, call.end)):
        return False
    return call.name in tools if tools is not None else call.name not in EXAMPLES
