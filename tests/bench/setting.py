"""What all benchmarks of one run share: the logs, how big, how often."""

from __future__ import annotations

from dataclasses import dataclass

from tests.bench.logs import Logs

FULL_BYTES = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Setting:
    logs: Logs
    big_bytes: int
    rounds: int

    @property
    def is_full(self) -> bool:
        """Whether goals that are for 1 GB hold."""
        return self.big_bytes >= FULL_BYTES
