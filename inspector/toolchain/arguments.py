"""Whether a call's arguments fit the tool's schema, in words for model and user; must not run anything."""

from __future__ import annotations

from inspector.json_value import kind_of, load_json
from inspector.schema_fit import SchemaUnusable, misfits, told
from inspector.toolchain.specs import ToolSpec


def misfit(spec: ToolSpec, arguments: str) -> str | None:
    """What is wrong with `arguments`, or `None`; misfits of the schema have path, what is expected, what came."""
    try:
        value = load_json(arguments)
    except ValueError as error:
        return f"not JSON: {error}" if arguments.strip() else "not JSON: empty; no arguments would be {}"
    if not isinstance(value, dict):
        return f"expected an object, got {kind_of(value)}"
    try:
        found = misfits(spec.parameters, value)
    except SchemaUnusable as error:
        return f"the schema of {spec.name} cannot be used ({error})"
    return told(found) if found else None
