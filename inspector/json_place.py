"""Where in a JSON text a member stands, by its path, in bytes. Makes no values; knows nothing of what they mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
Span: TypeAlias = tuple[int, int]

_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_SCALAR = re.compile(rb"[^\s,\]}]*")
_BLANK = re.compile(rb"\s*")
_NESTING = re.compile(rb'["\[\]{}]')
_OPENING, _CLOSING = b"{[", b"}]"


def place(text: bytes, path: Sequence[str | int], start: int = 0) -> Span | None:
    """The bytes of the member with its key, or of the item; of the innermost there is where the path goes too deep.

    `None` where not even its first step is there, or the text is no JSON. Of keys that come twice, the last one.
    """
    found: Span | None = None
    at = _past_blank(text, start)
    for step in path:
        member = _member(text, at, step)
        if member is None:
            break
        key_at, at, end = member
        found = key_at, end
    return found


def _member(text: bytes, at: int, step: str | int) -> tuple[int, int, int] | None:
    """Where the member of the container at `at` begins, where its value begins, and where that ends."""
    if text[at : at + 1] != (b"{" if isinstance(step, str) else b"["):
        return None
    found, number = None, 0
    key = f'"{step}"'.encode()
    at = _past_blank(text, at + 1)
    while at < len(text) and text[at] not in _CLOSING:
        begin, name = at, b""
        if isinstance(step, str):
            at = _value_end(text, at)
            name = text[begin:at]
            at = _past_blank(text, _past_blank(text, at) + 1)  # over the colon
        end = _value_end(text, at)
        if end <= at:
            return None
        if name == key or number == step:
            found = begin, at, end
        at = _past_blank(text, end)
        at = _past_blank(text, at + 1) if text[at : at + 1] == b"," else at
        number += 1
    return found


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
