"""Gemma's own notation: `call:NAME{key:value,…}`, strings between tokens (FunctionGemma, Gemma 4)."""

from __future__ import annotations

from typing import NamedTuple

from inspector.tool_formats.closing import closed_in_order
from inspector.tool_formats.growing import Growing
from inspector.tool_formats.items import at_item
from inspector.tool_formats.literals import literal_or_text
from inspector.tool_formats.marks import marks_of
from inspector.tool_formats.page import Page
from inspector.tool_formats.reader import Steps, at_literal, blanks, until
from inspector.tool_formats.row import Row
from inspector.tool_formats.values import Quoting, value

_NAME_MOST = 256


class PseudoJson(NamedTuple):
    """`quote` is the token around strings."""

    quoting: Quoting
    closes: tuple[str, ...] = ()


def quoted_by(quote: str) -> Quoting:
    return Quoting(plain=(quote,), escaped=('"',), bare_ends=",}]<")


def pseudo_json(page: Page, row: Row) -> Steps[bool]:
    """From the mark on, which ends with or is followed by `call:`."""
    reader, plan = page.reader, row.plan
    start = reader.size
    reader.take(len((yield from at_literal(reader, *row.marks))))
    yield from blanks(reader)
    reader.take(len((yield from at_literal(reader, "call:"))))
    name, mark = yield from until(reader, marks_of("{", "<", "\n", " "), _NAME_MOST)
    if mark != "{" or not page.may_call(row, name):
        return False
    reader.take(1)
    growing = Growing(page, row, name, start)
    growing.end((yield from _members(page, growing, plan.quoting)))
    yield from closed_in_order(page, *plan.closes)
    return True


def _members(page: Page, growing: Growing, quoting: Quoting) -> Steps[bool]:
    reader = page.reader
    while follows := (yield from at_item(reader, "}")):
        key, mark = yield from until(reader, marks_of(":", "}", *quoting.plain), _NAME_MOST)
        while mark in quoting.plain and mark:  # a key between tokens
            reader.take(len(mark))
            more, mark = yield from until(reader, marks_of(":", "}", *quoting.plain), _NAME_MOST)
            key += more
        if mark != ":":
            return False
        reader.take(1)
        yield from blanks(reader)
        parts: list[str] = []
        is_whole = yield from value(reader, parts.append, quoting)
        if not is_whole:
            growing.add_cut(key.strip().strip('"'), "".join(parts))
            return False
        growing.add(key.strip().strip('"'), literal_or_text("".join(parts), quoting))
    return follows is not None
