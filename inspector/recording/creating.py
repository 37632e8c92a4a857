"""The two files of a new recording, made so that nothing that is there is touched; it writes nothing into them."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from typing import NamedTuple

from inspector.errors import InspectorError
from inspector.sources.descriptor import Path, display_name
from inspector.sources.sidecar_names import META_SUFFIX, TIMES_SUFFIX, meta_of
from inspector.sources.store import AppendStore

_MODE = 0o600
# O_EXCL and O_NOFOLLOW: neither a file nor what a link points at is ever opened by this.
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND
for _flag in ("O_NOFOLLOW", "O_CLOEXEC", "O_BINARY"):
    _FLAGS |= getattr(os, _flag, 0)

_REASONS = {
    errno.EEXIST: "{} exists already, and a recording replaces nothing: name another file.",
    errno.ENOENT: "{} cannot be made, since there is no such folder: make the folder first, or name another file.",
    errno.ENOTDIR: "{} cannot be made, since a part of that path is a file: check the path.",
    errno.EISDIR: "{} is a directory: name a file in it.",
    errno.EACCES: "{} may not be made by you: name a file in a folder that you may write to.",
    errno.EPERM: "{} may not be made by you: name a file in a folder that you may write to.",
    errno.EROFS: "{} cannot be made on a file system that can only be read: name a file elsewhere.",
    errno.ENOSPC: "{} cannot be made on a full disk: free some space, or name a file elsewhere.",
    errno.ENAMETOOLONG: "{} is too long for a file name: name another file.",
}
_A_SIDECAR = "{} is the name of a file beside a recording: name the recording, such as a.sse."


class Pair(NamedTuple):
    recording: AppendStore
    sidecar: AppendStore

    def close(self) -> None:
        self.recording.close()
        self.sidecar.close()


def create_asked(path: Path) -> Pair:
    """Like `create_pair`, with `InspectorError` for each way in which it cannot be."""
    name = display_name(path)
    check_name(name)
    try:
        return create_pair(name)
    except (OSError, ValueError) as error:
        raise not_made(name, error) from error


def check_name(name: str) -> None:
    """Refuse a name under which a recording would be taken for a sidecar."""
    if name.endswith((META_SUFFIX, TIMES_SUFFIX)):
        raise InspectorError(_A_SIDECAR.format(name))


def not_made(name: str, error: OSError | ValueError) -> InspectorError:
    if not isinstance(error, OSError):  # a NUL in the path
        return InspectorError(f"{name} is no file name: name another file.")
    unknown = "{} cannot be made (" + (error.strerror or "no reason given") + "): name another file."
    return InspectorError(_REASONS.get(error.errno or 0, unknown).format(error.filename or name))


def create_pair(path: str) -> Pair:
    """Make a recording and its sidecar, both or neither. `OSError` names the one that cannot be made."""
    recording = create(path)
    try:
        return Pair(recording, create(meta_of(path)))
    except OSError:
        recording.close()
        remove(path)
        raise


def remove(path: str) -> None:
    """Take away a file that was made here; where that cannot be, it stays."""
    with suppress(OSError):
        os.unlink(path)


def create(path: str) -> AppendStore:
    """Make a file, mode 0600 whatever the umask, where there was none. `OSError`."""
    fd = os.open(path, _FLAGS, _MODE)
    if hasattr(os, "fchmod") and os.fstat(fd).st_mode & 0o777 != _MODE:  # a umask that takes even from the owner
        with suppress(OSError):
            os.fchmod(fd, _MODE)
    return AppendStore(fd)
