"""Processes of a run that left its group (setsid, daemons), found by the mark in their environment; Linux only.

A process that starts another program with an environment of its own making is not found.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress

from inspector.sandbox.environment import MARK

_ROUNDS = 10  # whoever forks faster than this is left to its limits


def kill_marked(value: str) -> None:
    """Kill every process whose mark has this value, and what they start meanwhile."""
    mark = f"{MARK}={value}".encode()
    for _ in range(_ROUNDS):
        found = list(_marked(mark))
        for pid in found:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        if not found:
            return


def _marked(mark: bytes) -> Iterator[int]:
    for pid in _pids():
        with suppress(OSError), open(f"/proc/{pid}/environ", "rb") as environ:  # ended since, or somebody else's
            if mark in environ.read().split(b"\0"):
                yield pid


def _pids() -> list[int]:
    try:
        return [int(name) for name in os.listdir("/proc") if name.isdigit()]
    except OSError:  # no such folder on this system
        return []
