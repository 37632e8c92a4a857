"""The older file beside a recording, `NAME.times.jsonl`, which tells only when reads arrived."""

import json
import math
import os
import stat
from collections.abc import Iterable
from typing import Any

from inspector.sources.descriptor import Path
from inspector.sources.sidecar_names import sidecar_of
from inspector.sources.times import Times

_MAX_LINE_BYTES = 4096  # a line is some 40 bytes; a longer one is something else
_MAX_READ_BYTES = 1 << 53
_BAD_LINE = (ValueError, KeyError, TypeError, OverflowError, RecursionError)


def times_beside(path: Path) -> tuple[Times | None, str | None]:
    """Read the sidecar of a recording: `(None, None)` where there is none, `(None, why)` where it is bad."""
    sidecar = sidecar_of(path)
    try:
        if not stat.S_ISREG(os.stat(sidecar).st_mode):
            return None, _not_used(sidecar, "it is no regular file")
        with open(sidecar, "rb") as lines:
            return parse_times(iter(lambda: lines.readline(_MAX_LINE_BYTES), b"")), None
    except FileNotFoundError:
        return None, None
    except (OSError, ValueError) as error:
        return None, _not_used(sidecar, getattr(error, "strerror", None) or str(error))


def size_mismatch(path: Path, times: Times, size: int) -> str | None:
    """Say that the reads do not add up to the recording, whose whole decoded size is `size`."""
    if times.size == size:
        return None
    return _not_used(sidecar_of(path), f"its reads add up to {times.size} bytes and the recording has {size}")


def _not_used(sidecar: str, why: str) -> str:
    return f"The times in {sidecar} are not used, since {why}: remove it, or record again."


def parse_times(lines: Iterable[bytes]) -> Times:
    """Read lines `{"t_s": …, "bytes": …}`; `ValueError` says which line is none.

    A last line without line feed is where the recorder was killed: it is left out where it cannot be read.
    """
    times = Times()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            times.add(*_read_of(line))
        except _BAD_LINE:
            was_torn = len(line) < _MAX_LINE_BYTES and not line.endswith(b"\n")
            if was_torn and times.ends:
                break
            raise ValueError(f"its line {number} is not the time and size of a read") from None
    return times


def _read_of(line: bytes) -> tuple[int, float]:
    value: Any = json.loads(line)
    read_bytes, at_s = value["bytes"], value["t_s"]
    if type(read_bytes) is not int or not 0 <= read_bytes <= _MAX_READ_BYTES:
        raise ValueError
    if type(at_s) not in (int, float) or not math.isfinite(at_s):
        raise ValueError
    return read_bytes, float(at_s)
