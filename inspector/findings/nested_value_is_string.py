"""A value in the arguments is a string that holds JSON, where the tool's schema wants an object or a list.

Tool formats in XML carry no types: the server takes them from the schema, and did not find its way through a `$ref`
or `anyOf`. The tool gets text where it expects a structure.

Decode the string once more, or write the schema without references.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from inspector.findings.fitting import byte_of, misfits_of
from inspector.findings.moments import CallDone
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import short
from inspector.json_value import kind_of, load_json
from inspector.schema_fit import Misfit

_KINDS: dict[str, type] = {"object": dict, "array": list}


def fits(misfit: Misfit) -> bool:
    """Whether what the string holds is of a type that is wanted there."""
    wanted = [each for each in (misfit, *misfit.within) if each.keyword == "type" and each.path == misfit.path]
    if not wanted or not isinstance(misfit.got, str) or misfit.got.lstrip()[:1] not in ("{", "["):
        return False
    held = _held(misfit.got)
    return any(isinstance(held, _KINDS[name]) for each in wanted for name in _names(each.wanted) if name in _KINDS)


def _names(wanted: Any) -> list[Any]:
    return wanted if isinstance(wanted, list) else [wanted]


def _held(text: str) -> Any:
    try:
        return load_json(text)
    except ValueError:
        return None


def check(moment: CallDone) -> Iterator[Sign]:
    for misfit in misfits_of(moment):
        if fits(misfit):
            path = ".".join(map(str, misfit.path))
            message = f"{short(path, 80)} of {moment.call.title} is {kind_of(_held(misfit.got))} in a string"
            yield moment.sign(message, byte_of(moment, misfit.path))


RULE = Rule("TC041", "nested-value-is-string", "warn", __doc__, {CallDone: check}, ("tools",))
