"""How the pieces of one JSON object add up over chunks, by the official SDK's rule where that rule is right.

The rule is `accumulate_delta` of openai-python: text is joined, objects are merged, lists grow or merge by `index`.
It joins also what servers repeat in every chunk (`role`, `id`, `name`) and adds up numbers; here the last one counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO
from typing import Any, Protocol

from inspector.events import JsonObject

# A server that sends these again means the same, not more of it.
_REPEATED = frozenset({"role", "id", "name", "type", "index", "format", "channel", "object", "signature"})


def merge(parts: Iterable[JsonObject]) -> JsonObject:
    """All parts as one object."""
    merging = Merging()
    for part in parts:
        merging.add(part)
    return merging.value()


class Merging:
    """An object that grows piece by piece. No piece is kept, only what they add up to: streams may be long."""

    __slots__ = ("_values",)

    def __init__(self) -> None:
        self._values: dict[str, _Value] = {}

    def add(self, part: JsonObject) -> None:
        for key, value in part.items():
            values = self._values.get(key)
            if values is None:
                values = self._values[key] = _Value(key)
            if value is not None:
                values.add(value)

    def value(self) -> JsonObject:
        return {key: values.value() for key, values in self._values.items()}


class _Sum(Protocol):
    """What values of one kind add up to."""

    def add(self, value: Any) -> None: ...

    def value(self) -> Any: ...


class _Value:
    """The value of one key; of values of several kinds the last one counts."""

    __slots__ = ("_is_repeated", "_kind", "_sum")

    def __init__(self, key: str) -> None:
        self._is_repeated = key in _REPEATED
        self._kind: type | None = None
        self._sum: _Sum | None = None

    def add(self, value: Any) -> None:
        if self._sum is None:
            self._kind = type(value)
            self._sum = _Repeated() if self._is_repeated else _SUMS.get(self._kind, _Last)()
        elif type(value) is not self._kind and not self._is_repeated and not isinstance(self._sum, _Last):
            self._sum = _Last()
        self._sum.add(value)

    def value(self) -> Any:
        return self._sum.value() if self._sum else None


class _Last:
    __slots__ = ("_value",)

    def add(self, value: Any) -> None:
        self._value = value

    def value(self) -> Any:
        return self._value


class _Repeated:
    """The last that is not empty."""

    __slots__ = ("_value",)

    def __init__(self) -> None:
        self._value: Any = None

    def add(self, value: Any) -> None:
        if value or not self._value:
            self._value = value

    def value(self) -> Any:
        return self._value


class _Text:
    __slots__ = ("_text",)

    def __init__(self) -> None:
        self._text = StringIO(newline="")

    def add(self, value: str) -> None:
        self._text.write(value)

    def value(self) -> str:
        return self._text.getvalue()


class _Entries:
    """A list: entries of one index are one entry; an entry without an index is one of its own."""

    __slots__ = ("_entries", "_places")

    def __init__(self) -> None:
        self._entries: list[Any] = []
        self._places: dict[int, int] = {}  # by index

    def add(self, value: list[Any]) -> None:
        for entry in value:
            index = entry.get("index") if isinstance(entry, dict) else None
            new = len(self._entries)
            place = self._places.setdefault(index, new) if isinstance(index, int) else new
            if place == new:
                self._entries.append(entry)
            else:
                self._merged(place).add(entry)

    def _merged(self, place: int) -> Merging:
        entry = self._entries[place]
        if isinstance(entry, Merging):
            return entry
        merging = self._entries[place] = Merging()
        merging.add(entry)
        return merging

    def value(self) -> list[Any]:
        return [entry.value() if isinstance(entry, Merging) else entry for entry in self._entries]


_SUMS: dict[type, type[_Last | _Text | Merging | _Entries]] = {str: _Text, dict: Merging, list: _Entries}
