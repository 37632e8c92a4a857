"""Where a headless command writes: stdout, or a file that appears whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import click

from inspector.errors import InspectorError

Write = Callable[[str], object]

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
_NAME_FILE, _NAME_ANOTHER = ": name a file with -o", "; name another file with -o"


@contextmanager
def output(path: str | None) -> Iterator[Write]:
    """A writer of UTF-8 text. A regular file is replaced in one rename, once everything is written."""
    if path is None:
        check_stdout(_NAME_FILE)
        with _naming("Standard output", _NAME_ANOTHER), _to_stdout() as write:
            yield write
    elif _is_special(path):
        with _naming(path, _NAME_ANOTHER), _writing(os.open(path, os.O_WRONLY)) as write:
            yield write
    else:
        with _naming(path, _NAME_ANOTHER), _replacing(os.path.realpath(path)) as write:
            yield write


@contextmanager
def printing() -> Iterator[Write]:
    """A writer of UTF-8 text to stdout, for commands that can write nowhere else."""
    check_stdout()
    with _naming("Standard output"), _to_stdout() as write:
        yield write


def check_stdout(remedy: str = "") -> None:
    """`InspectorError` where nobody can get what is written."""
    if sys.stdout is None:  # what Python makes of a closed descriptor
        raise InspectorError(f"Standard output is closed{remedy or ': leave it open, or send it to a file'}.")


@contextmanager
def telling() -> Iterator[None]:
    """Around all of a command, click's own help too. A reader that has enough (`| head`) is no failure."""
    try:
        yield
    except BrokenPipeError:
        _drop_stdout()
        raise click.exceptions.Exit(0) from None
    except OSError as error:
        if error.errno not in _FULL:
            raise
        _drop_stdout()
        raise InspectorError(f"Standard output cannot be written: {error.strerror}.") from None


def _drop_stdout() -> None:
    """What is still to be written can go nowhere: keep Python from complaining about it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


@contextmanager
def _to_stdout() -> Iterator[Write]:
    out = sys.stdout.buffer
    try:
        yield lambda text: out.write(text.encode("utf-8", "replace"))
        out.flush()
    except OSError:
        _drop_stdout()
        raise


@contextmanager
def _replacing(path: str) -> Iterator[Write]:
    """A new file that takes the place and the mode of the old one when it is whole, and is gone when it is not."""
    temporary = f"{path}.{os.getpid()}.part"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with suppress(FileNotFoundError, AttributeError):  # Windows has no such modes before Python 3.13
            os.fchmod(descriptor, stat.S_IMODE(os.stat(path).st_mode))
        with _writing(descriptor) as write:
            yield write
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


@contextmanager
def _writing(descriptor: int) -> Iterator[Write]:
    with open(descriptor, "wb") as out:
        yield lambda text: out.write(text.encode("utf-8", "replace"))
        out.flush()
        with suppress(OSError):  # pipes and terminals cannot be synced
            os.fsync(out.fileno())


def _is_special(path: str) -> bool:
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


@contextmanager
def _naming(path: str, remedy: str = "") -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise  # a reader that has enough is no trouble
    except OSError as error:
        raise InspectorError(f"{path} cannot be written: {error.strerror}{remedy}.") from None
