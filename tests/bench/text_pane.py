"""7: one more piece of a streaming text in its pane, at 10 KB of text and at 1 MB; and sixty of them a second."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench import child
from tests.bench.outcome import Outcome, Row
from tests.bench.setting import Setting

NUMBER = 7
DELTAS = 220_000  # more than 1 MB
TURNS = 2  # for each round of the setting
PER_SECOND = 60
SHARE = 0.40  # of a core


def run(setting: Setting) -> Iterator[Outcome]:
    path = str(setting.logs.get("text", DELTAS))
    said = child.ours("text_pane", path, str(setting.rounds * TURNS)).said
    short_s, long_s = said["short_s"], said["long_s"]
    figures = f"{long_s * 1e3:.2f} ms", f"{short_s * 1e3:.2f} ms"
    yield Row(NUMBER, "update of a text pane at 1 MB / at 10 KB", *figures, long_s / short_s, 1.3)
    share = f"{long_s * 1e3:.2f} ms", f"{1e3 / PER_SECOND:.2f} ms"
    yield Row(NUMBER, f"{PER_SECOND} updates a second at 1 MB / a core", *share, long_s * PER_SECOND, SHARE)
