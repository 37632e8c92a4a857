"""2: how long until all frames of a big log are known, from process start.

CPU time of the process: all of them read a warm file in one thread. lnav runs without its screen (`-n`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from tests.bench import child, peers
from tests.bench.outcome import Outcome, Row, Skipped
from tests.bench.rounds import Rounds
from tests.bench.setting import Setting

NUMBER = 2
GOALS: dict[str, float | None] = {"wc -l": 6.0, "toolong": 0.40, "lnav": 0.60, "numpy line ends": None}


def run(setting: Setting) -> Iterator[Outcome]:
    log = str(setting.logs.get("chunks", setting.big_bytes))
    contenders: dict[str, Callable[[], float]] = {"ours": lambda: child.ours("frame", log).cpu_s}
    for name, command in _commands(log).items():
        if command is None:
            yield Skipped(NUMBER, f"framing / {name}", peers.missing(name.split()[0]))
        else:
            contenders[name] = lambda command=command: child.run(command).cpu_s  # type: ignore[misc]
    child.run(["cat", log])  # into the page cache
    rounds = Rounds(contenders, setting.rounds)
    for name in contenders:
        if name != "ours":
            yield _row(setting, rounds, name, os.path.getsize(log))


def _commands(log: str) -> dict[str, list[str] | None]:
    numpy, toolong = peers.python_with("numpy"), peers.python_with("toolong")
    wc, lnav = peers.command("wc"), peers.command("lnav")
    return {
        "wc -l": [wc, "-l", log] if wc else None,
        "toolong": [toolong, str(child.PROGRAMS / "toolong_index.py"), log] if toolong else None,
        "lnav": [lnav, "-n", "-q", log] if lnav else None,
        "numpy line ends": [numpy, str(child.PROGRAMS / "numpy_lines.py"), log] if numpy else None,
    }


def _row(setting: Setting, rounds: Rounds, name: str, size: int) -> Row:
    return Row(
        NUMBER,
        f"frame {size / 1e6:.0f} MB / {name}",
        f"{rounds.cost('ours'):.3f} s",
        f"{rounds.cost(name):.3f} s",
        rounds.ratio("ours", name),
        GOALS[name],
        holds=setting.is_full,
    )
