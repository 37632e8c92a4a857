"""Calls in text that are sure enough to offer running them: the whole of what a model meant, with nothing in doubt."""

from __future__ import annotations

import json
from collections.abc import Collection

from inspector.tool_formats.found import Call
from inspector.tool_formats.scan import Scan, scan
from inspector.tool_formats.tool_format import Recovered


def recover(text: str, tool_names: Collection[str] | None) -> list[Recovered]:
    """The calls that a model wrote as `text`; `tool_names` are those it was offered, `None` where nobody knows.

    None at all where one is cut, cannot be read, or was not offered; without marks of a format also where there is
    other text beside them: an answer may show a call without meaning one.
    """
    found = scan(text, None if tool_names is None else {name: {} for name in tool_names})
    if not found.calls or not all(_is_sure(call, tool_names) for call in found.calls) or not _is_all(found):
        return []
    return [Recovered(call.name, _as_json(call), call.start, call.end, call.format) for call in found.calls]


def _is_sure(call: Call, tool_names: Collection[str] | None) -> bool:
    return call.is_complete and call.value is not None and (tool_names is None or call.name in tool_names)


def _as_json(call: Call) -> str:
    """The arguments as they were written, where that is JSON; a Python literal was meant as some."""
    try:
        json.loads(call.arguments)
    except ValueError:
        return json.dumps(call.value, ensure_ascii=False)
    return call.arguments


def _is_all(found: Scan) -> bool:
    if all(call.confidence == "certain" for call in found.calls):
        return True
    return not found.is_cut and not found.content.strip()
