"""Whether a file may be imported: a regular file that no stranger can write (E3); must not look at what is in it."""

from __future__ import annotations

import os
import stat

from inspector.errors import InspectorError
from inspector.sources.descriptor import cannot_read, open_path_fd

MOST_BYTES = 16 << 20


def read_regular(path: str) -> bytes:
    """The whole of a regular file; `InspectorError` for anything else."""
    return _read(path, to_be_imported=False)


def read_trusted(path: str) -> bytes:
    """The same, of the user's own or of root's, and not writable by others: what is checked is what is read."""
    return _read(path, to_be_imported=True)


def _read(path: str, *, to_be_imported: bool) -> bytes:
    fd, info = open_path_fd(path)
    with open(fd, "rb") as file:
        if not stat.S_ISREG(info.st_mode):
            raise InspectorError(f"{path} is not a regular file: name a file that holds the tools.")
        if to_be_imported:
            _check_owner(path, info)
        try:
            content = file.read(MOST_BYTES + 1)
        except OSError as error:
            raise cannot_read(path, 0, error) from error
    if len(content) > MOST_BYTES:
        raise InspectorError(f"{path} is larger than {MOST_BYTES >> 20} MiB: name a file that holds the tools.")
    return content


def _check_owner(path: str, info: os.stat_result) -> None:
    if not hasattr(os, "getuid"):  # Windows tells neither owner nor others' rights here
        return
    if info.st_uid not in (0, os.getuid()):
        raise InspectorError(f"{path} belongs to another user, who could make it run anything as you: use a copy.")
    if info.st_mode & stat.S_IWOTH:
        raise InspectorError(f"{path} may be written by everybody, so it is not imported: `chmod o-w` it first.")
