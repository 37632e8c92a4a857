"""9: one line of 20 MB, against the openai SDK's decoder, and how long it keeps the screen from doing anything.

CPU time, without starting and importing; for the screen, wall time in which our process was busy.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from statistics import median

from tests.bench import child
from tests.bench.outcome import Outcome, Row
from tests.bench.rounds import Rounds
from tests.bench.setting import Setting

NUMBER = 9
LINE_BYTES = 20_000_000
PASSES = "3"
PARTS: dict[str, tuple[str, float | None]] = {
    "frames_s": ("to frames with their data", 0.25),
    "json_s": ("to state, against the SDK's JSON", None),
}
LAGS = {"reading_s": "read and decoded", "showing_s": "put under the cursor"}
LAG_GOAL_S = 0.05


def run(setting: Setting) -> Iterator[Outcome]:
    path = str(setting.logs.get("bigline", LINE_BYTES))
    for part, (what, goal) in PARTS.items():
        yield _decoding(f"a 20 MB line {what}", path, part, goal, setting.rounds)
    lags = [child.ours("screen_lag", path).said for _ in range(setting.rounds)]
    for part, what in LAGS.items():
        lag_s = median(lag[part] for lag in lags)
        figures = f"{lag_s * 1e3:.0f} ms", f"{LAG_GOAL_S * 1e3:.0f} ms"
        yield Row(NUMBER, f"screen blocked while a 20 MB line is {what}", *figures, lag_s / LAG_GOAL_S, 1.0)


def _decoding(what: str, path: str, part: str, goal: float | None, count: int) -> Row:
    rounds = Rounds({"ours": lambda: _ours_s(path, part), "openai": lambda: _openai_s(path, part)}, count)
    figures = f"{rounds.cost('ours') * 1e3:.0f} ms", f"{rounds.cost('openai') * 1e3:.0f} ms"
    return Row(NUMBER, what, *figures, rounds.ratio("ours", "openai"), goal)


def _ours_s(path: str, part: str) -> float:
    return float(child.ours("long_line", path, PASSES).said[part])


def _openai_s(path: str, part: str) -> float:
    return float(child.peers(sys.executable, "openai_long_line", path, PASSES).said[part])
