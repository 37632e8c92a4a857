"""The glyphs of the screen, in two sets: one for fonts that have them, one of ASCII only. Knows no styles."""

from __future__ import annotations

from typing import NamedTuple


class Glyphs(NamedTuple):
    """Each is one cell wide, but for `arrow` in ASCII."""

    valid: str = "✓"
    partial: str = "…"
    invalid: str = "✗"
    empty: str = "○"
    warning: str = "⚠"
    info: str = "i"
    dot: str = "·"
    live: str = "●"
    cursor: str = "▶"
    end: str = "▌"  # where a text goes on growing
    newline: str = "↵"  # a line end that the frame added
    folded: str = "▸"
    unfolded: str = "▾"
    arrow: str = "→"
    dash: str = "—"
    cut: str = "…"  # the rest of a line is not shown
    bars: str = "▁▂▃▄▅▆"  # a density, least first
    edge: str = "▏"  # where a phase begins
    needle: str = "┃"  # the cursor on the timeline
    rule: str = "─"


UNICODE = Glyphs()
ASCII = Glyphs(
    valid="+",
    partial=".",
    invalid="x",
    empty="o",
    warning="!",
    dot=".",
    live="*",
    cursor=">",
    end="_",
    newline="$",
    folded=">",
    unfolded="v",
    arrow="->",
    dash="-",
    cut="~",
    bars="._-=+*",
    edge="|",
    needle="I",
    rule="-",
)
