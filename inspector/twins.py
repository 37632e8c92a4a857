"""Which of the calls that were sent is the same as one that stands in a text: the same name, the same arguments.

Arguments are compared as JSON values: blanks, the order of keys and `1.0` for `1` make no difference.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from inspector.calls import Call

_Meaning: TypeAlias = tuple[str, str]


class Told(NamedTuple):
    """A call that was sent, with what it says so far; no arguments at all are an empty object."""

    call: Call
    name: str
    arguments: str


class Sent:
    """The calls of one turn. They are looked through once, when the first question comes."""

    def __init__(self, calls: Sequence[Told]) -> None:
        self._calls = calls

    def same_as(self, name: str, arguments: str, *, is_untyped: bool = False) -> Sequence[Call]:
        """Those that say the same. `is_untyped`: the text has strings where a format cannot say what a value is."""
        meaning = _meaning(name, arguments, is_untyped=is_untyped)
        return () if meaning is None else (self._untyped if is_untyped else self._typed).get(meaning, ())

    @cached_property
    def _typed(self) -> dict[_Meaning, list[Call]]:
        return self._by_meaning(is_untyped=False)

    @cached_property
    def _untyped(self) -> dict[_Meaning, list[Call]]:
        return self._by_meaning(is_untyped=True)

    def _by_meaning(self, *, is_untyped: bool) -> dict[_Meaning, list[Call]]:
        found: dict[_Meaning, list[Call]] = {}
        for call, name, arguments in self._calls:
            if (meaning := _meaning(name, arguments or "{}", is_untyped=is_untyped)) is not None:
                found.setdefault(meaning, []).append(call)
        return found


def _meaning(name: str, arguments: str, *, is_untyped: bool) -> _Meaning | None:
    """What is equal for calls that say the same; `None` where the arguments are no JSON."""
    try:
        value = json.loads(arguments, parse_float=_number)
        if is_untyped and isinstance(value, dict):
            value = {key: _read(each) for key, each in value.items()}
        return name, json.dumps(value, sort_keys=True)
    except (ValueError, RecursionError):
        return None


def _read(value: Any) -> Any:
    """What a text may have been meant as."""
    try:
        return json.loads(value, parse_float=_number) if isinstance(value, str) else value
    except ValueError:
        return value


def _number(digits: str) -> float | int:
    number = float(digits)
    return int(number) if number.is_integer() else number
