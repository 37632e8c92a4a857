"""One run of the host program: starts it, gathers what it answers and prints, ends it; knows nothing of tools.

Whatever way a run ends, its process group is killed, its folder removed, its descriptors closed.
"""

from __future__ import annotations

import json
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Literal, NamedTuple, TypeAlias

import inspector
from inspector.sandbox.environment import environment_of
from inspector.sandbox.escaped import kill_marked
from inspector.sandbox.limits import Limits

HOST = Path(__file__).with_name("host.py")
_TICK_S = 0.02  # how often is looked whether to stop; what is read wakes at once
_READ_BYTES = 1 << 16
_ESCAPED_SIZE = 6  # times an answer can grow as JSON

Stopped: TypeAlias = Literal["time", "output", "cancelled"]


class Job(NamedTuple):
    """What the host is to do; `name` and `arguments` (JSON) belong to `call`. `sha256`: of no other file than this."""

    kind: Literal["describe", "call"]
    path: str
    name: str = ""
    arguments: str = ""
    sha256: str | None = None


class Ended(NamedTuple):
    """`answer` is one line of JSON if the host came to its end; `stopped` says why we ended it, if we did."""

    answer: bytes
    printed: bytes
    stopped: Stopped | None
    exit_code: int
    took_s: float


class _Stream(NamedTuple):
    kept: bytearray
    most_bytes: int


def run_host(job: Job, limits: Limits, stop: threading.Event | None = None) -> Ended:
    """Run the host to its end; `stop`, set by another thread, ends it earlier. `OSError`: it cannot be started."""
    began_s = time.monotonic()
    answer = _Stream(bytearray(), limits.output_bytes * _ESCAPED_SIZE + _READ_BYTES)
    printed = _Stream(bytearray(), limits.output_bytes)
    with _folder() as folder, selectors.DefaultSelector() as ready, _host(job, limits, folder) as (process, answers):
        assert process.stdout is not None
        ready.register(answers, selectors.EVENT_READ, answer)
        ready.register(process.stdout, selectors.EVENT_READ, printed)
        try:
            stopped = _gather(process, ready, began_s + limits.seconds, stop or threading.Event(), answer.kept)
        finally:
            _kill(process, folder)
    return Ended(bytes(answer.kept), bytes(printed.kept), stopped, process.returncode, time.monotonic() - began_s)


def _gather(
    process: subprocess.Popen[bytes],
    ready: selectors.BaseSelector,
    deadline_s: float,
    stop: threading.Event,
    answer: bytearray,
) -> Stopped | None:
    """Read until the answer is whole or the host is gone; its children may hold the pipes open for ever."""
    while True:
        has_ended = _has_ended(process)  # before the read, so that nothing it wrote is missed
        if not _read(ready, max(0, min(_TICK_S, deadline_s - time.monotonic()))):
            return "output"
        if answer.endswith(b"\n") or has_ended:
            return None if _read(ready, 0) else "output"
        if stop.is_set():
            return "cancelled"
        if time.monotonic() >= deadline_s:
            return "time"
        if not ready.get_map():  # nobody can answer any more, but the host lives
            stop.wait(max(0, min(_TICK_S, deadline_s - time.monotonic())))


def _read(ready: selectors.BaseSelector, timeout_s: float) -> bool:
    """Take one read of whatever is there; `False` where a stream grew too long."""
    for key, _ in ready.select(timeout_s) if ready.get_map() else ():
        stream: _Stream = key.data
        data = os.read(key.fd, _READ_BYTES)
        if not data:
            ready.unregister(key.fileobj)
        stream.kept.extend(data)
        if len(stream.kept) > stream.most_bytes:
            return False
    return True


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    if hasattr(os, "waitid"):  # leaves the zombie, so that its group's number cannot be given to others yet
        return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    return process.poll() is not None


def _kill(process: subprocess.Popen[bytes], folder: str) -> None:
    with suppress(ProcessLookupError, PermissionError):  # the latter is macOS's word for a group of zombies
        os.killpg(process.pid, signal.SIGKILL)
    kill_marked(folder)
    process.wait()


@contextmanager
def _folder() -> Iterator[str]:
    folder = tempfile.mkdtemp(prefix="stage-inspector-")
    try:
        yield folder
    finally:
        with suppress(RecursionError):  # folders in folders in folders
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _host(job: Job, limits: Limits, folder: str) -> Iterator[tuple[subprocess.Popen[bytes], IO[bytes]]]:
    answer_fd, answering_fd = os.pipe()
    with open(answer_fd, "rb", buffering=0) as answer, tempfile.TemporaryFile() as request:
        try:
            request.write(json.dumps(_request(job, limits)).encode())
            request.seek(0)
            process = subprocess.Popen(
                _command(answering_fd),
                stdin=request,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                bufsize=0,
                cwd=folder,
                env=environment_of(os.environ, folder),
                pass_fds=(answering_fd,),
                start_new_session=True,
            )
        finally:
            os.close(answering_fd)
        with process:
            yield process, answer


def _command(answering_fd: int) -> list[str]:
    """-P and -E: neither the folder of a program nor PYTHONPATH is searched (E3); -u: what is printed is not lost."""
    own_flags = ["-s"] if sys.flags.no_user_site else []
    return [sys.executable, "-P", "-E", "-u", *own_flags, str(HOST), str(answering_fd)]


def _request(job: Job, limits: Limits) -> dict[str, Any]:
    """Besides the job, where to find our own package: it need not be installed where that Python looks."""
    root = str(Path(inspector.__file__).parents[1])
    return {**job._asdict(), "path": os.path.abspath(job.path), "limits": limits._asdict(), "roots": [root, *_roots()]}


def _roots() -> list[str]:
    import pydantic

    return [str(Path(pydantic.__file__).parents[1])]
