"""Pieces of a stream as sentences quote them: cut where they are long, within their quotes. Judges nothing."""

from __future__ import annotations

_CUT = "…"


def short(text: str, most: int) -> str:
    """At most so many characters of it."""
    return text if len(text) <= most else text[: most - 1].rstrip() + _CUT


def quoted(value: object, most: int) -> str:
    """As Python writes it; a text is cut within its quotes."""
    return repr(short(value, most)) if isinstance(value, str) else short(repr(value), most)
