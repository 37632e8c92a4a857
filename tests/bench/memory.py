"""6: what a recording with all its states needs of memory, against its size, and for each event beside the text."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from tests.bench import child
from tests.bench.outcome import Outcome, Row, Skipped
from tests.bench.setting import Setting

NUMBER = 6
SHARE_GOAL = 0.22
EVENT_BYTES = 32


def run(setting: Setting) -> Iterator[Outcome]:
    if not Path("/proc/self/status").exists():
        yield Skipped(NUMBER, "memory", "there is no /proc/self/status")
        return
    log = setting.logs.get("chunks", setting.big_bytes)
    said = child.ours("memory", str(log)).said
    size, peak = os.path.getsize(log), said["peak"]
    figures = f"{peak / 1e6:.0f} MB", f"{size / 1e6:.0f} MB"
    yield Row(NUMBER, "peak RSS / the file", *figures, peak / size, SHARE_GOAL, holds=setting.is_full)
    each = (peak - said["base"] - said["text"]) / said["events"]
    what = f"bytes an event beside text ({said['text'] / 1e6:.0f} MB) and base ({said['base'] / 1e6:.0f} MB)"
    yield Row(NUMBER, what, f"{each:.1f}", f"{EVENT_BYTES}", each / EVENT_BYTES, 1.0, holds=setting.is_full)
