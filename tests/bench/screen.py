"""Programs in a real pseudo-terminal, and how long until they have drawn something. Answers no queries of theirs."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Sequence
from contextlib import suppress

from tests.bench.child import ENVIRONMENT

ROWS, COLUMNS = 30, 100
TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
TIMEOUT_S = 30.0


def drawn_s(command: Sequence[str], text: bytes) -> float:
    """Wall seconds from process start until these bytes were written; the program is killed then."""
    began = time.perf_counter()
    process, terminal = _start(command)
    try:
        written = b""
        while text not in written:
            left_s = began + TIMEOUT_S - time.perf_counter()
            ready, _, _ = select.select([terminal], [], [], max(left_s, 0))
            if not ready:
                raise RuntimeError(f"{' '.join(command)} did not draw {text!r} but {written[-2000:]!r}")
            written += _read(terminal)
        return time.perf_counter() - began
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)


def _start(command: Sequence[str]) -> tuple[int, int]:
    process, terminal = pty.fork()
    if not process:
        with suppress(OSError):
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execve(command[0], list(command), {**ENVIRONMENT, **TERMINAL})
        os._exit(127)
    return process, terminal


def _read(terminal: int) -> bytes:
    try:
        data = os.read(terminal, 65536)
    except OSError:  # what Linux says at the end
        data = b""
    if not data:
        raise RuntimeError("the program ended before it drew anything")
    return data
