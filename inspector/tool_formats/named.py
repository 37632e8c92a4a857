"""A name, something between, and the arguments as JSON (Mistral v11, DeepSeek V3, Kimi K2, ReAct and kin)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from inspector.tool_formats.closing import closed_in_order
from inspector.tool_formats.envelope import KNOWN as ENVELOPE_KEYS
from inspector.tool_formats.envelope import Envelopes, envelope
from inspector.tool_formats.marks import marks_of
from inspector.tool_formats.page import Page
from inspector.tool_formats.reader import Steps, at_literal, blanks, matched, until
from inspector.tool_formats.row import Row
from inspector.tool_formats.schema import property_of
from inspector.tool_formats.values import value

_NAME_MOST = 256
_FENCES = ("```json", "```")
_ID = re.compile(r"\d+$|call_|chatcmpl-")
_INDEX = re.compile(r":\d+$")
_FIRST_KEY = re.compile(r'\{\s*"([^"\\]{1,128})"\s*:')
_KEY_MOST = 256


class Named(NamedTuple):
    """`lead` is passed over up to its end, then the name comes, which one of `ends` ends.

    Up to one of `skips` (where there are some) nothing matters. `closes` may stand after the arguments. Arguments that
    are no object are text up to one of `text_ends`, where there are some.
    """

    ends: tuple[str, ...]
    lead: str = ""
    skips: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    text_ends: tuple[str, ...] = ()
    clean: Callable[[str], str] = str.strip
    is_glued: bool = False  # no blank between the mark and the name
    id_end: str = ""  # ends the name too: an id follows, up to one of `skips`, and the format is the row's last


def of_kimi(name: str) -> str:
    """`functions.NAME:0` is an id that has the name in it."""
    return _INDEX.sub("", name.strip()).removeprefix("functions.")


def named(page: Page, row: Row) -> Steps[bool]:
    """From the mark on: one call."""
    reader, plan = page.reader, row.plan
    start = reader.size
    reader.take(len((yield from at_literal(reader, *row.marks))))
    if (yield from blanks(reader)) and plan.is_glued:
        return False
    if plan.lead and not (yield from _skipped(page, (plan.lead,))):
        return False
    written, mark = yield from until(reader, marks_of(*plan.ends), _NAME_MOST)
    name = plan.clean(written)
    if mark in ("", "[") or not page.may_call(row, name):
        return False
    if mark != "{":
        reader.take(len(mark))
    if plan.id_end:
        row = row._replace(formats=row.formats[-1:] if mark == plan.id_end else row.formats[:-1])
    skips = plan.skips if not plan.id_end or mark == plan.id_end else ()
    if skips and mark not in skips and not (yield from _skipped(page, skips)):
        return False
    yield from blanks(reader)
    fence = yield from at_literal(reader, *_FENCES)
    reader.take(len(fence))
    yield from blanks(reader)
    return (yield from _arguments(page, row, name, start, bool(fence)))


def _skipped(page: Page, skips: tuple[str, ...]) -> Steps[bool]:
    """Past the first of these marks; false where none comes soon."""
    _, mark = yield from until(page.reader, marks_of(*skips), _NAME_MOST)
    page.reader.take(len(mark))
    return bool(mark)


def _arguments(page: Page, row: Row, name: str, start: int, fenced: bool) -> Steps[bool]:
    reader, plan = page.reader, row.plan
    is_object = bool((yield from at_literal(reader, "{")))
    if not is_object and not plan.text_ends:
        return False
    if is_object and plan.clean is of_kimi and _ID.match(name):
        key = yield from _first_key(page)
        if key in ENVELOPE_KEYS or not (name := _only_tool_with(page, key)):
            return (yield from _named_within(page, row, start))
    page.begin(row, name, start)
    if is_object:
        page.finish((yield from value(reader, page.grow, stops=(*row.marks, *plan.closes))))
    else:
        text, mark = yield from until(reader, marks_of(*plan.text_ends))
        page.grow(text)
        page.finish(bool(mark) or bool(text))
    yield from closed_in_order(page, *(("```",) if fenced else ()), *plan.closes)
    return True


def _first_key(page: Page) -> Steps[str]:
    """The first key of the object at the cursor, where it has a short one; nothing is read."""
    found = yield from matched(page.reader, _FIRST_KEY, _KEY_MOST)
    return found[1] if found else ""


def _only_tool_with(page: Page, key: str) -> str:
    """The one tool that has such an argument, or the only tool there is: who a call without a name is for."""
    tools = page.tools or {}
    fitting = [name for name, schema in tools.items() if property_of(schema, key)[0] is not None] or list(tools)
    return fitting[0] if len(fitting) == 1 else ""


def _named_within(page: Page, row: Row, start: int) -> Steps[bool]:
    """Kimi K2.5 may write an id without a name in it; the name is in the JSON then (vLLM #32146)."""
    begun, page.stops = page.calls, row.plan.closes
    yield from envelope(page, row, Envelopes(), start)
    yield from closed_in_order(page, *row.plan.closes)
    return page.calls > begun
