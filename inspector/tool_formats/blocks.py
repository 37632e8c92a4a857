"""Calls one after another in a wrapper, or one without: what stands around them. Knows no grammar of a call."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from inspector.tool_formats.closing import closed
from inspector.tool_formats.page import Page
from inspector.tool_formats.reader import Steps, after_blanks, at_literal, blanks
from inspector.tool_formats.row import Row
from inspector.tool_formats.strays import any_of, next_after_stray

# From the head at the cursor on, which is not read yet, and the byte at which the call begins: whether there is one.
CallGrammar = Callable[[Page, Row, str, int], Steps[bool]]


class Block(NamedTuple):
    """`wrappers` may stand before the calls, each of which begins with one of `heads`; `closes` end them all."""

    wrappers: tuple[str, ...]
    heads: tuple[str, ...]
    closes: tuple[str, ...]

    @property
    def after_call(self) -> tuple[str, ...]:
        return (*self.closes, *self.heads, *self.wrappers)


def calls_in_block(page: Page, row: Row, block: Block, call: CallGrammar) -> Steps[bool]:
    """From a wrapper or a head on: whether there is a call at least. The wrapper belongs to the first and the last."""
    reader = page.reader
    start = reader.size
    wrapper = yield from at_literal(reader, *block.wrappers)
    reader.take(len(wrapper))
    found = False
    while head := (yield from after_blanks(reader, *block.heads)):
        yield from blanks(reader)
        place = reader.place
        is_call = yield from call(page, row, head, reader.size if found else start)
        found = found or is_call
        if not is_call:
            page.lost(place)
        if not wrapper or not (yield from _goes_on(page, block, found=found)):
            break
    if found:
        yield from closed(page, *block.closes)
    return found


def _goes_on(page: Page, block: Block, *, found: bool) -> Steps[bool]:
    """Whether another call may follow, perhaps after what is none."""
    follow = yield from after_blanks(page.reader, *block.after_call)
    if found and not follow:
        follow = yield from next_after_stray(page, any_of(*block.after_call))
    return follow in block.heads
