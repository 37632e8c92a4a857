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
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType, TracebackType
from typing import Self

from tests.bench.child import ENVIRONMENT

ROWS, COLUMNS = 30, 100
TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
TIMEOUT_S = 30.0


class Ended(RuntimeError):
    """The program has closed its terminal."""


def drawn_s(command: Sequence[str], text: bytes) -> float:
    """Wall seconds from process start until these bytes were written; the program is killed then."""
    began = time.perf_counter()
    with InTerminal(command) as program:
        program.wait_for(text)
        return time.perf_counter() - began


class InTerminal:
    """`with InTerminal(command) as program:` is killed at the end if it still runs. `settings` are variables of it."""

    def __init__(self, command: Sequence[str], settings: Mapping[str, str] = MappingProxyType({})) -> None:
        self._command, self._settings = command, settings

    def __enter__(self) -> Self:
        self.process, self._terminal = _start(self._command, self._settings)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        os.kill(self.process, signal.SIGKILL)  # it is ours, and a zombie at least, until it is waited for
        os.waitpid(self.process, 0)
        os.close(self._terminal)

    def press(self, keys: bytes) -> None:
        os.write(self._terminal, keys)

    def wait_for(self, text: bytes) -> None:
        """Until these bytes are in what it writes from now on."""
        until, written = time.perf_counter() + TIMEOUT_S, b""
        while text not in written:
            data = self._read(until - time.perf_counter())
            if data is None:
                raise RuntimeError(f"{' '.join(self._command)} did not draw {text!r} but {written[-2000:]!r}")
            written += data

    def wait_until_quiet(self, seconds: float) -> None:
        """Until it has drawn nothing for so long."""
        while self._read(seconds) is not None:
            pass

    def drain(self, seconds: float) -> None:
        """Let it draw for so long: a program whose terminal nobody reads stands still."""
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            self._read(until - time.perf_counter())

    def wait_for_end(self) -> None:
        with suppress(Ended):
            while self._read(TIMEOUT_S) is not None:
                pass

    def _read(self, timeout_s: float) -> bytes | None:
        """What it wrote; `None` where that is nothing for so long."""
        ready, _, _ = select.select([self._terminal], [], [], max(timeout_s, 0))
        return _read(self._terminal) if ready else None


def _start(command: Sequence[str], settings: Mapping[str, str]) -> tuple[int, int]:
    process, terminal = pty.fork()
    if not process:
        with suppress(OSError):
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execve(command[0], list(command), {**ENVIRONMENT, **TERMINAL, **settings})
        os._exit(127)
    return process, terminal


def _read(terminal: int) -> bytes:
    try:
        data = os.read(terminal, 65536)
    except OSError:  # what Linux says at the end
        data = b""
    if not data:
        raise Ended("the program ended before it drew anything")
    return data
