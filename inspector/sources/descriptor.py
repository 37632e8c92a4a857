"""How a path becomes an open descriptor, and the sentence for each way in which it cannot."""

import errno
import os
import stat
from collections.abc import Callable

from inspector.errors import InspectorError

Path = str | bytes | os.PathLike[str] | os.PathLike[bytes]

# O_NONBLOCK: neither a FIFO without writer nor a file such as /proc/kmsg may hang us; plain files ignore it.
_FLAGS = os.O_RDONLY
for _flag in ("O_CLOEXEC", "O_NONBLOCK", "O_NOCTTY", "O_BINARY"):
    _FLAGS |= getattr(os, _flag, 0)

_REASONS = {
    errno.ENOENT: "{} does not exist: check the path.",
    errno.ENOTDIR: "{} does not exist, since a part of that path is a file: check the path.",
    errno.EACCES: "{} may not be read by you: ask its owner for permission (chmod), or copy it.",
    errno.EPERM: "{} may not be read by you: ask its owner for permission (chmod), or copy it.",
    errno.ELOOP: "{} is a symbolic link that leads back to itself: let the link name a file.",
    errno.ENAMETOOLONG: "{} is too long for a file name: check the path.",
    errno.EMFILE: "{} cannot be opened, since too many files are open: open fewer at once (see ulimit -n).",
    errno.EBADF: "{} is closed: pipe a stream into it, or name a file.",
}
_NO_INPUT: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISDIR, "{} is a directory: name a file in it."),
    (stat.S_ISSOCK, "{} is a socket, which cannot be opened as a file: pipe what it sends into `-`."),
    (stat.S_ISBLK, "{} is a device, not a recording: name a file, or pipe its bytes into `-`."),
    (stat.S_ISCHR, "{} is a device, not a recording: name a file, or pipe its bytes into `-`."),
)
_DANGLING = "{} is a symbolic link to a file that does not exist: let the link name a file."


def display_name(path: Path) -> str:
    """The path as given; bytes that are not UTF-8 are lone surrogates, and nothing is cleaned."""
    return os.fsdecode(path)


def open_path_fd(path: Path) -> tuple[int, os.stat_result]:
    """Open a regular file, a FIFO or the null device for reading, without blocking; or `InspectorError`."""
    name = display_name(path)
    try:
        refuse(name, os.stat(path))  # before the open: opening some devices does something to them
        fd = os.open(path, _FLAGS)
    except (OSError, ValueError) as error:
        raise cannot_open(name, error, dangling=_is_link(path)) from error
    return fd, os.fstat(fd)


def refuse(name: str, info: os.stat_result) -> None:
    """Raise for what is no input: a directory, a socket, a device other than the null device."""
    if stat.S_ISCHR(info.st_mode) and info.st_rdev == os.stat(os.devnull).st_rdev:
        return
    for is_kind, sentence in _NO_INPUT:
        if is_kind(info.st_mode):
            raise InspectorError(sentence.format(name))


def cannot_open(name: str, error: OSError | ValueError, *, dangling: bool = False) -> InspectorError:
    if not isinstance(error, OSError):  # a NUL in the path
        return InspectorError(f"{name} is no file name: check the path.")
    if dangling and error.errno == errno.ENOENT:
        return InspectorError(_DANGLING.format(name))
    unknown = "{} cannot be opened (" + (error.strerror or "no reason given") + "): check the path."
    return InspectorError(_REASONS.get(error.errno or 0, unknown).format(name))


def cannot_read(name: str, position: int, error: OSError) -> InspectorError:
    return InspectorError(
        f"{name} cannot be read from byte {position} on ({error.strerror}): "
        "copy what can be read into another file and open that."
    )


def _is_link(path: Path) -> bool:
    try:
        return os.path.islink(path)
    except ValueError:
        return False
