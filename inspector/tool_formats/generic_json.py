"""Bare JSON as a call: an object with `name` and `arguments`, or a list of them, that is all of the content.

The commonest way in which a local model writes a call that its server did not take for one. A JSON answer that was
asked for looks alike, so that a name that was not offered, prose around it, or strange keys make it no call.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from inspector.tool_formats.json_spans import Span, items, members, whole
from inspector.tool_formats.tool_format import Recovered, ToolFormat, in_bytes

NAME = "generic_json"
_FENCE = "```"
_LANGUAGES = ("", "json", "tool_call", "tool_code")
_ARGUMENTS = ("arguments", "parameters")
_KEYS = frozenset({"name", "type", "id", *_ARGUMENTS})


def _find(text: str, tool_names: Collection[str] | None) -> list[Recovered]:
    start, end = _inside(text)
    if text[start : start + 1] not in ("{", "["):
        return []
    found = whole(text, start, end)
    if found is None:
        return []
    objects = list(items(text, found)) if isinstance(found.value, list) else [found]
    calls = [_call(text, each, tool_names) for each in objects]
    return in_bytes(text, [call for call in calls if call is not None]) if None not in calls else []


def _inside(text: str) -> tuple[int, int]:
    """The characters within the blanks and the fence around it."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    first, line_end, _ = text[start:end].partition("\n")
    if line_end and text.startswith(_FENCE, start) and text.endswith(_FENCE, start, end):
        if first.removeprefix(_FENCE).strip() not in _LANGUAGES:
            return end, end
        body = text[start + len(first) : end - len(_FENCE)]
        return end - len(_FENCE) - len(body.lstrip()), end - len(_FENCE)
    return start, end


def _call(text: str, found: Span, tool_names: Collection[str] | None) -> Recovered | None:
    """The call that this is, its range still in characters."""
    if not isinstance(found.value, dict) or not _may_be(found.value, tool_names):
        return None
    given = [(key, span) for key, span in members(text, found) if key in ("name", *_ARGUMENTS)]
    if len(given) != 2:  # a name and arguments, each once
        return None
    arguments = _arguments(text, next(span for key, span in given if key != "name"))
    if arguments is None:
        return None
    return Recovered(found.value["name"], arguments, found.start, found.end, NAME)


def _may_be(body: dict[str, Any], tool_names: Collection[str] | None) -> bool:
    name = body.get("name")
    if not isinstance(name, str) or not name:
        return False
    return name in tool_names if tool_names is not None else _KEYS.issuperset(body)


def _arguments(text: str, found: Span) -> str | None:
    """The arguments as they are written; as text inside a string where the model wrote them so."""
    if isinstance(found.value, dict):
        return text[found.start : found.end]
    if isinstance(found.value, str):
        inner = whole(found.value)
        return found.value if inner is not None and isinstance(inner.value, dict) else None
    return None


GENERIC_JSON = ToolFormat(NAME, "a bare JSON object with name and arguments, or a list of them", _find)
