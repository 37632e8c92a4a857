"""What tools there are: their specifications, and how a `tools.json` reads; not where it lies or who runs them."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, NoReturn

from inspector.errors import InspectorError
from inspector.events import JsonObject

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
    """Read a list of OpenAI tool specifications; a key `result` beside `function` is a canned result.

    `name` is the file's, for the sentence of the `InspectorError`.
    """
    entries = _load(text, name)
    if not isinstance(entries, list) or not entries:
        what = "an empty list" if entries == [] else f"no list but {kind_of(entries)}"
        raise InspectorError(f'{name} is {what}: write [{{"type": "function", "function": {{"name": ...}}}}, ...].')
    specs = tuple(_spec(entry, f"{name}: tool {number}") for number, entry in enumerate(entries, 1))
    for twice in _repeated(specs):
        raise InspectorError(f"{name} has two tools named {twice}: give each its own name.")
    return specs


def kind_of(value: Any) -> str:
    """The name that JSON has for the type of a value."""
    kinds = {bool: "a boolean", int: "a number", float: "a number", str: "a string", list: "a list", dict: "an object"}
    return kinds.get(type(value), "null")


def load_json(text: str | bytes) -> Any:
    """JSON as the standard has it; `ValueError` for NaN, infinity, lone surrogates, and nesting too deep."""
    try:
        value = json.loads(text, parse_constant=_refuse_constant, parse_float=_finite)
        json.dumps(value, ensure_ascii=False).encode()  # finds what could not be sent on
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except UnicodeError:
        raise ValueError("not Unicode text that can be sent (bad UTF-8, or half a surrogate pair)") from None
    return value


def _refuse_constant(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")


def _finite(digits: str) -> float:
    """Python reads `1e999` as infinity, which it then writes as no JSON has it."""
    if math.isinf(number := float(digits)):
        raise ValueError(f"the number {digits[:40]} is too large")
    return number


def _load(text: bytes, name: str) -> Any:
    try:
        return load_json(text.removeprefix(b"\xef\xbb\xbf"))
    except ValueError as error:
        raise InspectorError(f"{name} is not JSON ({error}): it should be a list of tool specifications.") from error


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
    from jsonschema import SchemaError
    from jsonschema.validators import Draft202012Validator, validator_for

    if schema is None:
        return {"type": "object", "properties": {}}
    if not isinstance(schema, dict):
        raise InspectorError(f"{where} has {kind_of(schema)} as parameters: write a JSON schema, an object.")
    try:
        validator_for(schema, default=Draft202012Validator).check_schema(schema)
    except (SchemaError, RecursionError) as error:
        why = getattr(error, "message", "nested too deeply")
        path = "".join(f"/{part}" for part in getattr(error, "absolute_path", ()))
        raise InspectorError(f"{where} has parameters that are no JSON schema ({path} {why}): correct them.") from error
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
