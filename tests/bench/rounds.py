"""Contenders measured in turns, so that what disturbs the machine disturbs all of them alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median


class Rounds:
    """Each contender gives a cost; every round measures each of them once."""

    def __init__(self, contenders: Mapping[str, Callable[[], float]], rounds: int) -> None:
        self._costs: dict[str, list[float]] = {name: [] for name in contenders}
        for _ in range(rounds):
            for name, measure in contenders.items():
                self._costs[name].append(measure())

    def cost(self, name: str) -> float:
        return median(self._costs[name])

    def ratio(self, ours: str, peer: str) -> float:
        """The median over the rounds of one cost to the other."""
        return median(a / b for a, b in zip(self._costs[ours], self._costs[peer], strict=True))
