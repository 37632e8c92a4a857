"""How the pieces of one JSON object add up over chunks, by the official SDK's rule where that rule is right.

The rule is `accumulate_delta` of openai-python: text is joined, objects are merged, lists grow or merge by `index`.
It joins also what servers repeat in every chunk (`role`, `id`, `name`) and adds up numbers; here the last one counts.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from inspector.events import JsonObject

# A server that sends these again means the same, not more of it.
_REPEATED = frozenset({"role", "id", "name", "type", "index", "format", "channel", "object", "signature"})


def merge(parts: Iterable[JsonObject]) -> JsonObject:
    """All parts as one object. Looks at each piece once, so long streams stay linear."""
    given: dict[str, list[Any]] = {}
    for part in parts:
        for key, value in part.items():
            values = given.setdefault(key, [])
            if value is not None:
                values.append(value)
    return {key: _join(key, values) for key, values in given.items()}


def _join(key: str, values: list[Any]) -> Any:
    if not values:
        return None
    if key in _REPEATED:
        return next((value for value in reversed(values) if value), values[-1])
    if all(isinstance(value, str) for value in values):
        return "".join(values)
    if all(isinstance(value, dict) for value in values):
        return merge(values)
    if all(isinstance(value, list) for value in values):
        return _join_lists(values)
    return values[-1]


def _join_lists(lists: list[list[Any]]) -> list[Any]:
    """Entries of one index are one entry; an entry without an index is one of its own."""
    entries: dict[Hashable, list[Any]] = {}
    for position, entry in enumerate(entry for each in lists for entry in each):
        indexed = isinstance(entry, dict) and isinstance(entry.get("index"), int)
        entries.setdefault(("index", entry["index"]) if indexed else position, []).append(entry)
    return [merge(each) if len(each) > 1 else each[0] for each in entries.values()]
