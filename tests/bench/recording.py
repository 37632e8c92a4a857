"""11: what recording a read costs, its sidecar line included, beside a plain file that is flushed after each.

The goal is row R9 of RELIABILITY.md: at most 20 µs where a flush is 4.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from inspector.recording.tape import Tape
from tests.bench.outcome import Outcome, Row
from tests.bench.rounds import Rounds
from tests.bench.setting import Setting

NUMBER = 11
GOAL = 5.0
READS = 20_000
EVENT = b'data: {"choices":[{"index":0,"delta":{"content":" token"}}]}\n\n'


def run(setting: Setting) -> Iterator[Outcome]:
    rounds = Rounds({"ours": _recorded_s, "peer": _flushed_s}, setting.rounds)
    ours, peer = (f"{rounds.cost(name) * 1e6:.1f} µs" for name in ("ours", "peer"))
    yield Row(NUMBER, "record a read / write and flush", ours, peer, rounds.ratio("ours", "peer"), GOAL)


def _recorded_s() -> float:
    with tempfile.TemporaryDirectory() as folder:
        tape = Tape.create(str(Path(folder) / "a.sse"), "attach")
        began_s = time.perf_counter()
        for number in range(READS):
            tape.append(EVENT, number / 10_000)  # two seconds, so that it is synced
        took_s = time.perf_counter() - began_s
        tape.release()
    return took_s / READS


def _flushed_s() -> float:
    with tempfile.TemporaryFile() as file:
        began_s = time.perf_counter()
        for _ in range(READS):
            file.write(EVENT)
            file.flush()
        return (time.perf_counter() - began_s) / READS
