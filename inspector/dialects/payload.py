"""The JSON of a frame. What a strict parser refuses is tried once more, leniently, and marked as repaired."""

from __future__ import annotations

import json
import re
from typing import Any

import jiter

_MAX_DEPTH = 200  # jiter's own limit; deeper values break printing and walking (RELIABILITY §2)
_BRACKETS = re.compile(rb"[\[\]{}]")


class NotJson(ValueError):
    """The text is no JSON, in words."""


def load(data: bytes) -> tuple[Any, str | None]:
    """The value, and what had to be put right for it, `None` for nothing. Raises `NotJson`."""
    try:
        return jiter.from_json(data), None
    except ValueError as error:
        return _lenient(data, str(error))


def _lenient(data: bytes, refusal: str) -> tuple[Any, str]:
    """Lone surrogates, raw control characters and bad UTF-8 are sent and harm only the text they are in."""
    if "recursion limit" in refusal or _depth(data) > _MAX_DEPTH:
        raise NotJson(f"JSON nested deeper than {_MAX_DEPTH} levels")
    try:
        text = data.decode("utf-8")
        newline = b"\n" in data and "a line end inside a string: something cut the data at U+2028 or its kin"
        how = newline or "characters that strict JSON does not allow"
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        how = "bad UTF-8, read as U+FFFD"
    try:
        return json.loads(text, strict=False), how
    except (ValueError, RecursionError):
        raise NotJson(f"not JSON: {refusal}") from None


def _depth(data: bytes) -> int:
    """Over the limit if the value nests deeper; brackets in strings count too, which errs on the safe side."""
    if data.count(b"[") + data.count(b"{") <= _MAX_DEPTH:
        return 0
    depth = 0
    for bracket in _BRACKETS.finditer(data):
        depth += 1 if bracket.group() in b"[{" else -1
        if depth > _MAX_DEPTH:
            break
    return depth
