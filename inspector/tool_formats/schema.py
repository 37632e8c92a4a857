"""Text that carries no type, made what a tool's JSON Schema says it is."""

from __future__ import annotations

from typing import Any

from inspector.events import JsonObject
from inspector.tool_formats.literals import NotLiteral, read_literal

_DEPTH_MOST = 6
_BRANCHES = ("anyOf", "oneOf", "allOf")
_ORDER = ("null", "boolean", "integer", "number", "object", "array")
_BESIDE_STRING = ("null", "object", "array")  # what a text is taken for where it may also stay one
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
    properties = schema.get("properties") if isinstance(schema, dict) else None
    found = properties.get(name) if isinstance(properties, dict) else None
    return found, schema


def converted(text: str, schema: Any, root: Any = None) -> tuple[Any, bool]:
    """The value, and whether the schema said what it is; the text itself where it did not, or does not fit."""
    types = types_of(schema, root if root is not None else schema, 0)
    if not types:
        return text, False
    for each in _BESIDE_STRING if "string" in types else _ORDER:
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
    for branch in _BRANCHES:
        for each in schema[branch] if isinstance(schema.get(branch), list) else []:
            types |= types_of(each, root, depth + 1)
    if isinstance(schema.get("$ref"), str):
        types |= types_of(_referred(schema["$ref"], root), root, depth + 1)
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
    wanted: tuple[type, ...] = {"integer": (int,), "number": (int, float), "object": (dict,), "array": (list,)}[kind]
    return isinstance(value, wanted)
