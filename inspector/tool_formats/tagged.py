"""Marks around JSON envelopes: one, several one after another, or a list of them (the hermes grammar and its kin)."""

from __future__ import annotations

import re
from typing import NamedTuple

from inspector.tool_formats.closing import closed_in_order
from inspector.tool_formats.envelope import Envelopes, envelope
from inspector.tool_formats.items import at_item
from inspector.tool_formats.marks import marks_of
from inspector.tool_formats.page import Page
from inspector.tool_formats.reader import Steps, after_blanks, at_literal, blanks, matched, until
from inspector.tool_formats.row import Row
from inspector.tool_formats.strays import any_of, next_after_stray

_HEAD_MOST = 256


class Tagged(NamedTuple):
    """`closes` may stand after the JSON, one after another; `between` parts several objects."""

    closes: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    envelopes: Envelopes = Envelopes()


def tagged(page: Page, row: Row) -> Steps[bool]:
    """From the mark on. The marks around several calls count to the first and the last."""
    reader, plan = page.reader, row.plan
    start, page.stops = reader.size, plan.closes
    reader.take(len((yield from at_literal(reader, *row.marks))))
    yield from blanks(reader)
    found = yield from payload(page, row, start)
    if found:
        yield from closed_in_order(page, *plan.closes)
    return found


def payload(page: Page, row: Row, start: int) -> Steps[bool]:
    """The JSON: whether it has a call at least."""
    if page.reader.peek() == "[":
        return (yield from listed(page, row, row.plan.envelopes, start))
    found, plan = False, row.plan
    while (yield from at_literal(page.reader, "{")):
        begun, place = page.calls, page.reader.place
        is_whole = yield from envelope(page, row, plan.envelopes, None if found else start)
        if page.calls == begun:
            page.lost(place)
        found = found or page.calls > begun
        if is_whole and (yield from _another(page, plan.between)):
            continue
        if not plan.between or not plan.closes or (yield from after_blanks(page.reader, *plan.closes)):
            break
        if (yield from next_after_stray(page, any_of("{", *plan.closes))) != "{":
            break
    return found


def listed(page: Page, row: Row, style: Envelopes, start: int) -> Steps[bool]:
    """A JSON list of envelopes: whether it has a call at least."""
    reader = page.reader
    reader.take(1)
    found = False
    while follows := (yield from at_item(reader, "]")):
        begun, place, is_whole = page.calls, reader.place, False
        if reader.peek() == "{":
            is_whole = yield from envelope(page, row, style, None if found else start)
        if page.calls == begun:
            page.lost(place)
        found = found or page.calls > begun
        if is_whole and (row.is_sure or page.calls > begun):
            continue
        if not row.is_sure or (yield from next_after_stray(page, any_of("{", "]", *page.stops))) not in ("{", "]"):
            break
    if follows is not False:
        page.is_cut = True
    elif found:
        page.extend()
    return found


def _another(page: Page, between: tuple[str, ...]) -> Steps[bool]:
    """Whether one more object follows; then the cursor is at it."""
    reader = page.reader
    follow = yield from after_blanks(reader, "{", *(each for each in between if each.strip()))
    if not between or not follow:
        return False
    if follow != "{":
        if not (yield from _object_after(page, follow)):
            return False
        yield from blanks(reader)
        reader.take(len(follow))
    yield from blanks(reader)
    return True


def _object_after(page: Page, mark: str) -> Steps[bool]:
    """Whether the mark, after blanks, is followed by an object; nothing is read."""
    found = yield from matched(page.reader, re.compile(rf"\s*{re.escape(mark)}\s*(\S)"), 64)
    return found is not None and found[1] == "{"


def passed_over(page: Page, row: Row) -> Steps[bool]:
    """A mark and what stands up to the next one, both markup (the head of an Inkling message)."""
    page.reader.take(len((yield from at_literal(page.reader, *row.marks))))
    _, mark = yield from until(page.reader, marks_of(row.plan), _HEAD_MOST)
    return bool(mark)
