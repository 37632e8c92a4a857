"""Which files belong together: the sidecar of a recording, and the recording of a sidecar. It opens none."""

from __future__ import annotations

import os
import stat

from inspector.errors import InspectorError
from inspector.sources.descriptor import Path, display_name
from inspector.sources.sidecar_names import META_SUFFIX, PACKED_SUFFIXES, TIMES_SUFFIX, meta_of, sidecar_of


def has_sidecar(path: Path) -> bool:
    """Say whether a regular file has one beside it, of either kind; nothing else has any."""
    return is_regular(path) and (has_meta(path) or os.path.lexists(sidecar_of(path)))


def has_meta(path: Path) -> bool:
    return os.path.lexists(meta_of(path))


def is_as_recorded(path: Path) -> bool:
    """Say whether the bytes are as they came: packed ones are then what the server sent; nobody packed them since."""
    return not display_name(path).endswith(PACKED_SUFFIXES) and is_regular(path) and has_meta(path)


def recording_of(path: Path) -> Path:
    """Name the recording that a path means: itself, but for a sidecar `NAME.meta.jsonl` the one beside it.

    `InspectorError` where there is none.
    """
    name = display_name(path)
    if not name.endswith(META_SUFFIX) or not is_regular(path):
        return path
    folder, base = os.path.split(name)
    there = [each for each in _names_in(folder or ".") if meta_of(each) == base and not each.endswith(_SIDECARS)]
    if not there:
        raise InspectorError(
            f"{name} is the sidecar of a recording that is not beside it: put the recording there "
            f"({base.removesuffix(META_SUFFIX)}.sse), or pipe the sidecar into `-` to see its lines."
        )
    return os.path.join(folder, min(there, key=lambda each: (".sse" not in each, each)))


_SIDECARS = (META_SUFFIX, TIMES_SUFFIX)


def _names_in(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:  # a folder may let its files be opened and not be listed
        return []


def is_regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except (OSError, ValueError):  # nothing there, or a NUL in the path
        return False
