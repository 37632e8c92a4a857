"""What stands in the line of a border, as much as there is room for. Knows no widget."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from inspector.ui.bar import Piece, fit
from inspector.ui.literal import literal

_FRAME = 4  # cells of the line that no text has: a corner with a bit of the line, at both ends


def on_border(pieces: Sequence[Piece], width: int, *, separator: str) -> Content:
    """Those that fit: Textual would cut the text, with a sign that is not of ASCII. `width` is the widget's."""
    return literal(
        "".join(piece.text for piece in fit(pieces, (), width - _FRAME, separator=separator, cut="")).strip()
    )
