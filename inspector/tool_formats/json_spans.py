"""Where the parts of a JSON value stand in its text, so that they can be taken from it as they were written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_BLANKS = re.compile(r"[ \t\n\r]*")
_decode = json.JSONDecoder().raw_decode


class Span(NamedTuple):
    """A value, and its characters in the text."""

    value: Any
    start: int
    end: int


def whole(text: str, start: int = 0, end: int | None = None) -> Span | None:
    """The one JSON value between blanks that these characters are; `None` where they are anything else."""
    part = text[:end]
    try:
        found = _at(part, start)
    except (ValueError, RecursionError):
        return None
    return found if _blanks(part, found.end) == len(part) else None


def items(text: str, array: Span) -> Iterator[Span]:
    """The items of an array that `whole` found."""
    at = _blanks(text, array.start + 1)
    while text[at] != "]":
        found = _at(text, at)
        yield found
        at = _after_comma(text, found.end)


def members(text: str, the_object: Span) -> Iterator[tuple[str, Span]]:
    """The members of an object that `whole` found, as often as they are written."""
    at = _blanks(text, the_object.start + 1)
    while text[at] != "}":
        key = _at(text, at)
        found = _at(text, _blanks(text, key.end) + 1)
        yield key.value, found
        at = _after_comma(text, found.end)


def _at(text: str, at: int) -> Span:
    start = _blanks(text, at)
    value, end = _decode(text, start)
    return Span(value, start, end)


def _after_comma(text: str, at: int) -> int:
    at = _blanks(text, at)
    return _blanks(text, at + 1) if text[at] == "," else at


def _blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at
