"""Text that carries no type, made what a tool's JSON Schema says it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from inspector.events import JsonObject
from inspector.tool_formats.literals import NotLiteral, read_literal

_DEPTH_MOST = 6
_BRANCHES = ("anyOf", "oneOf", "allOf")
_ORDER = ("null", "boolean", "integer", "number", "object", "array")
_JSON_TYPES: dict[type, str] = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    dict: "object",
    list: "array",
    type(None): "null",
}
# What models and their attributes call the types of JSON Schema.
_ALIASES = {"str": "string", "text": "string", "int": "integer", "float": "number", "bool": "boolean"}
_ALIASES |= {"dict": "object", "list": "array"}


def property_of(schema: JsonObject | None, name: str) -> tuple[Any, Any]:
    """The schema of a property, and the schema that its references point into; `None` where it is not there."""
    return part_of(schema, schema, "properties", name), schema


def part_of(schema: Any, root: Any, *path: str, depth: int = 0) -> Any:
    """What stands there in a schema, in what it refers to or in one of its branches; `None` where nothing does."""
    if not isinstance(schema, dict) or depth > _DEPTH_MOST:
        return None
    found: Any = schema
    for key in path:
        found = found.get(key) if isinstance(found, dict) else None
    if found is not None:
        return found
    inner = (part_of(each, root, *path, depth=depth + 1) for each in _others(schema, root))
    return next((each for each in inner if each is not None), None)


def _others(schema: JsonObject, root: Any) -> Iterator[Any]:
    """The schemas that go for the same value."""
    for branch in _BRANCHES:
        yield from schema[branch] if isinstance(schema.get(branch), list) else []
    if isinstance(schema.get("$ref"), str):
        yield _referred(schema["$ref"], root)


def converted(text: str, schema: Any, root: Any = None) -> tuple[Any, bool]:
    """The value, and whether the schema said what it is; the text itself where it did not, or does not fit."""
    types = types_of(schema, root if root is not None else schema, 0)
    if not types:
        return text, False
    for each in _ORDER:
        if each in types or (each == "integer" and "number" in types):
            fits, value = _as(text, each)
            if fits:
                return value, True
    return text, True


def types_of(schema: Any, root: Any, depth: int) -> set[str]:
    """All types that a schema allows, as far as it says; none where it does not."""
    if not isinstance(schema, dict) or depth > _DEPTH_MOST:
        return set()
    said = schema.get("type")
    types = {_named(each) for each in (said if isinstance(said, list) else [said]) if isinstance(each, str)}
    values = schema.get("enum") if isinstance(schema.get("enum"), list) else []
    values = [*(values or []), *([schema["const"]] if "const" in schema else [])]
    if not types:
        types |= {_JSON_TYPES[type(each)] for each in values if type(each) in _JSON_TYPES}
    for each in _others(schema, root):
        types |= types_of(each, root, depth + 1)
    if not types and "properties" in schema:
        types.add("object")
    return types


def _named(name: str) -> str:
    return _ALIASES.get(name.lower(), name.lower())


def _referred(reference: str, root: Any) -> Any:
    found = root
    for part in reference.removeprefix("#").split("/")[1:] if reference.startswith("#") else [""]:
        found = found.get(part.replace("~1", "/").replace("~0", "~")) if isinstance(found, dict) else None
    return found


def _as(text: str, kind: str) -> tuple[bool, Any]:
    word = text.strip()
    if kind == "null":
        return word.lower() in ("null", "none"), None
    if kind == "boolean":
        return word.lower() in ("true", "false"), word.lower() == "true"
    try:
        value = read_literal(word)
    except NotLiteral:
        return False, None
    return _is(value, kind), value


def _is(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return False
    if kind == "integer" and isinstance(value, float):
        return value.is_integer()
    wanted: tuple[type, ...] = {"integer": (int,), "number": (int, float), "object": (dict,), "array": (list,)}[kind]
    return isinstance(value, wanted)
