"""A real terminal for tests: a command in a pty, the bytes it writes, and the screen that they draw. Knows no app.

The screen is pyte's, taught by `wcwidth` to put a whole emoji or a base with its marks into one cell, as today's
terminals do; neither shares code with Rich, so a column that stays straight here is measured twice.
"""

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Self

import pyte
import wcwidth

# pyte takes the keyboard protocol's `CSI > 1 u` for "restore the cursor", and draws the `u` of `CSI < u`.
_UNKNOWN_TO_PYTE = re.compile("\x1b\\[[<=>][0-9;:]*[a-zA-Z]")
_IDLE_S = 0.02
# pytest-xdist sets COLUMNS for its workers, which Textual believes more than the terminal.
_OF_ANOTHER_TERMINAL = {"COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TERM_PROGRAM"}
# The shell leads a session of its own, so the terminal it opens first becomes the one that Ctrl+C and /dev/tty mean.
_ON_TERMINAL = 'exec "$@" <"$0" >"$0" 2>&1'


class _Screen(pyte.Screen):
    def draw(self, data: str) -> None:
        """pyte stops drawing at a character without width; draw a stand-in of the right width, then put it in."""
        for drawn in wcwidth.iter_graphemes(data):
            width = wcwidth.wcswidth(drawn)
            if len(drawn) == 1 or width not in (1, 2):
                super().draw(drawn)
                continue
            super().draw("漢" if width == 2 else "x")
            line, x = self.buffer[self.cursor.y], self.cursor.x - width
            line[x] = line[x]._replace(data=drawn)


class Terminal:
    """Runs `command` until closed; use it in a `with`. `raw` is every byte that came from it."""

    def __init__(
        self, command: Sequence[str], *, columns: int = 80, rows: int = 24, env: Mapping[str, str] | None = None
    ) -> None:
        self.raw = bytearray()
        self._screen = _Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._held = ""  # what follows the last escape: the rest of its last character may be on its way
        self._master, self._slave = pty.openpty()
        self._set_size(columns, rows)
        inherited = {name: value for name, value in os.environ.items() if name not in _OF_ANOTHER_TERMINAL}
        defaults = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "none"}
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", _ON_TERMINAL, os.ttyname(self._slave), *command],
            env={**inherited, **defaults, **(env or {})},
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def lines(self) -> list[str]:
        """The screen as drawn, a string a row. A wide character is one character of it, so it has fewer than cells."""
        rows, columns = range(self._screen.lines), range(self._screen.columns)
        return ["".join(self._screen.buffer[y][x].data for x in columns) for y in rows]

    def cell(self, x: int, y: int) -> str:
        """What stands in a cell; `""` in the right half of a wide character."""
        return self._screen.buffer[y][x].data

    def send(self, keys: str | bytes) -> None:
        os.write(self._master, keys.encode() if isinstance(keys, str) else keys)

    def resize(self, columns: int, rows: int) -> None:
        self._set_size(columns, rows)
        self._screen.resize(rows, columns)
        self.signal(signal.SIGWINCH)

    def signal(self, number: int) -> None:
        """To the process and all it started."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)

    def wait_until(self, condition: Callable[[], bool], timeout_s: float = 10.0) -> None:
        """Read until the condition holds; else an AssertionError with the screen in it."""
        until_s = time.monotonic() + timeout_s
        while not condition():
            left_s = until_s - time.monotonic()
            screen = "\n".join(line.rstrip() for line in self.lines)
            assert left_s > 0, f"still waiting after {timeout_s} s; exit code {self.process.poll()}; screen:\n{screen}"
            self._read(min(left_s, _IDLE_S))

    def wait_for(self, text: str, timeout_s: float = 10.0) -> None:
        """Until a row of the screen holds `text`."""
        self.wait_until(lambda: any(text in line for line in self.lines), timeout_s)

    def wait_quiet(self, quiet_s: float = 0.3, timeout_s: float = 10.0) -> None:
        """Until nothing more is written for a while."""
        until_s = time.monotonic() + timeout_s
        while self._read(quiet_s) and time.monotonic() < until_s:
            pass

    def wait_exit(self, timeout_s: float = 10.0) -> int:
        """The exit code (negative: killed by that signal), with all that was written before it."""
        self.wait_until(lambda: self.process.poll() is not None, timeout_s)
        while self._read(0):
            pass
        return self.process.returncode

    def close(self) -> None:
        """End what still runs, and give the terminal back."""
        if self._master < 0:
            return
        self.signal(signal.SIGKILL)
        self.process.wait()
        os.close(self._master)
        os.close(self._slave)
        self._master = self._slave = -1

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _read(self, timeout_s: float) -> bool:
        """Take what is there, or comes in time; whether anything did."""
        ready, _, _ = select.select([self._master], [], [], timeout_s)
        data = os.read(self._master, 65536) if ready else b""
        self.raw += data
        self._held += self._decode(data)
        end = max(self._held.rfind("\x1b"), 0) if data else len(self._held)
        self._stream.feed(_UNKNOWN_TO_PYTE.sub("", self._held[:end]))
        self._held = self._held[end:]
        return bool(data)
