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
        out = sys.stdout.buffer
        yield lambda text: out.write(text.encode("utf-8", "replace"))
        out.flush()
    elif _is_special(path):
        with _opened(path, path, os.O_WRONLY) as write:
            yield write
    else:
        temporary = f"{path}.{os.getpid()}.part"
        try:
            with _opened(temporary, path, os.O_WRONLY | os.O_CREAT | os.O_EXCL) as write:
                yield write
            os.replace(temporary, path)
        except OSError as error:
            raise _cannot_write(path, error) from None
        finally:
            with suppress(OSError):
                os.unlink(temporary)


@contextmanager
def _opened(path: str, meant: str, flags: int) -> Iterator[Write]:
    try:
        descriptor = os.open(path, flags, 0o666)
    except OSError as error:
        raise _cannot_write(meant, error) from None
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


def _cannot_write(path: str, error: OSError) -> InspectorError:
    return InspectorError(f"{path} cannot be written: {error.strerror}; name another file with -o.")
