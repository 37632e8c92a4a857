"""What tools there are: their specifications, and how a `tools.json` reads; not where it lies or who runs them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from inspector.errors import InspectorError
from inspector.events import JsonObject
from inspector.json_value import kind_of, load_json
from inspector.schema_fit import SchemaUnusable, check_schema

NAME_RULE = "1 to 64 of the letters a-z, A-Z, digits, _ and -"
_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")


class ToolSpec(NamedTuple):
    """`parameters` is the JSON schema of the arguments; `canned` the result that a tools.json gives beforehand."""

    name: str
    description: str
    parameters: JsonObject
    canned: str | None = None

    def as_openai(self) -> JsonObject:
        """The tool as a request offers it."""
        described = {"description": self.description} if self.description else {}
        return {"type": "function", "function": {"name": self.name, **described, "parameters": self.parameters}}


@dataclass(frozen=True, slots=True)
class Tools:
    """`module` is the path of the Python file that has the functions; `None`: specifications only, nothing can run.

    `sha256` is that of the file when it was described; one that was changed since is not run.
    """

    specs: tuple[ToolSpec, ...]
    module: str | None = None
    sha256: str | None = None

    def named(self, name: str) -> ToolSpec | None:
        return next((spec for spec in self.specs if spec.name == name), None)


def is_tool_name(name: str) -> bool:
    """Whether model servers take it as the name of a function."""
    return _NAME.fullmatch(name) is not None


def parse_specs(text: bytes, name: str) -> tuple[ToolSpec, ...]:
    """Read a list of OpenAI tool specifications, or a request that has one as its `tools`.

    A key `result` beside `function` is a canned result. `name` is the file's, for the sentence of the `InspectorError`.
    """
    entries = _entries(_load(text, name))
    if not isinstance(entries, list) or not entries:
        what = "an empty list" if entries == [] else f"no list but {kind_of(entries)}"
        what += " without `tools`" if isinstance(entries, dict) else ""
        raise InspectorError(f'{name} is {what}: write [{{"type": "function", "function": {{"name": ...}}}}, ...].')
    specs = tuple(_spec(entry, f"{name}: tool {number}") for number, entry in enumerate(entries, 1))
    for twice in _repeated(specs):
        raise InspectorError(f"{name} has two tools named {twice}: give each its own name.")
    return specs


def _load(text: bytes, name: str) -> Any:
    try:
        return load_json(text.removeprefix(b"\xef\xbb\xbf"))
    except ValueError as error:
        raise InspectorError(f"{name} is not JSON ({error}): it should be a list of tool specifications.") from error


def _entries(value: Any) -> Any:
    return value["tools"] if isinstance(value, dict) and "tools" in value else value


def _spec(entry: Any, where: str) -> ToolSpec:
    function = entry.get("function") if isinstance(entry, dict) else None
    if not isinstance(function, dict) or entry.get("type", "function") != "function":
        raise InspectorError(f'{where} is no specification: write {{"type": "function", "function": {{"name": ...}}}}.')
    name, description = function.get("name"), function.get("description") or ""
    if not isinstance(name, str) or not is_tool_name(name):
        raise InspectorError(f"{where} has no name that servers take: give its function a name of {NAME_RULE}.")
    if not isinstance(description, str):
        raise InspectorError(f"{where} ({name}) has {kind_of(description)} as description: write a string.")
    return ToolSpec(name, description, _parameters(function.get("parameters"), f"{where} ({name})"), _canned(entry))


def _parameters(schema: Any, where: str) -> JsonObject:
    if schema is None:
        return {"type": "object", "properties": {}}
    if not isinstance(schema, dict):
        raise InspectorError(f"{where} has {kind_of(schema)} as parameters: write a JSON schema, an object.")
    try:
        check_schema(schema)
    except SchemaUnusable as error:
        raise InspectorError(f"{where} has parameters that are no JSON schema ({error}): correct them.") from error
    return schema


def _canned(entry: JsonObject) -> str | None:
    if "result" not in entry:
        return None
    result = entry["result"]
    return result if isinstance(result, str) else json.dumps(result, ensure_ascii=False)


def _repeated(specs: tuple[ToolSpec, ...]) -> Iterator[str]:
    seen: set[str] = set()
    for spec in specs:
        if spec.name in seen:
            yield spec.name
        seen.add(spec.name)
