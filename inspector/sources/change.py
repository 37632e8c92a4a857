"""What can happen to a file behind our back, and the sentences for it; it opens nothing."""

import os
from typing import NamedTuple

HAPPENED = {
    "cut": "{} was cut short",
    "rewritten": "{} was written over",
    "replaced": "{} was replaced by another file",
    "deleted": "{} was deleted",
    "grown": "{} has grown",
}


class Stamp(NamedTuple):
    """What `fstat` tells about the content of a file."""

    size: int
    mtime_ns: int


def stamp_of(fd: int) -> Stamp:
    info = os.fstat(fd)
    return Stamp(info.st_size, info.st_mtime_ns)


def content_change(before: Stamp, now: Stamp) -> str | None:
    """Name what happened to the content between the two, as a key of `HAPPENED`."""
    if now.size != before.size:
        return "cut" if now.size < before.size else "grown"
    return "rewritten" if now.mtime_ns != before.mtime_ns else None


def path_change(path: bytes | str | os.PathLike[str] | os.PathLike[bytes], fd: int) -> str | None:
    """Name what happened to the path that `fd` was opened from: it may name nothing, or another file."""
    try:
        ours, there = os.fstat(fd), os.stat(path)
    except FileNotFoundError:
        return "deleted"
    except OSError:
        return None  # a path that cannot be looked at just now says nothing about the file
    return None if os.path.samestat(there, ours) else "replaced"
