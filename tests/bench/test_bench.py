"""The benchmark command works; how fast anything is, no test says."""

from __future__ import annotations

import pytest

from tests.bench.__main__ import main
from tests.bench.outcome import Row, Skipped
from tests.bench.rounds import Rounds
from tests.bench.table import table
from tests.shared import needs_shared

VERDICTS = {
    "below its goal": (Row(2, "x", "", "", 0.5, 0.6), "met"),
    "at its goal": (Row(2, "x", "", "", 0.6, 0.6), "met"),
    "over its goal": (Row(2, "x", "", "", 0.7, 0.6), "NOT met"),
    "over a goal for another size": (Row(2, "x", "", "", 0.7, 0.6, holds=False), "only at 1 GB"),
    "without a goal": (Row(2, "x", "", "", 0.7), "for information"),
}


@pytest.mark.parametrize(("row", "verdict"), VERDICTS.values(), ids=VERDICTS)
def test_a_goal_is_the_most_that_a_ratio_may_be(row: Row, verdict: str) -> None:
    assert row.verdict == verdict


def test_a_small_ratio_is_shown_as_the_goals_say_it() -> None:
    assert "| 1/40 " in table([Row(3, "state", "3 µs", "120 µs", 0.025, 0.05)])


def test_a_peer_that_is_missing_is_named_in_the_table() -> None:
    assert "skipped: lnav is not installed" in table([Skipped(2, "framing / lnav", "lnav is not installed")])


def test_contenders_take_turns_and_are_compared_round_by_round() -> None:
    turns: list[str] = []
    costs = {"ours": iter([1.0, 9.0, 2.0]), "peer": iter([2.0, 18.0, 2.0])}

    def measure(name: str) -> float:
        turns.append(name)
        return next(costs[name])

    rounds = Rounds({name: lambda name=name: measure(name) for name in costs}, 3)  # type: ignore[misc]
    assert turns == ["ours", "peer"] * 3
    assert rounds.ratio("ours", "peer") == 0.5
    assert rounds.cost("ours") == 2.0


@needs_shared
def test_the_command_prints_a_table_of_a_tiny_log(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--size", "0.2", "--rounds", "1", "--only", "2", "4"]) == 0
    printed = capsys.readouterr().out
    assert "step back / step forward" in printed
    assert "frame 0 MB / " in printed
