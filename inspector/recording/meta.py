"""A recording's sidecar as a whole: the times of its reads, and what stood between them. Knows no transcript."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from inspector.asides import Aside
from inspector.recording.lines import (
    MAX_LINE_BYTES,
    VERSION,
    Fact,
    ReadCame,
    RecordingBegan,
    RecordingClosed,
    fact_of,
)
from inspector.sources.times import Times


class Meta(NamedTuple):
    """`asides` have the offset at which they stand; `closed` is `None` where the recorder was killed."""

    times: Times
    asides: list[tuple[int, Aside]]
    closed: RecordingClosed | None


def read_meta(path: str) -> Meta:
    """Read a sidecar. `OSError`; `ValueError` says in half a sentence what is wrong with it."""
    with open(path, "rb") as file:
        return parse_meta(iter(lambda: file.readline(MAX_LINE_BYTES), b""))


def parse_meta(lines: Iterable[bytes]) -> Meta:
    """Like `read_meta`. What follows the last line feed is where the recorder was killed, and left out."""
    meta = Meta(Times(), [], None)
    for number, line in enumerate(lines, start=1):
        if not line.endswith(b"\n"):
            if len(line) >= MAX_LINE_BYTES:
                raise ValueError(f"its line {number} is longer than {MAX_LINE_BYTES >> 20} MiB")
            break
        try:
            if number == 1:
                _check_version(line)
            meta = _with(meta, fact_of(line))
        except _NewerError as error:
            raise ValueError(str(error)) from None
        except (ValueError, OverflowError):
            raise ValueError(f"its line {number} is not what a recorder writes there") from None
    return meta


def _with(meta: Meta, fact: Fact | None) -> Meta:
    if meta.closed and fact is not None:
        raise ValueError
    match fact:
        case None | RecordingBegan():
            pass
        case ReadCame():
            meta.times.add(fact.size, fact.at_s)
        case RecordingClosed():
            return meta._replace(closed=fact)
        case _:
            meta.asides.append((meta.times.size, fact))
    return meta


class _NewerError(ValueError):
    """The sidecar is of a version that did not exist when this was written."""


def _check_version(line: bytes) -> None:
    value: Any = json.loads(line)
    if type(value) is not dict or value.get("type") != "recording" or type(value.get("version")) is not int:
        raise ValueError
    if value["version"] != VERSION:
        raise _NewerError(f"it is of version {value['version']}, and this stage-inspector reads version {VERSION}")
