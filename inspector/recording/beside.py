"""Which files belong together: a recording's sidecar found and read, and the recording of a sidecar."""

from __future__ import annotations

import os
import stat

from inspector.errors import InspectorError
from inspector.recording.meta import Meta, read_meta
from inspector.sources.descriptor import Path, display_name
from inspector.sources.sidecar import META_SUFFIX, TIMES_SUFFIX, meta_of, sidecar_of


def has_sidecar(path: Path) -> bool:
    """Say whether a regular file has one beside it, of either kind; nothing else has any."""
    return is_regular(path) and (os.path.lexists(meta_of(path)) or os.path.lexists(sidecar_of(path)))


def meta_beside(path: Path) -> tuple[Meta | None, str | None]:
    """Read the sidecar of a recording: `(None, None)` where there is none, `(None, why)` where it is bad."""
    sidecar = meta_of(path)
    try:
        if not stat.S_ISREG(os.stat(sidecar).st_mode):  # a FIFO would hang us
            return None, _not_used(sidecar, "it is no regular file")
        return read_meta(sidecar), None
    except FileNotFoundError:
        return None, None
    except (OSError, ValueError) as error:
        return None, _not_used(sidecar, getattr(error, "strerror", None) or str(error))


def _not_used(sidecar: str, why: str) -> str:
    return f"{sidecar} is not used, since {why}: the bytes are shown without times, requests and results."


def recording_of(path: Path) -> Path:
    """Name the recording that a path means: itself, but for a sidecar `NAME.meta.jsonl` the one beside it.

    `InspectorError` where there is none.
    """
    name = display_name(path)
    if not name.endswith(META_SUFFIX) or not is_regular(path):
        return path
    folder, base = os.path.split(name)
    there = [each for each in os.listdir(folder or ".") if meta_of(each) == base and not each.endswith(_SIDECARS)]
    if not there:
        raise InspectorError(
            f"{name} is the sidecar of a recording that is not beside it: put the recording there "
            f"({base.removesuffix(META_SUFFIX)}.sse), or pipe the sidecar into `-` to see its lines."
        )
    return os.path.join(folder, min(there, key=lambda each: (".sse" not in each, each)))


_SIDECARS = (META_SUFFIX, TIMES_SUFFIX)


def is_regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except (OSError, ValueError):  # nothing there, or a NUL in the path
        return False
