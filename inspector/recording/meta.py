"""A recording's sidecar read from its first line to its last, or to where that cannot be. Knows no transcript."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable, Iterator
from typing import Any

from inspector.recording.lines import MAX_LINE_BYTES, VERSION, Fact, ReadCame, RecordingClosed, fact_of
from inspector.sources.descriptor import Path
from inspector.sources.sidecar_names import meta_of

_MAX_BYTES = 1 << 62  # so that offsets can be counted with


def facts_beside(path: Path) -> Iterator[Fact]:
    """What the sidecar of a recording tells, read as one goes on. `ValueError`: in a sentence, why it tells no more."""
    sidecar = meta_of(path)
    try:
        if not stat.S_ISREG(os.stat(sidecar).st_mode):  # a FIFO would hang us
            raise ValueError("it is no regular file")
        with open(sidecar, "rb") as file:
            yield from parse_facts(iter(lambda: file.readline(MAX_LINE_BYTES), b""))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ValueError(
            f"{sidecar} is not used from here on, since {why}: "
            "what follows is shown without times, requests and results."
        ) from None


def parse_facts(lines: Iterable[bytes]) -> Iterator[Fact]:
    """Read lines. `ValueError` says in half a sentence what is wrong with one.

    What follows the last line feed is where the recorder was killed, and left out.
    """
    is_closed, told = False, 0
    for number, line in enumerate(lines, start=1):
        if not line.endswith(b"\n"):
            if len(line) >= MAX_LINE_BYTES:
                raise ValueError(f"its line {number} is longer than {MAX_LINE_BYTES >> 20} MiB")
            return
        try:
            if number == 1:
                _check_version(line)
            fact = fact_of(line)
            told += fact.size if isinstance(fact, ReadCame) else 0
            if told > _MAX_BYTES or (is_closed and fact is not None):
                raise ValueError
        except _NewerError as error:
            raise ValueError(str(error)) from None
        except (ValueError, OverflowError):
            raise ValueError(f"its line {number} is not what a recorder writes there") from None
        is_closed = isinstance(fact, RecordingClosed)
        if fact is not None:
            yield fact


class _NewerError(ValueError):
    """The sidecar is of a version that did not exist when this was written."""


def _check_version(line: bytes) -> None:
    value: Any = json.loads(line)
    if type(value) is not dict or value.get("type") != "recording" or type(value.get("version")) is not int:
        raise ValueError
    if value["version"] != VERSION:
        raise _NewerError(f"it is of version {value['version']}, and this stage-inspector reads version {VERSION}")
