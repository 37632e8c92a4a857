"""What a tool returned as text for the model: a `str` as it is, all else as JSON, or why it has no such form (E6)."""

from __future__ import annotations

import inspect
import json
from typing import Any, NoReturn

_UNSENDABLE = (
    ((bytes, bytearray, memoryview), "bytes, which JSON does not have: return text"),
    ((set, frozenset), "a set, which JSON does not have: return a list"),
)


class Unsendable(Exception):
    """What was returned, and the remedy."""


def content_of(value: Any, most_bytes: int) -> str:
    """Pydantic knows models, dataclasses, dates and the like; the text is spaced as `json.dumps` does it."""
    _refuse(value)
    text = value if isinstance(value, str) else _json(value, most_bytes)
    _refuse_size(len(text), most_bytes)
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise Unsendable(f"text that is not Unicode (half a surrogate pair at {error.start})") from None
    _refuse_size(size, most_bytes)
    return text


def _refuse(value: Any) -> None:
    for types, sentence in _UNSENDABLE:
        if isinstance(value, types):
            raise Unsendable(sentence)
    if inspect.isasyncgen(value) or (hasattr(value, "__next__") and not isinstance(value, str)):
        raise Unsendable("a generator, which has no end that can be known: return a list")


def _json(value: Any, most_bytes: int) -> str:
    from pydantic_core import PydanticSerializationError, to_json

    try:
        compact = to_json(value, inf_nan_mode="constants")
        _refuse_size(len(compact), most_bytes)
        return json.dumps(json.loads(compact, parse_constant=_refuse_constant), ensure_ascii=False)
    except (PydanticSerializationError, ValueError, RecursionError) as error:
        reason = str(error).removeprefix("Error serializing to JSON: ")
        raise Unsendable(f"what JSON does not have ({reason})") from None


def _refuse_size(size: int, most_bytes: int) -> None:
    if size > most_bytes:
        raise Unsendable(f"{size:,} bytes, more than the {most_bytes:,} that a result may have")


def _refuse_constant(constant: str) -> NoReturn:
    raise ValueError(constant)
