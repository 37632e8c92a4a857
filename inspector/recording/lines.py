"""The lines of a recording's sidecar `NAME.meta.jsonl`: one JSON object for one fact. Reads and writes no file."""

from __future__ import annotations

import json
from typing import Any, NamedTuple, TypeAlias, get_type_hints

from inspector.asides import (
    Aside,
    CallRecovered,
    ExchangeBegan,
    ExchangeEnded,
    HeadCame,
    RequestSent,
    RunBegan,
    RunEnded,
    StatusSaid,
    ToolAnswered,
)
from inspector.recording.fields import Reader, reader_of

VERSION = 1
MAX_LINE_BYTES = 64 << 20  # a request holds a whole conversation


class RecordingBegan(NamedTuple):
    """The first line. `started` is the wall clock's UTC; all other times are of `clock`, from when the run began."""

    version: int
    tool: str
    started: str
    clock: str


class ReadCame(NamedTuple):
    """The next `size` bytes of the recording came in one read."""

    at_s: float
    size: int


class RecordingClosed(NamedTuple):
    """The last line: what all bytes add up to, with their sha256 in hexadecimal."""

    at_s: float
    size: int
    sha256: str


Fact: TypeAlias = RecordingBegan | ReadCame | RecordingClosed | Aside

TYPES: dict[str, type[Fact]] = {
    "recording": RecordingBegan,
    "run": RunBegan,
    "exchange": ExchangeBegan,
    "sent": RequestSent,
    "head": HeadCame,
    "read": ReadCame,
    "exchange_end": ExchangeEnded,
    "recovered": CallRecovered,
    "tool_result": ToolAnswered,
    "status": StatusSaid,
    "end": RunEnded,
    "closed": RecordingClosed,
}
_JSON_NAMES = {"at_s": "t_s", "size": "bytes"}


class _Shape(NamedTuple):
    type_name: str
    names: tuple[str, ...]  # in JSON
    readers: tuple[Reader, ...]


def _shape_of(type_name: str, fact: type[Fact]) -> _Shape:
    hints = get_type_hints(fact)
    names = tuple(_JSON_NAMES.get(field, field) for field in fact._fields)
    return _Shape(type_name, names, tuple(reader_of(hints[field]) for field in fact._fields))


_SHAPES: dict[type[Fact], _Shape] = {fact: _shape_of(type_name, fact) for type_name, fact in TYPES.items()}


def line_of(fact: Fact) -> bytes:
    """Write a line; `at_s` is rounded to microseconds. `ValueError`, `RecursionError`: a body that JSON cannot hold."""
    if isinstance(fact, ReadCame):  # by far the most frequent
        return b'{"type":"read","t_s":%a,"bytes":%d}\n' % (round(fact.at_s, 6), fact.size)
    shape = _SHAPES[type(fact)]
    value: dict[str, Any] = {"type": shape.type_name, **dict(zip(shape.names, fact, strict=True))}
    if "t_s" in value:
        value["t_s"] = round(value["t_s"], 6)
    return json.dumps(value, separators=(",", ":")).encode("ascii") + b"\n"


def fact_of(line: bytes) -> Fact | None:
    """Read a line; `None` for one of a type that a later recorder writes. `ValueError`: no line of ours."""
    try:
        value = json.loads(line)
        if (fact := TYPES.get(value["type"])) is None:
            return None
        shape = _SHAPES[fact]
        return fact(*(read(value[name]) for name, read in zip(shape.names, shape.readers, strict=True)))
    except (KeyError, TypeError, OverflowError, RecursionError) as error:
        raise ValueError from error
