"""Whether a call's arguments fit the tool's schema, in words for model and user; must not run anything."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from inspector.toolchain.specs import ToolSpec, kind_of, load_json

if TYPE_CHECKING:
    from jsonschema import ValidationError

_MOST_MISFITS = 3
_MOST_CHARACTERS = 120


def misfit(spec: ToolSpec, arguments: str) -> str | None:
    """What is wrong with `arguments`, or `None`; misfits of the schema have path, what is expected, what came."""
    try:
        value = load_json(arguments)
    except ValueError as error:
        return f"not JSON: {error}" if arguments.strip() else "not JSON: empty; no arguments would be {}"
    if not isinstance(value, dict):
        return f"expected an object, got {kind_of(value)}"
    return _misfits(spec, value)


def _misfits(spec: ToolSpec, value: Any) -> str | None:
    from jsonschema.validators import Draft202012Validator, validator_for
    from referencing import Registry
    from referencing.exceptions import Unresolvable

    validator = validator_for(spec.parameters, default=Draft202012Validator)
    try:  # with this registry a `$ref` is never fetched from the network
        errors = list(validator(spec.parameters, registry=Registry()).iter_errors(value))
    except (Unresolvable, re.error, RecursionError) as error:
        return f"the schema of {spec.name} cannot be used ({_cut(str(error))})"
    return _told(errors) if errors else None


def _told(errors: Iterable[ValidationError]) -> str:
    from jsonschema.exceptions import relevance

    worst_first = sorted(errors, key=relevance, reverse=True)
    told = list(dict.fromkeys(_sentence(_misfit(error)) for error in worst_first))
    more = [f"and {len(told) - _MOST_MISFITS} more"] if len(told) > _MOST_MISFITS else []
    return "; ".join(told[:_MOST_MISFITS] + more)


class _Misfit(NamedTuple):
    """One keyword of the schema that a value breaks."""

    path: str
    keyword: str
    wanted: Any
    got: Any
    schema: Any
    message: str


def _misfit(error: ValidationError) -> _Misfit:
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.absolute_path)
    wanted, got = error.validator_value, error.instance
    return _Misfit(path.removeprefix("."), str(error.validator), wanted, got, error.schema, error.message)


def _sentence(misfit: _Misfit) -> str:
    tell = _TELLERS.get(misfit.keyword)
    said = tell(misfit) if tell else f"expected {misfit.keyword} {_json(misfit.wanted)}, got {_json(misfit.got)}"
    return f"{_cut(misfit.path)}: {said}" if misfit.path else said


def _tell_type(misfit: _Misfit) -> str:
    wanted = misfit.wanted
    return f"expected {' or '.join(wanted) if isinstance(wanted, list) else wanted}, got {_json(misfit.got)}"


def _tell_choice(misfit: _Misfit) -> str:
    return f"expected one of {_listed(misfit.wanted)}, got {_json(misfit.got)}"


def _tell_required(misfit: _Misfit) -> str:
    return f"missing {_listed(key for key in misfit.wanted if key not in misfit.got)}"


def _tell_unknown(misfit: _Misfit) -> str:
    if misfit.wanted is not False or "patternProperties" in misfit.schema:
        return _cut(misfit.message)
    known = misfit.schema.get("properties", {})
    unknown = [key for key in misfit.got if key not in known]
    return f"unknown {_listed(unknown)}, expected only {_listed(known) or 'nothing'}"


def _tell_any(misfit: _Misfit) -> str:
    """Name the type that each alternative wants, where each is one; else the library's own words."""
    kinds = [each.get("type") if isinstance(each, dict) else None for each in misfit.wanted]
    named = [kind for kind in kinds if isinstance(kind, str)]
    return (
        f"expected {' or '.join(named)}, got {_json(misfit.got)}" if len(named) == len(kinds) else _cut(misfit.message)
    )


_TELLERS: dict[str, Callable[[_Misfit], str]] = {
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
