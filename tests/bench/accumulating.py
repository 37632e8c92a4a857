"""3: from bytes to the state after every event, against the accumulators that people use; and how it grows.

CPU time an event, without starting and importing. Streams of 200 to 2,000 events; one tool call for the growth.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from math import log
from statistics import linear_regression, median

from tests.bench import child, peers
from tests.bench.outcome import Outcome, Row, Skipped
from tests.bench.rounds import Rounds
from tests.bench.setting import Setting

NUMBER = 3
REALISTIC_BYTES = 8_000_000
PASSES = 5  # of ours, which are short
SDK, LANGCHAIN = "openai SDK", "langchain"
GOALS = {SDK: 1 / 40, LANGCHAIN: 1 / 20}
EXPONENT = 1.05
FINDINGS_GOAL = 4.0
OUR_DELTAS = (25_000, 50_000, 100_000, 200_000)
SDK_DELTAS = (2_000, 8_000, 32_000)

Measure = Callable[[str], child.Ran]


def run(setting: Setting) -> Iterator[Outcome]:
    known = _measures()
    yield from (Skipped(NUMBER, f"state / {name}", why) for name, why in known.items() if isinstance(why, str))
    measures = {name: measure for name, measure in known.items() if not isinstance(measure, str)}
    yield from _realistic(setting, measures)
    yield _envelopes(setting)
    yield from _findings(setting)
    yield _growth(setting, "ours", measures["ours"], OUR_DELTAS, EXPONENT)
    if SDK in measures:
        yield _growth(replace(setting, rounds=1), SDK, measures[SDK], SDK_DELTAS, None)


def _measures() -> dict[str, Measure | str]:
    """How each is measured, or why it cannot be."""
    langchain = peers.python_with("langchain_openai")
    return {
        "ours": lambda path: child.ours("state", path, str(PASSES)),
        SDK: lambda path: child.peers(sys.executable, "openai_state", path),
        LANGCHAIN: (
            (lambda path: child.peers(langchain, "langchain_state", path))
            if langchain
            else peers.missing("langchain_openai")
        ),
    }


def _cost_us(ran: child.Ran) -> float:
    return float(ran.said["cpu_s"] / ran.said["events"] * 1e6)


def _realistic(setting: Setting, measures: dict[str, Measure]) -> Iterator[Row]:
    path = str(setting.logs.get("chunks", REALISTIC_BYTES))
    contenders = {name: lambda measure=measure: _cost_us(measure(path)) for name, measure in measures.items()}
    rounds = Rounds(contenders, setting.rounds)
    for name in measures:
        if name != "ours":
            figures = f"{rounds.cost('ours'):.2f} µs", f"{rounds.cost(name):.0f} µs"
            yield Row(NUMBER, f"state at every event / {name}", *figures, rounds.ratio("ours", name), GOALS[name])


def _envelopes(setting: Setting) -> Row:
    """The same chunks in a stage server's frames, which have `id:` and `event:` lines."""
    paths = {mode: str(setting.logs.get(mode, REALISTIC_BYTES)) for mode in ("envelope", "chunks")}
    contenders = {
        mode: lambda path=path: _cost_us(child.ours("state", path, str(PASSES))) for mode, path in paths.items()
    }
    rounds = Rounds(contenders, setting.rounds)
    figures = f"{rounds.cost('envelope'):.2f} µs", f"{rounds.cost('chunks'):.2f} µs"
    return Row(NUMBER, "a stage envelope / a plain chunk, both ours", *figures, rounds.ratio("envelope", "chunks"))


def _findings(setting: Setting) -> Iterator[Row]:
    """All rules looking on, over plain chunks, over a stage server's frames, and over one long call."""
    logs = setting.logs
    paths = {
        "plain chunks": logs.get("chunks", REALISTIC_BYTES),
        "stage envelopes": logs.get("envelope", REALISTIC_BYTES),
        "one call": logs.get("args", OUR_DELTAS[1]),
    }
    for what, path in paths.items():
        contenders = {
            rules: lambda path=str(path), rules=rules: _cost_us(child.ours("state", path, str(PASSES), rules))
            for rules in ("findings", "none")
        }
        rounds = Rounds(contenders, setting.rounds)
        figures = f"{rounds.cost('findings'):.2f} µs", f"{rounds.cost('none'):.2f} µs"
        yield Row(
            NUMBER, f"state and findings / state, {what}", *figures, rounds.ratio("findings", "none"), FINDINGS_GOAL
        )


def _growth(setting: Setting, name: str, measure: Measure, deltas: Sequence[int], goal: float | None) -> Row:
    """The exponent of CPU time by the number of deltas of one tool call: 1 is linear. An event at the most deltas
    stands as ours, at the least as the peer's."""
    paths = [str(setting.logs.get("args", count)) for count in deltas]
    costs = [[measure(path).said["cpu_s"] for path in paths] for _ in range(setting.rounds)]
    times = [median(column) for column in zip(*costs, strict=True)]
    exponent = linear_regression([log(count) for count in deltas], [log(time_s) for time_s in times]).slope
    what = f"growth exponent, {name}, one call of {deltas[0]:,} to {deltas[-1]:,} deltas"
    first_us, last_us = times[0] / deltas[0] * 1e6, times[-1] / deltas[-1] * 1e6
    return Row(NUMBER, what, f"{last_us:.2f} µs", f"{first_us:.2f} µs", exponent, goal)
