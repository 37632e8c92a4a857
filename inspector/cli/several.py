"""Looks at many files at once, in processes of their own, and says on stderr how far it is. Knows no output format."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from functools import partial

from inspector.errors import InspectorError
from inspector.report.checked import Asked, Checked, check

_MANY = 8  # files from which processes are worth their start
_MUCH_BYTES = 32 * 1024 * 1024  # of two files and more, likewise

Outcome = Checked | InspectorError


def check_each(files: Sequence[str], asked: Asked) -> Iterator[Outcome]:
    """In the order of the files; an `InspectorError` in the place of one that cannot be opened."""
    look = partial(_check, asked=asked)
    if len(files) < 2 or (len(files) < _MANY and _size(files) < _MUCH_BYTES) or "-" in files:
        yield from map(look, files)
        return
    from concurrent.futures import ProcessPoolExecutor

    workers = min(os.cpu_count() or 1, len(files))
    with ProcessPoolExecutor(workers, initializer=_leave_interrupts) as pool:
        chunk = max(1, min(16, len(files) // (4 * workers)))
        for done, outcome in enumerate(pool.map(look, files, chunksize=chunk), 1):
            _progress(done, len(files))
            yield outcome


def _check(path: str, asked: Asked) -> Outcome:
    try:
        return check(path, asked)
    except InspectorError as error:
        return error


def _leave_interrupts() -> None:
    """Ctrl-C is for the parent, which ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _size(files: Sequence[str]) -> int:
    return sum(os.path.getsize(each) for each in files if os.path.isfile(each))


def _progress(done: int, files: int) -> None:
    if sys.stderr is not None and sys.stderr.isatty():
        text = f"\rchecked {done} of {files} files" if done < files else "\r\x1b[K"
        sys.stderr.write(text)
        sys.stderr.flush()
