"""The marks that close calls: they may be missing, and belong to the call before them."""

from __future__ import annotations

from inspector.tool_formats.page import Page
from inspector.tool_formats.reader import Steps, after_blanks, blanks


def closed(page: Page, *closes: str) -> Steps[str]:
    """Read the one of these that stands here or after blanks: which it was, `""` for none."""
    if close := (yield from after_blanks(page.reader, *closes)):
        yield from blanks(page.reader)
        page.reader.take(len(close))
        page.extend()
    return close


def closed_in_order(page: Page, *closes: str) -> Steps[None]:
    """Read those that stand here, one after another."""
    for close in closes:
        yield from closed(page, close)
