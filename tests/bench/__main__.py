"""`python -m tests.bench`: measures what PERFORMANCE.md sets goals for, and prints a table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from tests.bench import (
    accumulating,
    checking,
    first_screen,
    flood,
    framing,
    keys,
    long_line,
    memory,
    recording,
    seeking,
    text_pane,
    tool_text,
)
from tests.bench.logs import GENERATOR, KEEP, logs
from tests.bench.outcome import Outcome
from tests.bench.peers import FOLDER
from tests.bench.setting import FULL_BYTES, Setting
from tests.bench.table import table

Benchmark: TypeAlias = Callable[[Setting], Iterator[Outcome]]
BENCHMARKS: dict[int, Benchmark] = {
    each.NUMBER: each.run
    for each in (
        first_screen,
        framing,
        accumulating,
        seeking,
        keys,
        memory,
        text_pane,
        long_line,
        flood,
        recording,
        tool_text,
        checking,
    )
}


def main(arguments: Sequence[str] | None = None) -> int:
    given = _options().parse_args(arguments)
    if not GENERATOR.exists():
        print(f"There is no {GENERATOR}: set STAGE_INSPECTOR_SHARED to the shared folder.", file=sys.stderr)
        return 2
    with logs() as made:
        setting = Setting(made, FULL_BYTES if given.full else int(given.size * 1e6), given.rounds)
        print(table(list(_measure(setting, given.only or list(BENCHMARKS)))))
    return 0


def _measure(setting: Setting, numbers: Sequence[int]) -> Iterator[Outcome]:
    for number in numbers:
        print(f"benchmark {number} ...", file=sys.stderr, flush=True)
        yield from BENCHMARKS[number](setting)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m tests.bench",
        description="Goals are ratios inside one run; times of different runs cannot be compared.",
        epilog=f"Environment: {FOLDER} is a folder of virtual environments with peers, one named after each package; "
        f"{KEEP} is a folder that keeps the made logs.",
    )
    parser.add_argument("--size", type=float, default=150, metavar="MB", help="of the big log (150)")
    parser.add_argument("--full", action="store_true", help="1 GB, for which most goals are set")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="measure each so often (3)")
    parser.add_argument("--only", type=int, nargs="+", choices=BENCHMARKS, metavar="NUMBER", help="only these")
    return parser


if __name__ == "__main__":
    sys.exit(main())
