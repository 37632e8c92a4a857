"""1: from process start to the first content on the screen, against an empty Textual app, in a real pty.

Wall time, since most of it is what a user waits for. Content is what the first frame says, in the list of chunks.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench import child
from tests.bench.outcome import Outcome, Row
from tests.bench.rounds import Rounds
from tests.bench.screen import drawn_s
from tests.bench.setting import Setting

NUMBER = 1
SMALL_BYTES = 200_000
ROUNDS = 5  # for each of the setting's: they are short
DRAWN = b"\x1b[1;1H"  # the first screen begins at the upper left
CONTENT = b"assistant"


def run(setting: Setting) -> Iterator[Outcome]:
    small, big = (setting.logs.get("chunks", size) for size in (SMALL_BYTES, setting.big_bytes))
    empty = [sys.executable, str(child.PROGRAMS / "empty_app.py")]
    contenders = {
        "empty": lambda: drawn_s(empty, DRAWN),
        "small": lambda: drawn_s([*_ours(), str(small)], CONTENT),
        "big": lambda: drawn_s([*_ours(), str(big)], CONTENT),
    }
    rounds = Rounds(contenders, setting.rounds * ROUNDS)
    name = f"{setting.big_bytes / 1e6:.0f} MB"
    yield _row(rounds, "first content of 200 KB / an empty app", "small", "empty", 1.20)
    yield _row(rounds, f"first content of {name} / an empty app", "big", "empty", 1.20)
    yield _row(rounds, f"first content of {name} / of 200 KB", "big", "small", 1.15)


def _ours() -> list[str]:
    """The command as it is installed beside this Python, which starts a little faster than `-m`."""
    installed = Path(sys.executable).with_name("stage-inspector")
    return [str(installed)] if installed.exists() else [sys.executable, "-m", "inspector"]


def _row(rounds: Rounds, what: str, ours: str, peer: str, goal: float) -> Row:
    figures = f"{rounds.cost(ours) * 1e3:.0f} ms", f"{rounds.cost(peer) * 1e3:.0f} ms"
    return Row(NUMBER, what, *figures, rounds.ratio(ours, peer), goal)
