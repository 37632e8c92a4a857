"""Findings as they are collected: one for each rule, stage, choice and call, with how often it came, so that a log of
any size has few. Knows no rule and no moment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace

from inspector.findings.rule import Finding

MOST = 1000  # findings of one code in one input; what comes beyond is only counted


class Tally:
    """One thread adds, any other may look."""

    def __init__(self) -> None:
        self.beyond: Counter[str] = Counter()  # by code: what came after `MOST` findings of it
        self._found: list[Finding] = []
        self._times: list[int] = []
        self._numbers: dict[tuple[str, Hashable], int] = {}
        self._of_code: Counter[str] = Counter()

    def add(self, code: str, key: Hashable, make: Callable[[], Finding]) -> None:
        """Count it, and `make` it where it is the first of its key."""
        known = self._numbers.get((code, key))
        if known is not None:
            self._times[known] += 1
        elif self._of_code[code] >= MOST:
            self.beyond[code] += 1
        else:
            finding = make()
            self._of_code[code] += 1
            self._numbers[code, key] = len(self._found)
            self._times.append(1)
            self._found.append(finding)  # last: who looks goes by it

    def again(self, keys: Iterable[tuple[str, Hashable]]) -> None:
        """Count what was added before once more."""
        for code, key in keys:
            known = self._numbers.get((code, key))
            if known is not None:
                self._times[known] += 1
            else:
                self.beyond[code] += 1

    def all(self) -> list[Finding]:
        """In the order of the input."""
        found = [replace(each, count=times) for each, times in zip(self._found, self._times, strict=False)]
        return sorted(found, key=lambda each: (each.frame, each.start, each.code))
