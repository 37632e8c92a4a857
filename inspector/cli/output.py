"""Where a headless command writes: stdout, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from inspector.errors import InspectorError

Write = Callable[[str], object]


@contextmanager
def output(path: str | None) -> Iterator[Write]:
    """A writer of UTF-8 text. A regular file is replaced in one rename, once everything is written."""
    if path is None:
        with _naming("Standard output"):
            yield from _to_stdout()
    elif _is_special(path):
        with _naming(path), _opened(path, os.O_WRONLY) as write:
            yield write
    else:
        temporary = f"{path}.{os.getpid()}.part"
        with _naming(path):
            try:
                with _opened(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL) as write:
                    yield write
                os.replace(temporary, path)
            finally:
                with suppress(OSError):
                    os.unlink(temporary)


def drop_stdout() -> None:
    """What is still to be written can go nowhere: keep Python from complaining about it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _to_stdout() -> Iterator[Write]:
    if sys.stdout is None:  # what Python makes of a closed descriptor
        raise InspectorError("Standard output is closed: name a file with -o.")
    out = sys.stdout.buffer
    try:
        yield lambda text: out.write(text.encode("utf-8", "replace"))
        out.flush()
    except OSError:
        drop_stdout()
        raise


@contextmanager
def _opened(path: str, flags: int) -> Iterator[Write]:
    with open(os.open(path, flags, 0o666), "wb") as out:
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
def _naming(path: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise  # a reader that has enough is no trouble
    except OSError as error:
        raise InspectorError(f"{path} cannot be written: {error.strerror}; name another file with -o.") from None
