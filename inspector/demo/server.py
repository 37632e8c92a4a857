"""The bundled tiny model behind a real llama.cpp server: owns its process, must not know what is asked of it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
import time
from http.client import HTTPConnection, HTTPException
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import IO
from urllib.parse import urlsplit

from inspector.errors import InspectorError

START_S = 20.0  # it takes 0.1 s; this is for a machine that is busy with something else
STOP_S = 2.0
POLL_S = 0.02
HEALTHY = 200
FOLDER = Path(str(files(__package__)))  # pip unpacks wheels, so the resources are ordinary files
MODEL = FOLDER / "tiny.gguf"
TOOLS = FOLDER / "weather_tools.py"  # the ones that it was trained with


def is_installed() -> bool:
    """Whether the server can be started; nothing is imported here."""
    return find_spec("xllamacpp") is not None


class TinyServer:
    """`with TinyServer() as url:` on a free loopback port; it ends with the block, or with this process.

    `InspectorError` where it cannot be started.
    """

    def __init__(self, api_key: str | None = None) -> None:
        self._key = ["--api-key", api_key] if api_key else []

    def __enter__(self) -> str:
        if not is_installed():
            raise InspectorError("The live demo needs llama.cpp: pip install 'stage-inspector[demo]'")
        self._said = tempfile.TemporaryFile()
        self._process = self._start(self._said)
        try:
            return self._ready(time.monotonic() + START_S)
        except BaseException:
            self._stop()
            raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop()

    def _start(self, said: IO[bytes]) -> subprocess.Popen[bytes]:
        """In a session of its own: Ctrl+C in our terminal is ours alone. By its input it learns that we are gone."""
        program = [sys.executable, "-P", str(FOLDER / "serve.py"), str(MODEL), "--until-end-of-input"]
        pipe = subprocess.PIPE
        return subprocess.Popen([*program, *self._key], stdin=pipe, stdout=pipe, stderr=said, start_new_session=True)

    def _ready(self, until_s: float) -> str:
        url = self._address()
        while not _is_healthy(url):
            if time.monotonic() > until_s:
                raise InspectorError(f"The bundled model server at {url} was not ready after {START_S:.0f} s.")
            time.sleep(POLL_S)
        return url

    def _address(self) -> str:
        """The first line it prints; it is killed when that takes too long, which ends the line."""
        assert self._process.stdout is not None
        watch = threading.Timer(START_S, self._process.kill)
        watch.start()
        line = self._process.stdout.readline()
        watch.cancel()
        watch.join()
        if not line:
            raise InspectorError(f"The bundled model server did not start: {self._why()}")
        return line.decode().strip()

    def _why(self) -> str:
        self._process.wait()
        self._said.seek(0)
        lines = self._said.read().decode("utf-8", "replace").split("\n")
        return next(filter(None, reversed(lines)), f"it said nothing in {START_S:.0f} s.")

    def _stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for each in (self._process.stdin, self._process.stdout, self._said):
            if each is not None:
                each.close()


def _is_healthy(url: str) -> bool:
    address = urlsplit(url)
    connection = HTTPConnection(address.hostname or "", address.port, timeout=1.0)  # goes through no proxy
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == HEALTHY
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
