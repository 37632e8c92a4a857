"""What is left of calls in keys and values where their tokens are stripped: the inner tags, or lines without any."""

from __future__ import annotations

from inspector.tool_formats.growing import Growing
from inspector.tool_formats.marks import marks_of
from inspector.tool_formats.page import Page
from inspector.tool_formats.pairs import Pairs, pair
from inspector.tool_formats.reader import Steps, after_blanks, at_literal, blanks, until
from inspector.tool_formats.row import Row

_GLM = ("glm45_xml", "glm47_xml", "poolside_v1", "hy_v3")
_TAGGED = {
    "<arg_key>": (Pairs((), "</tool_call>"), _GLM),
    "<longcat_arg_key>": (Pairs((), "</longcat_tool_call>", prefix="longcat_"), ("longcat",)),
}
PAIRS = (*_GLM, "longcat")


def pairs_left(page: Page, row: Row, name: str, start: int, *, is_line: bool) -> Steps[bool]:
    """Behind an offered tool's name: the tags of its arguments or, where it has a line of its own, their lines."""
    if tag := (yield from after_blanks(page.reader, *_TAGGED)):
        plan, formats = _TAGGED[tag]
        yield from _tagged(page, Growing(page, row._replace(formats=formats), name, start), plan, tag)
        return True
    keys = _lines_of(page.schema(name).get("properties")) if is_line else ()
    if not keys or not (key := (yield from at_literal(page.reader, *keys))):
        return False
    yield from _lines(page, Growing(page, row._replace(formats=_GLM), name, start), keys, key)
    return True


def _tagged(page: Page, growing: Growing, plan: Pairs, opening: str) -> Steps[None]:
    reader, is_whole = page.reader, True
    while is_whole and (yield from after_blanks(reader, opening)):
        yield from blanks(reader)
        reader.take(len(opening))
        is_whole = yield from pair(page, growing, plan)
    growing.end(is_whole)


def _lines(page: Page, growing: Growing, keys: tuple[str, ...], key: str) -> Steps[None]:
    """A line for a name, then those of its value, up to the next name, another tool's, or the end."""
    reader = page.reader
    marks = marks_of(*keys, *_lines_of(page.tools))
    while key in keys:
        reader.take(len(key))
        text, mark = yield from until(reader, marks)
        growing.add_text(key.strip("\n"), text if mark else text.rstrip("\n"))
        key = mark
    growing.end(True)


def _lines_of(names: object) -> tuple[str, ...]:
    return tuple(f"\n{name}\n" for name in names) if isinstance(names, dict) else ()
