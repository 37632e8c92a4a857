"""The program that runs a tools file, in a process of its own: limits itself, does one job, answers with one line.

Started by path, with the number of the descriptor to answer on, and with the request as JSON on standard input. Until
the limits are set it must import nothing but the standard library.
"""

from __future__ import annotations

import json
import math
import os
import signal
import sys
from contextlib import suppress
from typing import Any

_FILE_BYTES = 64 << 20
_OPEN_FILES = 256
_GRACE_S = 1


def main() -> None:
    answering_fd, own_pid = int(sys.argv[1]), os.getpid()
    os.set_inheritable(answering_fd, False)
    request = json.loads(sys.stdin.buffer.read())
    _limit(**request["limits"])
    _leave_standard_input()
    sys.argv = [request["path"]]
    sys.path += [root for root in request["roots"] if root not in sys.path]  # last: they shadow nothing
    answer = _answer(request)
    if os.getpid() == own_pid:  # a tool may fork, and both come back
        _send(answering_fd, answer)
    os._exit(0)  # waits for no thread, and runs nothing more of the tool's


def _limit(seconds: float, memory_bytes: int, output_bytes: int) -> None:
    """The wall clock is watched outside: what is set of it here is for when nobody watches any more."""
    import resource

    signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE_S)
    cpu_s = math.ceil(seconds + _GRACE_S) * (os.cpu_count() or 1)
    for kind, most in (
        ("RLIMIT_CORE", 0),
        ("RLIMIT_AS", memory_bytes),
        ("RLIMIT_CPU", cpu_s),
        ("RLIMIT_FSIZE", _FILE_BYTES),
        ("RLIMIT_NOFILE", _OPEN_FILES),
    ):
        which = getattr(resource, kind)
        _, hard = resource.getrlimit(which)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):  # macOS does not have them all
            resource.setrlimit(which, (most, most))


def _leave_standard_input() -> None:
    """A tool that reads it finds its end at once."""
    nothing_fd = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing_fd, 0)
    os.close(nothing_fd)


def _answer(request: dict[str, Any]) -> dict[str, str]:
    from inspector.errors import InspectorError
    from inspector.sandbox import calling, describing, module

    path, sha256 = request["path"], request["sha256"]
    try:
        functions = module.functions_of(path, sha256)
        if request["kind"] == "describe":
            return {"answer": describing.describe(path, functions)}
        most_bytes = request["limits"]["output_bytes"]
        return {"answer": calling.call(path, functions, request["name"], request["arguments"], most_bytes)}
    except InspectorError as error:
        return {"refused": str(error)}


def _send(answering_fd: int, answer: dict[str, str]) -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):  # closed or replaced by the tool
            stream.flush()
    with open(answering_fd, "wb", closefd=False) as file:
        file.write(json.dumps(answer).encode() + b"\n")


if __name__ == "__main__":
    main()
