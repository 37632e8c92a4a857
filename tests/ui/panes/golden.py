"""Compares views, drawn as text, with files under `golden/`. With UPDATE_GOLDENS=1 writes them anew.

A line of a view begins with `|`. A line that begins with `^` says which of the cells above it have a look that
matters: `a` what the frame added, `b` the first bad byte, `f` what can be folded.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from rich.cells import cell_len

from inspector.ui.lines import Line, Span, View

FOLDER = Path(__file__).with_name("golden")
UPDATE = bool(os.environ.get("UPDATE_GOLDENS"))
_MARKS = {"broken": "b", "added": "a"}


def drawn(view: View) -> Iterator[str]:
    for row in range(view.height):
        line = view.line(row)
        yield "|" + "".join(span.text for span in line).rstrip()
        if marks := "".join(_mark(span) * cell_len(span.text) for span in line).rstrip():
            yield "^" + marks


def _mark(span: Span) -> str:
    if isinstance(span.link, str):
        return "f"
    return next((mark for look, mark in _MARKS.items() if look in span.look.split()), " ")


def compare(name: str, said: str) -> None:
    path = FOLDER / f"{name}.txt"
    if UPDATE:
        FOLDER.mkdir(exist_ok=True)
        path.write_text(said, "utf-8")
    assert said == path.read_text("utf-8"), f"{path.name} differs; UPDATE_GOLDENS=1 writes it anew"


def width_of(line: Line) -> int:
    return sum(cell_len(span.text) for span in line)
