"""Findings as they are collected: one for each rule, stage, choice and call, with how often it came, so that a log of
any size has few; and which frames have some. Knows no rule and no moment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from typing import TypeAlias

from inspector.findings.rule import SEVERITIES, Finding, Severity

MOST = 1000  # findings of one code in one input; what comes beyond is only counted
Key: TypeAlias = tuple[str | None, int | None, Hashable]  # the stage, the choice, and what it is about
MARKS: dict[Severity, int] = {severity: mark for mark, severity in enumerate(reversed(SEVERITIES), 1)}


class Tally:
    """One thread adds, any other may look."""

    def __init__(self) -> None:
        self.beyond: Counter[str] = Counter()  # by code: what came after `MOST` findings of it
        self.severities: dict[str, Severity] = {}  # by code
        self.counts: Counter[Severity] = Counter()
        self.errors: Counter[str | None] = Counter()  # by stage
        self.marks = bytearray()  # for each frame up to the last with a finding: that of its worst, 0 for none
        self._found: list[Finding] = []
        self._at: dict[int, list[int]] = {}  # by frame, the places of its findings in that
        self._times: list[int] = []
        self._numbers: dict[tuple[str, Key], int] = {}
        self._of_code: Counter[str] = Counter()

    def add(self, code: str, key: Key, make: Callable[[], Finding]) -> None:
        """Count it, and `make` it where it is the first of its key."""
        known = self._numbers.get((code, key))
        if known is not None:
            self._times[known] += 1
        elif self._of_code[code] >= MOST:
            self._leave_out(code, key)
        else:
            finding = make()
            self.severities[code] = finding.severity
            self._of_code[code] += 1
            self._numbers[code, key] = len(self._found)
            self._times.append(1)
            self._found.append(finding)  # after its count, and before what leads to it: others may be looking
            self._mark(finding)

    def again(self, keys: Iterable[tuple[str, Key]]) -> None:
        """Count what was added before once more."""
        for code, key in keys:
            known = self._numbers.get((code, key))
            if known is not None:
                self._times[known] += 1
            else:
                self._leave_out(code, key)

    def all(self) -> list[Finding]:
        """In the order of the input."""
        return sorted(map(self._counted, range(len(self._found))), key=_place)

    def at(self, frame: int) -> list[Finding]:
        """Those of one frame, in the order of their bytes; last those that follow from others."""
        return sorted(map(self._counted, list(self._at.get(frame, ()))), key=_place)

    @property
    def size(self) -> int:
        """How many findings there are."""
        return len(self._found)

    def has_more(self, severity: Severity) -> bool:
        """Whether there were more of that severity than are counted as findings."""
        return any(self.severities[code] == severity for code in list(self.beyond))

    def _leave_out(self, code: str, key: Key) -> None:
        """Only count it. A stage with such an error must not look well because others had it before."""
        self.beyond[code] += 1
        if self.severities[code] == "error":
            self.errors[key[0]] = max(self.errors[key[0]], 1)

    def _counted(self, number: int) -> Finding:
        return replace(self._found[number], count=self._times[number])

    def _mark(self, finding: Finding) -> None:
        frame = finding.frame
        self.counts[finding.severity] += 1
        self.errors[finding.stage] += finding.severity == "error"
        self._at.setdefault(frame, []).append(len(self._found) - 1)
        if len(self.marks) <= frame:
            self.marks.extend(bytes(frame + 1 - len(self.marks)))
        self.marks[frame] = max(self.marks[frame], MARKS[finding.severity])


def _place(finding: Finding) -> tuple[int, bool, int, str]:
    return finding.frame, finding.follows, finding.start, finding.code
