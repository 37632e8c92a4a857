"""Where recordings go that nobody gave a name: the user's state directory. It opens no recording."""

from __future__ import annotations

import os
import time

from inspector.recording.creating import Pair, create_pair

APPLICATION = "stage-inspector"


def shelf() -> str:
    """The folder; it need not exist."""
    import platformdirs  # 5 ms that opening a file need not pay

    return os.path.join(platformdirs.user_state_dir(APPLICATION, appauthor=False), "recordings")


def create_named(folder: str, kind: str) -> tuple[str, Pair]:
    """Make a recording of a new name, `<UTC time>-<kind>.sse`, and the folder where it is missing. `OSError`."""
    _make_private(folder)
    stem = os.path.join(folder, f"{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}-{kind}")
    number = 1
    while True:
        path = f"{stem}-{number}.sse" if number > 1 else f"{stem}.sse"
        try:
            return path, create_pair(path)
        except FileExistsError:
            number += 1


def _make_private(folder: str) -> None:
    if not os.path.isdir(folder):
        parent = os.path.dirname(folder)
        if parent != folder:
            _make_private(parent)
        try:
            os.mkdir(folder, 0o700)
        except FileExistsError:
            if not os.path.isdir(folder):  # another recorder may have been quicker
                raise
