"""10: the app in a pty while a server floods it: what is recorded, how soon a key is answered, what memory it takes.

The goals are absolute, being promises to the user. The flood lasts its 10 s at 1 GB, and less on a smaller size.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from tests.bench.child import ENVIRONMENT, ROOT
from tests.bench.outcome import Outcome, Row, Skipped
from tests.bench.screen import InTerminal
from tests.bench.setting import Setting

NUMBER = 10
EVENTS_PER_S = 100_000
FULL_S, SHORT_S = 10.0, 3.0
KEY_GOAL_S = 0.1
MEMORY_GOAL_BYTES = 200 << 20
READY = b"ready"  # what the first event says
ASK, ASKED, LEAVE = b":", b"Go to", b"100%\r"  # a key with an answer that nothing else draws, and on to the end
BETWEEN_KEYS_S = 0.15
SETTLED_S = 1.0
TAKEN_S = 10.0  # what the server sent and the app has not taken yet


class Flood(NamedTuple):
    sent: dict[str, Any]  # what the server said of itself
    recorded: str  # the digest of the recording
    missing: int  # bytes
    idle_s: list[float]  # from a key to its answer, before
    flooded_s: list[float]  # and during
    grown: int  # bytes of memory, from the idle app to its peak


def run(setting: Setting) -> Iterator[Outcome]:
    if not Path("/proc/self/status").exists():
        yield Skipped(NUMBER, "flood", "there is no /proc/self/status")
        return
    with tempfile.TemporaryDirectory() as folder:
        found = flood(Path(folder) / "flood.sse", FULL_S if setting.is_full else SHORT_S)
    yield from rows(found, holds=setting.is_full)


def rows(found: Flood, *, holds: bool) -> Iterator[Outcome]:
    sent, took_s = found.sent["bytes"], found.sent["took_s"]
    what = f"{found.sent['events']:,} events in {took_s:.1f} s: bytes that the recording lacks"
    lost = found.missing or (found.recorded != found.sent["sha256"])
    yield Row(NUMBER, what, f"{found.missing}", f"{sent / 1e6:.0f} MB", lost / sent, 0.0)
    keys = f"longest of {len(found.flooded_s)} keys ({median(found.idle_s) * 1e3:.0f} ms before the flood)"
    longest_s = max(found.flooded_s)
    yield Row(NUMBER, keys, f"{longest_s * 1e3:.0f} ms", "100 ms", longest_s / KEY_GOAL_S, 1.0)
    grown = f"{found.grown / 1e6:.0f} MB", f"{MEMORY_GOAL_BYTES / 1e6:.0f} MB"
    yield Row(NUMBER, "memory that the flood took", *grown, found.grown / MEMORY_GOAL_BYTES, 1.0, holds=holds)


def flood(recording: Path, seconds: float) -> Flood:
    with server(seconds) as (process, url), InTerminal(attach(url, recording)) as app:
        assert process.stdin is not None
        assert process.stdout is not None
        app.wait_for(READY)
        app.drain(SETTLED_S)
        before, idle_s = resident(app.process, "VmRSS"), [answered_s(app) for _ in range(5)]
        process.stdin.write("\n")
        process.stdin.flush()
        flooded_s = list(answers(app, seconds))
        while process.poll() is None:
            app.drain(BETWEEN_KEYS_S)
        sent = json.loads(process.stdout.read())
        wait_for_bytes(app, recording, sent["bytes"])
        grown = resident(app.process, "VmHWM") - before
        app.press(b"q")
        app.wait_for_end()
    data = recording.read_bytes()
    return Flood(sent, hashlib.sha256(data).hexdigest(), sent["bytes"] - len(data), idle_s, flooded_s, grown)


@contextmanager
def server(seconds: float) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process, and where it listens; it floods after a line of its input."""
    command = [sys.executable, "-m", "tests.bench.programs.flood_server", str(EVENTS_PER_S), str(seconds)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT, env=ENVIRONMENT) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def attach(url: str, recording: Path) -> list[str]:
    return [sys.executable, "-m", "inspector", "attach", url, "--record", str(recording)]


def answers(app: InTerminal, seconds: float) -> Iterator[float]:
    """How long each of the keys took that were pressed while the flood lasts."""
    until_s = time.perf_counter() + seconds
    while time.perf_counter() < until_s:
        yield answered_s(app)


def answered_s(app: InTerminal) -> float:
    began_s = time.perf_counter()
    app.press(ASK)
    app.wait_for(ASKED)
    took_s = time.perf_counter() - began_s
    app.press(LEAVE)
    app.drain(BETWEEN_KEYS_S)
    return took_s


def wait_for_bytes(app: InTerminal, recording: Path, size: int) -> None:
    until_s = time.perf_counter() + TAKEN_S
    while recording.stat().st_size < size and time.perf_counter() < until_s:
        app.drain(BETWEEN_KEYS_S)


def resident(process: int, field: str) -> int:
    """`VmRSS` is what it has in memory now, `VmHWM` the most that it had, in bytes."""
    lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(field + ":"))
