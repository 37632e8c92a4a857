"""What a benchmark found: figures of ours beside a peer's, and the goal for their ratio. Knows no benchmark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Row:
    """`ratio` is ours to the peer's, at most `goal`; `None` as a goal is a figure for information only.

    `holds` is false where the goal is for another size than the one measured.
    """

    number: int  # of the goal in PERFORMANCE.md
    what: str
    ours: str
    peer: str
    ratio: float
    goal: float | None = None
    holds: bool = True

    @property
    def verdict(self) -> str:
        if self.goal is None:
            return "for information"
        if not self.holds:
            return "only at 1 GB"
        return "met" if self.ratio <= self.goal else "NOT met"


@dataclass(frozen=True, slots=True)
class Skipped:
    """`why` names what is not there."""

    number: int
    what: str
    why: str


Outcome: TypeAlias = Row | Skipped
