"""A function's parameters for a model: their JSON schema, and JSON arguments as its hinted types, both by pydantic."""

from __future__ import annotations

import functools
import inspect
from typing import Any

from pydantic import TypeAdapter, ValidationError

from inspector.errors import InspectorError
from inspector.events import JsonObject
from inspector.sandbox.module import Function

_Taken = tuple[tuple[Any, ...], dict[str, Any]]
_UNNAMED = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.VAR_POSITIONAL)
_VALUES = frozenset({"default", "const", "enum", "examples"})  # keywords that hold values, not schemas
_MOST_MISFITS = 3


def schema_of(function: Function, descriptions: dict[str, str]) -> JsonObject:
    """The schema of its arguments, an object; raises whatever pydantic raises for a type that JSON does not have."""
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind in _UNNAMED:
            raise TypeError(f"its parameter {parameter} has no name that a model can use")
    schema: JsonObject = {"type": "object"} | _without_titles(_taker(function).json_schema())
    properties = schema.setdefault("properties", {})
    for name in properties.keys() & descriptions.keys():
        properties[name].setdefault("description", descriptions[name])
    return schema


def taken(function: Function, arguments: str) -> _Taken:
    """Positional and keyword arguments, converted; `InspectorError` where they do not fit."""
    try:
        return _taker(function).validate_json(arguments)
    except ValidationError as error:
        told = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors(include_url=False)]
        raise InspectorError("; ".join(told[:_MOST_MISFITS])) from error


def _taker(function: Function) -> TypeAdapter[_Taken]:
    """Pydantic calls what it makes the arguments for; this only hands them back, so that nothing runs yet."""

    def take(*args: Any, **kwargs: Any) -> _Taken:
        return args, kwargs

    taking: Any = functools.wraps(function)(take)
    hints = getattr(inspect.unwrap(function), "__annotations__", {})
    taking.__annotations__ = {name: hint for name, hint in hints.items() if name != "return"}
    return TypeAdapter(taking)


def _without_titles(schema: Any) -> Any:
    """Titles made from names tell a model nothing. A property may be named `title`: its schema is no string."""
    if isinstance(schema, list):
        return [_without_titles(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: value if key in _VALUES else _without_titles(value)
        for key, value in schema.items()
        if not (key == "title" and isinstance(value, str))
    }
