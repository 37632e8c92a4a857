"""5: from a key to the screen, in a real pty: steps and jumps in a big log, idle and while all rules look on.

Wall time, but for Textual's wait for the next of 60 pictures a second, which would hide what both do meanwhile. A step
and both jumps take turns; the step is the second, which begins nothing. What is drawn last is the frame's number.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from statistics import median

from inspector.sources.loading import framed
from tests.bench import child
from tests.bench.first_screen import CONTENT
from tests.bench.outcome import Outcome, Row
from tests.bench.screen import InTerminal
from tests.bench.setting import Setting

NUMBER = 5
TURNS = 7  # for each round of the setting
STEP, END, START = b"l", b"G", b"g"
TO_TOP, TO_BOTTOM = b"\x1b[1;5H", b"\x1b[1;5F"  # ctrl+home, ctrl+end
JUMP_GOAL, BUSY_GOAL, TABLE_GOAL = 3.0, 4.0, 0.25
BETWEEN_KEYS_S = 0.05
QUIET_S = 1.0  # nothing is drawn for so long: it is idle
TABLE_ROWS = 100_000
AT_ONCE = {"TEXTUAL_FPS": "1000"}


def run(setting: Setting) -> Iterator[Outcome]:
    log, times = setting.logs.get("chunks", setting.big_bytes), setting.rounds * TURNS
    with InTerminal([sys.executable, "-m", "inspector", str(log)], AT_ONCE) as app:
        app.wait_for(CONTENT)
        busy_s = median(pressed_s(app, STEP, at_frame(n)) for n in range(1, times + 1))
        app.wait_until_quiet(QUIET_S)
        start_s, step_s, end_s, table_s = idle_s(app, framed(str(log)).framed - 1, times)
    size = f"{setting.big_bytes / 1e6:.0f} MB"
    yield _row(f"key: end of {size} / one step", end_s, step_s, JUMP_GOAL)
    yield _row(f"key: start of {size} / one step", start_s, step_s, JUMP_GOAL)
    yield _row("key: one step while decoding, with findings / idle", busy_s, step_s, BUSY_GOAL)
    yield _row(f"key: end / end of a DataTable of {TABLE_ROWS:,} rows", end_s, table_s, TABLE_GOAL)


def idle_s(app: InTerminal, last: int, times: int) -> list[float]:
    """To the start, a step, to the end, and to the end of the table."""
    command = [sys.executable, str(child.PROGRAMS / "data_table.py"), str(TABLE_ROWS)]
    with InTerminal(command, AT_ONCE) as table:
        table.wait_for(row(0))
        ours = [
            (app, START, at_frame(0)),
            (app, STEP, at_frame(1)),
            (app, STEP, at_frame(2)),
            (app, END, at_frame(last)),
        ]
        moves = [*ours, (table, TO_TOP, row(0)), (table, TO_BOTTOM, row(TABLE_ROWS - 1))]
        costs = [[pressed_s(*move) for move in moves] for _ in range(times)]
    start_s, _, step_s, end_s, _, table_s = map(median, zip(*costs, strict=True))
    return [start_s, step_s, end_s, table_s]


def row(n: int) -> bytes:
    return f"row {n} ".encode()


def at_frame(n: int) -> bytes:
    return f"frame {n}/".encode()


def pressed_s(app: InTerminal, key: bytes, answer: bytes) -> float:
    app.drain(BETWEEN_KEYS_S)
    began_s = time.perf_counter()
    app.press(key)
    app.wait_for(answer)
    return time.perf_counter() - began_s


def _row(what: str, ours_s: float, peer_s: float, goal: float) -> Row:
    return Row(NUMBER, what, f"{ours_s * 1e3:.1f} ms", f"{peer_s * 1e3:.1f} ms", ours_s / peer_s, goal)
