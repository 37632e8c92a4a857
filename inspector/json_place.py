"""Where in a JSON text a member stands, by its path, in bytes. Makes no values; knows nothing of what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
Span: TypeAlias = tuple[int, int]
_Member: TypeAlias = tuple[int, int, int]  # where it begins, where its value begins, and where that ends

_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_SCALAR = re.compile(rb"[^\s,\]}]*")
_BLANK = re.compile(rb"\s*")
_NESTING = re.compile(rb'["\[\]{}]')
_OPENING, _CLOSING = b"{[", b"}]"


class Places:
    """Finds members in one text. What it has looked through it remembers, so that a long text is not read for each."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._members: dict[int, dict[bytes | int, _Member]] = {}  # of each container, by where it begins

    def find(self, path: Sequence[str | int]) -> Span | None:
        """The bytes of the member with its key, or of the item; of the innermost there is where the path goes too deep.

        `None` where not even its first step is there, or the text is no JSON. Of keys that come twice, the last one.
        """
        found: Span | None = None
        at = _past_blank(self._text, 0)
        for step in path:
            member = self._of(at).get(f'"{step}"'.encode() if isinstance(step, str) else step)
            if member is None:
                break
            key_at, at, end = member
            found = key_at, end
        return found

    def _of(self, at: int) -> dict[bytes | int, _Member]:
        known = self._members.get(at)
        if known is None:
            known = self._members[at] = dict(_members(self._text, at))
        return known


def place(text: bytes, path: Sequence[str | int]) -> Span | None:
    """One member of a text, as `Places` finds it."""
    return Places(text).find(path)


def _members(text: bytes, at: int) -> Iterator[tuple[bytes | int, _Member]]:
    """What is in the container at `at`, if there is one: items by their number, members by their key in its quotes."""
    opened = text[at : at + 1]
    if not opened or opened not in _OPENING:
        return
    number = 0
    at = _past_blank(text, at + 1)
    while at < len(text) and text[at] not in _CLOSING:
        begin, key = at, b""
        if opened == b"{":
            at = _value_end(text, at)
            key = text[begin:at]
            at = _past_blank(text, _past_blank(text, at) + 1)  # over the colon
        end = _value_end(text, at)
        if end <= at:
            return
        yield (key if opened == b"{" else number), (begin, at, end)
        at = _past_blank(text, end)
        at = _past_blank(text, at + 1) if text[at : at + 1] == b"," else at
        number += 1


def _past_blank(text: bytes, at: int) -> int:
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at


def _value_end(text: bytes, at: int) -> int:
    """Where the value at `at` ends; `at` itself where none does."""
    first = text[at : at + 1]
    if first == b'"':
        string = _STRING.match(text, at)
        return string.end() if string else at
    if first and first in _OPENING:
        return _container_end(text, at)
    scalar = _SCALAR.match(text, at)
    return scalar.end() if scalar else at


def _container_end(text: bytes, at: int) -> int:
    depth, seek = 0, at
    while (sign := _NESTING.search(text, seek)) is not None:
        seek = sign.end()
        if sign.group() == b'"':
            seek = _value_end(text, sign.start())
            if seek == sign.start():
                break
        else:
            depth += 1 if sign.group() in _OPENING else -1
            if depth == 0:
                return seek
    return at
