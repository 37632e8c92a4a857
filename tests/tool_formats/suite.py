"""The tool-text cases of the shared folder, and what each asks of a scan. They are read from there, never copied."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from inspector.tool_formats.found import Call
from inspector.tool_formats.reasoning import LONE_CLOSES, WRAPPERS
from inspector.tool_formats.scan import Scan
from tests.shared import SHARED

# What the suite calls by the names of models.
FORMAT_OF = {"reka_edge": "hermes", "lfm2_bare": "lfm2"}
_JSON_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string", dict: "object", list: "array"}
_REASONING_MARKS = [mark for each in WRAPPERS for mark in (each.open, each.close)] + list(LONE_CLOSES)
_LABELS = re.compile(r"<\|channel>thought\n?")


@cache
def rows(name: str) -> list[Any]:
    path = SHARED / "conformance" / name
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []


def cases() -> list[Any]:
    return rows("tool_text_cases.jsonl")


def exact() -> list[Any]:
    return [row for row in cases() if row["exact"] and not row.get("policy") and not row["partial"]]


def key(row: Any) -> str:
    return f"{row['format']}: {row['test']}"


def bare_tools(row: Any) -> dict[str, Any]:
    """The tools that a row's calls name, without schemas."""
    return {call["name"]: {} for call in row["expected_calls"] if call["name"]}


def typed_tools(row: Any) -> dict[str, Any]:
    """The same with the types that the expected values have."""
    tools: dict[str, Any] = {name: {"type": "object", "properties": {}} for name in bare_tools(row)}
    for call in row["expected_calls"]:
        if call["name"] and isinstance(call["arguments"], dict):
            types = {
                name: {"type": _JSON_TYPES[type(value)]}
                for name, value in call["arguments"].items()
                if value is not None
            }
            tools[call["name"]]["properties"] |= types
    return tools


def faults(row: Any, found: Scan, *, as_text: bool) -> list[str]:
    """What of a row the scan has otherwise; with `as_text` values of untyped formats count as what they say.

    Blanks at either end of a text do not count: servers differ in what they strip there.
    """
    expected = row["expected_calls"]
    names = [call["name"] for call in expected]
    if [call.name if name is not None else None for call, name in zip(found.calls, names, strict=False)] != names:
        return [f"calls {[call.name for call in found.calls]}, not {names}"]
    if len(found.calls) != len(names):
        return [f"{len(found.calls)} calls, not {len(names)}"]
    pairs = zip(found.calls, expected, strict=True)
    wrong = [f"arguments of {call.name}" for call, each in pairs if not _fits(row, call, each["arguments"], as_text)]
    content, reasoning = row["expected_content"], row["expected_reasoning"]
    if content is not None and not reasoning and _has_reasoning(content):
        wrong += [] if _plain(content) == _plain(found.reasoning + found.content) else ["content with reasoning"]
        return wrong
    if content is not None and content.strip() != found.content.strip():
        wrong.append(f"content {found.content!r}")
    if reasoning is not None and reasoning.strip() != found.reasoning.strip():
        wrong.append(f"reasoning {found.reasoning!r}")
    return wrong


def _fits(row: Any, call: Call, expected: Any, as_text: bool) -> bool:
    if expected is None:
        return True
    if isinstance(expected, str):
        return call.arguments == expected
    if call.value is None:
        return False
    if "only the keys" not in (row.get("notes") or "") and call.value.keys() != expected.keys():
        return False
    is_loose = as_text and row.get("types_from_schema")
    return all(name in call.value and _same(call.value[name], value, is_loose) for name, value in expected.items())


def _same(got: Any, expected: Any, is_loose: bool) -> bool:
    if is_loose and isinstance(got, str) and not isinstance(expected, str):
        return bool(json.loads(got) == expected)
    return bool(got == expected)


def _has_reasoning(content: str) -> bool:
    """The parser under test leaves the reasoning where it is: another one takes it out."""
    return any(mark in content for mark in _REASONING_MARKS)


def _plain(text: str) -> str:
    """Without the marks of reasoning, and without blanks."""
    text = _LABELS.sub("", text)
    for mark in _REASONING_MARKS:
        text = text.replace(mark, "")
    return "".join(text.split())
