"""The lines of a recording's sidecar `NAME.meta.jsonl`: one JSON object for one fact. Reads and writes no file."""

from __future__ import annotations

import json
import re
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
    ToolBegan,
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


class NoticeSaid(NamedTuple):
    """A sentence for the user about the run: what was masked, what the server did oddly, how the run went on."""

    at_s: float
    sentence: str


class RecordingClosed(NamedTuple):
    """The last line: what all bytes add up to, with their sha256 in hexadecimal."""

    at_s: float
    size: int
    sha256: str


Fact: TypeAlias = RecordingBegan | ReadCame | NoticeSaid | RecordingClosed | Aside

TYPES: dict[str, type[Fact]] = {
    "recording": RecordingBegan,
    "run": RunBegan,
    "exchange": ExchangeBegan,
    "sent": RequestSent,
    "head": HeadCame,
    "read": ReadCame,
    "exchange_end": ExchangeEnded,
    "recovered": CallRecovered,
    "tool_began": ToolBegan,
    "tool_result": ToolAnswered,
    "status": StatusSaid,
    "notice": NoticeSaid,
    "end": RunEnded,
    "closed": RecordingClosed,
}
# A read as it is written here, by far the most frequent line: 0.8 µs instead of 3.
_READ = re.compile(rb'\{"type":"read","t_s":([0-9.]{1,17}),"bytes":([0-9]{1,16})\}\n')
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
    if isinstance(fact, ReadCame):
        return b'{"type":"read","t_s":%a,"bytes":%d}\n' % (round(fact.at_s, 6), fact.size)
    shape = _SHAPES[type(fact)]
    value: dict[str, Any] = {"type": shape.type_name, **dict(zip(shape.names, fact, strict=True))}
    if "t_s" in value:
        value["t_s"] = round(value["t_s"], 6)
    return json.dumps(value, separators=(",", ":")).encode("ascii") + b"\n"


def fact_of(line: bytes) -> Fact | None:
    """Read a line; `None` for one of a type that a later recorder writes. `ValueError`: no line of ours."""
    if read := _READ.fullmatch(line):
        return ReadCame(float(read[1]), int(read[2]))
    try:
        value = json.loads(line)
        type_name = value["type"]
        if type(type_name) is not str:
            raise ValueError
        if (fact := TYPES.get(type_name)) is None:
            return None
        shape = _SHAPES[fact]
        return fact(*(reader(value[name]) for name, reader in zip(shape.names, shape.readers, strict=True)))
    except (KeyError, TypeError, OverflowError, RecursionError) as error:
        raise ValueError from error
