"""Logs to measure on, made by the shared generator. Knows their sizes and nothing of what is measured."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, TypeAlias

from tests.shared import SHARED

GENERATOR = SHARED / "bench" / "generate_logs.py"
KEEP = "STAGE_INSPECTOR_BENCH_DIR"  # a folder in which made logs are kept for the next run

Mode: TypeAlias = Literal["chunks", "envelope", "args", "text", "bigline"]


class Logs:
    """Each log is made once, when it is asked for first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, mode: Mode, amount: int) -> Path:
        """`amount` is bytes, or deltas of `args` and `text`."""
        path = self._folder / f"{mode}-{amount}.sse"
        if not path.exists():
            made = path.with_suffix(".part")
            command = [sys.executable, str(GENERATOR), mode, str(made), str(amount)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            made.rename(path)
        return path


@contextmanager
def logs() -> Iterator[Logs]:
    """A folder of logs, gone afterwards unless `STAGE_INSPECTOR_BENCH_DIR` names one."""
    kept = os.environ.get(KEEP)
    if kept:
        Path(kept).mkdir(parents=True, exist_ok=True)
        yield Logs(Path(kept))
        return
    with tempfile.TemporaryDirectory(prefix="stage-inspector-bench-") as folder:
        yield Logs(Path(folder))
