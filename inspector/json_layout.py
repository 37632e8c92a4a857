"""Lays JSON text out to be read, whole or broken, by its signs alone: nothing is parsed, so nothing is lost.

Long digits, escapes, keys that come twice and what is no JSON at all stay as they were sent; only blanks between the
signs change. Knows no values and no looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["key", "string", "number", "word", "sign"]

INDENT: Final = "  "
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_CLOSING: Final = {"{": "}", "[": "]"}


class Laid(NamedTuple):
    """A token as it stands in the source at character `at`, and the blanks to write before it."""

    before: str
    text: str
    kind: Kind
    at: int


def lay_out(text: str, width: int) -> Iterator[Laid]:
    """Each member on a line of its own, but what fits on `width` characters stays together."""
    tokens = _TOKEN.findall(text)
    starts = [match.start() for match in _TOKEN.finditer(text)]
    closes = _closes(tokens)
    ends = _compact_ends(tokens)
    depth, column, together, previous = 0, 0, -1, ""
    for number, token in enumerate(tokens):
        if number <= together:
            before = " " if previous in (",", ":") else ""
        else:
            depth = max(depth - (token in ("}", "]")), 0)
            before = _before(previous, token, depth)
        column = len(before) - 1 if "\n" in before else column + len(before)
        yield Laid(before, token, _kind(token, tokens, number), starts[number])
        if token in _CLOSING and number > together:
            close = closes.get(number)
            if close is not None and column + ends[close] - ends[number] + 1 <= width:
                together = close
            else:
                depth += 1
        column += len(token)
        previous = token


def _before(previous: str, token: str, depth: int) -> str:
    if not previous or token in (",", ":"):
        return ""
    return " " if previous == ":" else "\n" + INDENT * depth


def _kind(token: str, tokens: Sequence[str], number: int) -> Kind:
    if token[0] == '"':
        return "key" if tokens[number + 1 : number + 2] == [":"] else "string"
    if token in "{}[],:":
        return "sign"
    return "number" if token[0] in "-0123456789" else "word"


def _closes(tokens: Sequence[str]) -> dict[int, int]:
    """For each bracket that is closed by its own kind, where."""
    found: dict[int, int] = {}
    unclosed: list[int] = []
    for number, token in enumerate(tokens):
        if token in _CLOSING:
            unclosed.append(number)
        elif token in ("}", "]") and unclosed:
            opened = unclosed.pop()
            if _CLOSING[tokens[opened]] == token:
                found[opened] = number
    return found


def _compact_ends(tokens: Sequence[str]) -> list[int]:
    """Where each token would end were all of them on one line."""
    ends: list[int] = []
    column = 0
    for token in tokens:
        column += len(token)
        ends.append(column)
        column += token in (",", ":")
    return ends
