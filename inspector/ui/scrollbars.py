"""Scrollbars for fonts that have ASCII only: Textual's end in eighths of a block."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.scrollbar import ScrollBarRender
from textual.widget import Widget

from inspector.ui.glyphs import ASCII, Glyphs

_WHOLE = [" "] * 8


class WholeCells(ScrollBarRender):
    VERTICAL_BARS: ClassVar[list[str]] = _WHOLE
    HORIZONTAL_BARS: ClassVar[list[str]] = _WHOLE


def fit_scrollbars(widgets: Iterable[Widget], glyphs: Glyphs) -> None:
    """Let the scrollbars of mounted widgets draw with these glyphs."""
    if glyphs is ASCII:
        for widget in widgets:
            # The way that Textual 8.2 documents (scrollbar.py, "renderer"), whatever the annotation says.
            widget.vertical_scrollbar.renderer = WholeCells  # type: ignore[misc]
            widget.horizontal_scrollbar.renderer = WholeCells  # type: ignore[misc]
