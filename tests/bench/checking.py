"""13: what `check` costs with all rules over the recordings of the shared folder, against the state alone.

Most of them are short: what a rule needs at the beginning and the end of a stream counts here as it does for users.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench import child
from tests.bench.outcome import Outcome, Row, Skipped
from tests.bench.rounds import Rounds
from tests.bench.setting import Setting
from tests.shared import SHARED

NUMBER = 13
FOLDERS = ("corpus", "captures")
PASSES = 3
GOAL = 4.0


def run(setting: Setting) -> Iterator[Outcome]:
    for name in FOLDERS:
        if not (SHARED / name).is_dir():
            yield Skipped(NUMBER, f"check / state, {name}", f"there is no {name} in the shared folder")
        else:
            yield _row(name, setting.rounds)


def _row(name: str, times: int) -> Row:
    contenders = {rules: lambda rules=rules: _cost_us(rules, name) for rules in ("findings", "none")}
    rounds = Rounds(contenders, times)
    with_findings, without = (f"{1e6 / rounds.cost(rules):,.0f} events/s" for rules in contenders)
    return Row(NUMBER, f"check / state, {name}", with_findings, without, rounds.ratio("findings", "none"), GOAL)


def _cost_us(rules: str, name: str) -> float:
    said = child.ours("check", rules, str(PASSES), str(SHARED / name)).said
    return float(said["cpu_s"] / said["events"] * 1e6)
