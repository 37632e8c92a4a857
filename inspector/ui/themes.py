"""Two themes beside Textual's own: colours that every kind of eye tells apart, and strong contrast."""

from __future__ import annotations

from textual.theme import Theme

# The palette of Okabe and Ito: no two of these are confused with any of the common colour blindnesses.
COLOUR_BLIND_SAFE = Theme(
    name="colour-blind-safe",
    primary="#56B4E9",
    secondary="#0072B2",
    accent="#CC79A7",
    success="#56B4E9",
    warning="#F0E442",
    error="#E69F00",
    foreground="#E8E8E8",
    background="#101418",
    surface="#181D23",
    panel="#232A32",
)

HIGH_CONTRAST = Theme(
    name="high-contrast",
    primary="#00FFFF",
    secondary="#FFFFFF",
    accent="#FFFF00",
    success="#00FF66",
    warning="#FFFF00",
    error="#FF6B6B",
    foreground="#FFFFFF",
    background="#000000",
    surface="#000000",
    panel="#404040",  # its lighter shades are borders
    text_alpha=1.0,
    variables={"text-muted": "#E0E0E0", "text-disabled": "#C0C0C0"},
)

THEMES = (COLOUR_BLIND_SAFE, HIGH_CONTRAST)
