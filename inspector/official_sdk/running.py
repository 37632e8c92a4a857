"""Starts the SDK's process, gathers what it says, and ends it: at its end, when told to, or when its time is over.

Knows nothing of what is drawn. The SDK copies all it has at each chunk, so a long answer takes it long.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from inspector.client_views.view import Change, GaveUp, View
from inspector.official_sdk.pieces import Piece

HOST = Path(__file__).with_name("host.py")
LIMIT_S = 30.0
_NOT_THE_SDKS = ("OPENAI_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "PYTHON")


class SdkRun:
    """One run over one answer. `run` blocks; `cancel` may be called from any thread."""

    def __init__(self, pieces: Iterable[Piece], *, limit_s: float = LIMIT_S) -> None:
        self.view = View()
        self.version: str | None = None
        self.raised: str | None = None  # the type of what it raised
        self.where: str | None = None  # the SDK's function that raised it
        self._pieces = pieces
        self._limit_s = limit_s
        self._stop = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._last = 0  # the last frame that is known to be taken
        self._is_over = False

    @property
    def name(self) -> str:
        return f"official openai SDK {self.version or ''}".rstrip()

    def cancel(self) -> None:
        self._stop.set()
        if self._process is not None:
            self._process.kill()

    def run(self, progress: Callable[[int], object] = lambda frame: None) -> None:
        """Run it to its end; `progress` is told of each frame whose chunk the SDK has taken."""
        with tempfile.TemporaryFile() as given:
            for piece in self._pieces:
                if self._stop.is_set():
                    return
                given.write(json.dumps([piece.frame, piece.data.decode("latin-1")]).encode() + b"\n")
            given.seek(0)
            with self._started(given) as said:
                for line in said:
                    self._take(json.loads(line))
                    progress(self._last)
        if not self._is_over:
            self.view.gave_up = GaveUp(self._last, self._why_not())

    @contextmanager
    def _started(self, given: IO[bytes]) -> Iterator[Iterable[bytes]]:
        environment = {name: value for name, value in os.environ.items() if not name.upper().startswith(_NOT_THE_SDKS)}
        command = [sys.executable, "-P", str(HOST)]
        with subprocess.Popen(
            command, stdin=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        ) as process:
            self._process = process
            if self._stop.is_set():  # between the last look and here
                process.kill()
            clock = threading.Timer(self._limit_s, process.kill)
            clock.start()
            try:
                assert process.stdout is not None
                yield _whole_lines(process.stdout)
            finally:
                clock.cancel()
                process.kill()

    def _take(self, said: dict[str, Any]) -> None:
        self._last = said.get("frame", self._last)
        if "version" in said:
            self.version = said["version"]
        elif "raised" in said:
            self.raised, self.where, self._is_over = said["raised"], said["where"], True
            self.view.gave_up = GaveUp(self._last, f"{said['raised']}: {said['message']}".removesuffix(": "))
        elif "ended" in said:
            self._is_over = True
        for choice, slot, call_id, name, arguments, anew in said.get("calls", ()):
            self.view.note(self._last, (choice, slot), Change(call_id or None, name or None, arguments, anew))

    def _why_not(self) -> str:
        if self._stop.is_set():
            return "stopped"
        if self.version is None:
            return "the openai package cannot be imported here"
        return f"stopped: it was not through after {self._limit_s:g} s"


def _whole_lines(stream: IO[bytes]) -> Iterator[bytes]:
    """A process that is killed may leave half a line."""
    for line in stream:
        if line.endswith(b"\n"):
            yield line
