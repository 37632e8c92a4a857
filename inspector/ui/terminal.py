"""The terminal itself: makes keys come from it when standard input is a stream. Knows nothing of the app."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from inspector.errors import InspectorError

_STDIN, _STDERR = 0, 2  # what Textual reads keys from, and draws on
_TERMINAL = "/dev/tty"


@contextmanager
def terminal() -> Iterator[None]:
    """While open, standard input and standard error are the terminal; `InspectorError` where there is none."""
    kept = {fd: _kept(fd) for fd in (_STDIN, _STDERR) if not os.isatty(fd)}
    try:
        _attach(list(kept))
        yield
    finally:
        for fd, copy in kept.items():
            if copy is not None:
                os.dup2(copy, fd)
                os.close(copy)


def _kept(fd: int) -> int | None:
    try:
        return os.dup(fd)
    except OSError:  # it is closed
        return None


def _attach(fds: list[int]) -> None:
    if not fds:
        return
    try:
        opened = os.open(_TERMINAL, os.O_RDWR | os.O_NOCTTY)
    except OSError as error:
        raise InspectorError(
            f"There is no terminal to take keys from ({error.strerror}): start it in one, or use "
            "`stage-inspector export`."
        ) from error
    for fd in fds:
        os.dup2(opened, fd)
    if opened not in fds:
        os.close(opened)
