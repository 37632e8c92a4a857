"""Where a value does not fit a JSON Schema: path, what was expected, what came. Must not know whose schema it is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from inspector.events import JsonObject
from inspector.json_place import Path
from inspector.schema_pattern import pattern

if TYPE_CHECKING:
    from jsonschema import ValidationError

MOST_TOLD = 3
_MOST_CHARACTERS = 120


class SchemaUnusable(ValueError):
    """The schema is none, or needs what is not here."""


class Misfit(NamedTuple):
    """One keyword of the schema that a value breaks; `within` are the misfits of each alternative of `anyOf`."""

    path: Path
    keyword: str
    wanted: Any
    got: Any
    schema: Any
    message: str
    within: tuple[Misfit, ...] = ()


def misfits(schema: JsonObject, value: Any) -> list[Misfit]:
    """All that does not fit, the worst first. A reference is never fetched; raises `SchemaUnusable`."""
    from jsonschema.exceptions import relevance
    from jsonschema.validators import Draft202012Validator, validator_for
    from referencing import Registry
    from referencing.exceptions import Unresolvable

    validator = _with_pattern(validator_for(schema, default=Draft202012Validator))
    try:  # with this registry a `$ref` is never fetched from the network
        errors = list(validator(schema, registry=Registry()).iter_errors(value))
    except (Unresolvable, re.error, RecursionError) as error:
        raise SchemaUnusable(_cut(str(error))) from error
    return [_misfit(error) for error in sorted(errors, key=relevance, reverse=True)]


@cache
def _with_pattern(validator: Any) -> Any:
    from jsonschema.validators import extend

    return extend(validator, {"pattern": pattern})  # type: ignore[no-untyped-call]  # it has no types


def check_schema(schema: JsonObject) -> None:
    """Raises `SchemaUnusable`, which says where it is no JSON Schema and why."""
    from jsonschema import SchemaError
    from jsonschema.validators import Draft202012Validator, validator_for

    try:
        validator_for(schema, default=Draft202012Validator).check_schema(schema)
    except (SchemaError, RecursionError) as error:
        why = getattr(error, "message", "nested too deeply")
        path = "".join(f"/{part}" for part in getattr(error, "absolute_path", ()))
        raise SchemaUnusable(f"{path} {why}") from error


def told(found: Iterable[Misfit]) -> str:
    """The worst of them in words, and how many more there are."""
    sentences = list(dict.fromkeys(map(_sentence, found)))
    more = [f"and {len(sentences) - MOST_TOLD} more"] if len(sentences) > MOST_TOLD else []
    return "; ".join(sentences[:MOST_TOLD] + more)


def _misfit(error: ValidationError) -> Misfit:
    within = tuple(map(_misfit, error.context or ()))
    path = tuple(error.absolute_path)
    return Misfit(
        path, str(error.validator), error.validator_value, error.instance, error.schema, error.message, within
    )


def _sentence(misfit: Misfit) -> str:
    tell = _TELLERS.get(misfit.keyword)
    said = tell(misfit) if tell else f"expected {misfit.keyword} {_json(misfit.wanted)}, got {_json(misfit.got)}"
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in misfit.path).removeprefix(".")
    return f"{_cut(path)}: {said}" if path else said


def _tell_type(misfit: Misfit) -> str:
    wanted = misfit.wanted
    return f"expected {' or '.join(wanted) if isinstance(wanted, list) else wanted}, got {_json(misfit.got)}"


def _tell_choice(misfit: Misfit) -> str:
    return f"expected one of {_listed(misfit.wanted)}, got {_json(misfit.got)}"


def _tell_required(misfit: Misfit) -> str:
    return f"missing {_listed(key for key in misfit.wanted if key not in misfit.got)}"


def _tell_unknown(misfit: Misfit) -> str:
    if misfit.wanted is not False or "patternProperties" in misfit.schema:
        return _cut(misfit.message)
    known = misfit.schema.get("properties", {})
    unknown = [key for key in misfit.got if key not in known]
    return f"unknown {_listed(unknown)}, expected only {_listed(known) or 'nothing'}"


def _tell_any(misfit: Misfit) -> str:
    """Name the type that each alternative wants, where each is one; else the library's own words."""
    kinds = [each.get("type") if isinstance(each, dict) else None for each in misfit.wanted]
    named = [kind for kind in kinds if isinstance(kind, str)]
    return (
        f"expected {' or '.join(named)}, got {_json(misfit.got)}" if len(named) == len(kinds) else _cut(misfit.message)
    )


_TELLERS: dict[str, Callable[[Misfit], str]] = {
    "type": _tell_type,
    "enum": _tell_choice,
    "required": _tell_required,
    "additionalProperties": _tell_unknown,
    "anyOf": _tell_any,
}


def _listed(values: Iterable[Any]) -> str:
    return _cut(", ".join(map(_json, values)))


def _json(value: Any) -> str:
    return _cut(json.dumps(value, ensure_ascii=False))


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_CHARACTERS else text[:_MOST_CHARACTERS] + "…"
