"""4: what moving the cursor asks of the engine: a step back and forward, and a seek, in a log and in a third of it.

What a move is stands in `programs/seek.py`. Wall time, since all that is measured here is a few microseconds long.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench import child
from tests.bench.outcome import Outcome, Row
from tests.bench.setting import Setting

NUMBER = 4
TURNS = 20  # for each round of the setting
P99_GOAL_S = 0.001


def run(setting: Setting) -> Iterator[Outcome]:
    paths = [str(setting.logs.get("chunks", size)) for size in (int(setting.big_bytes * 0.35), setting.big_bytes)]
    said = child.ours("seek", str(setting.rounds * TURNS), *paths).said
    third, whole = said["seeks"]
    yield _row("step back / step forward", said["back_s"], said["forward_s"], 1.2)
    what = f"random seek at {_millions(whole)} / at {_millions(third)}"
    yield _row(what, whole["median_s"], third["median_s"], 1.3, holds=setting.is_full)
    yield _row("random seek, p99 / 1 ms", whole["p99_s"], P99_GOAL_S, 1.0)


def _row(what: str, ours_s: float, peer_s: float, goal: float, *, holds: bool = True) -> Row:
    return Row(NUMBER, what, f"{ours_s * 1e6:.1f} µs", f"{peer_s * 1e6:.1f} µs", ours_s / peer_s, goal, holds)


def _millions(log: dict[str, float]) -> str:
    return f"{log['events'] / 1e6:.2f}M events"
