"""The host's job `describe`: a tools file as OpenAI tool specifications."""

from __future__ import annotations

import inspect
import json

from inspector.errors import InspectorError
from inspector.sandbox.docstring import parse
from inspector.sandbox.module import Function, Functions
from inspector.sandbox.raised import sendable
from inspector.sandbox.signature import schema_of
from inspector.toolchain.specs import ToolSpec
from inspector.tools import Mark


def describe(path: str, functions: Functions) -> str:
    """A JSON list, in the form of a tools.json; `InspectorError` names the function that cannot be described."""
    specs = [_described(path, name, *found) for name, found in functions.items()]
    return json.dumps([spec.as_openai() for spec in specs])


def _described(path: str, name: str, function: Function, mark: Mark) -> ToolSpec:
    try:
        said = parse(inspect.getdoc(function) or "")
        schema = schema_of(function, said.parameters)
        json.dumps(schema)
    except Exception as error:  # pydantic has many, and so have the types of the file
        raise InspectorError(
            f"{path}: the tool {name} cannot be described ({_reason(error)}): "
            "give its parameters names, and types that JSON has."
        ) from error
    return ToolSpec(name, mark.description if mark.description is not None else said.description, schema)


def _reason(error: Exception) -> str:
    """Pydantic's advice, which comes after the first sentence, is not for here."""
    first = (str(error).splitlines() or [""])[0].split(". Set `")[0].rstrip(".")
    return sendable(first or type(error).__name__)
