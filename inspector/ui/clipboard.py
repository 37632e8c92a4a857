"""Where a copied text goes: the terminal's clipboard, else the system's, else a file. Knows no pane."""

from __future__ import annotations

import os
from collections.abc import Callable

# Terminals drop longer OSC 52 sequences without a word: xterm and tmux take about 100 kB of base64, others 74,994.
OSC52_BYTES = 74_994 * 3 // 4


def copy(text: str, osc52: Callable[[str], None]) -> str:
    """Copy, and give a sentence (not cleaned) that says where to. May take a while: a clipboard tool is a process."""
    text = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")  # no clipboard takes a lone surrogate
    size = f"{len(text):,} character{'' if len(text) == 1 else 's'}"
    if len(text.encode()) <= OSC52_BYTES:
        osc52(text)
        return f"Copied {size} to the clipboard of the terminal."
    if _to_system(text):
        return f"Copied {size} to the clipboard."
    return f"{size} are too many for the clipboard of the terminal: they are in {_to_file(text)}"


def _to_system(text: str) -> bool:
    try:
        import pyperclip  # type: ignore[import-not-found, import-untyped, unused-ignore]  # not one of ours: used if there
    except ImportError:
        return False
    try:
        pyperclip.copy(text)
    except pyperclip.PyperclipException:
        return False
    return True


def _to_file(text: str) -> str:
    import tempfile  # 8 ms that only this pays

    descriptor, path = tempfile.mkstemp(prefix="stage-inspector-", suffix=".txt")  # mode 0600, never an old file
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    return path
