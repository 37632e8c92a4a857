"""A name, then keys and values in tags of their own (the grammar of GLM, Hunyuan 3 and LongCat's newer form)."""

from __future__ import annotations

from typing import NamedTuple

from inspector.tool_formats.blocks import Block, calls_in_block
from inspector.tool_formats.growing import Growing
from inspector.tool_formats.marks import marks_of
from inspector.tool_formats.names import NAME_MOST
from inspector.tool_formats.page import Page
from inspector.tool_formats.reader import Reader, Steps, after_blanks, blanks, until
from inspector.tool_formats.row import Row


class Pairs(NamedTuple):
    """`wrappers` may stand around several calls; `separators` may stand after the name."""

    opens: tuple[str, ...]
    close: str
    prefix: str = ""  # of the tags inside: `longcat_`
    suffix: str = ""  # of all tags: `:opensource`
    wrappers: tuple[str, ...] = ()
    wrapper_closes: tuple[str, ...] = ()
    separators: tuple[str, ...] = ()
    joined_formats: tuple[str, ...] = ()  # whose calls have no line end after the name

    @property
    def block(self) -> Block:
        return Block(self.wrappers, self.opens, self.wrapper_closes)

    def tag(self, name: str, slash: str = "") -> str:
        return f"<{slash}{self.prefix}{name}{self.suffix}>"


def pairs(page: Page, row: Row) -> Steps[bool]:
    """From a wrapper or an opening tag on: one call or several."""
    return (yield from calls_in_block(page, row, row.plan.block, _call))


def _call(page: Page, row: Row, opening: str, start: int) -> Steps[bool]:
    reader, plan = page.reader, row.plan
    reader.take(len(opening))
    ends = (plan.tag("arg_key"), plan.close, *plan.separators, "\n", "\\n")
    before = yield from blanks(reader)
    written, mark = yield from until(reader, marks_of(*ends), NAME_MOST)
    name = written.strip()
    if not mark:
        return False
    if mark in ("\n", "\\n", *plan.separators):
        reader.take(len(mark))
    following = yield from after_blanks(reader, plan.tag("arg_key"), plan.close, *plan.separators)
    if not following and not (reader.closed and not reader.text[reader.at :].strip()):
        return False
    is_alone = following == plan.close and mark not in plan.separators
    told = _of_name_alone(page, row, name, before, written) if is_alone else row
    if told is None or not page.may_call(told, name):
        return False
    growing = Growing(page, told, name, start)
    formats = plan.joined_formats if mark in (plan.tag("arg_key"), plan.close) else ()
    complete = yield from _arguments(page, growing, plan)
    growing.end(complete, family=formats)
    return True


def _of_name_alone(page: Page, row: Row, name: str, before: str, written: str) -> Row | None:
    """The row of a name without arguments; `None` for a word between two tags that a sentence speaks of.

    GLM writes the name right behind the tag; what stands on lines of its own may be anything else that went wrong.
    """
    if " " in (before[-1:], written[-1:]) and "\n" not in before and not page.offers(name):
        return None
    return page.doubted(row, name) if before else row


def _arguments(page: Page, growing: Growing, plan: Pairs) -> Steps[bool]:
    """Keys and values up to the closing tag; false where the text ends before."""
    reader = page.reader
    marks = marks_of(plan.tag("arg_key"), plan.close)
    while True:
        _, mark = yield from until(reader, marks)
        reader.take(len(mark))
        if mark != plan.tag("arg_key"):
            return bool(mark)
        if not (yield from pair(page, growing, plan)):
            return False


def pair(page: Page, growing: Growing, plan: Pairs) -> Steps[bool]:
    """One key and its value. A key without a value counts for nothing; a value may have lost its opening tag."""
    reader = page.reader
    key, mark = yield from until(reader, marks_of(plan.tag("arg_key", "/"), plan.tag("arg_value"), plan.close))
    if mark == plan.tag("arg_key", "/"):
        reader.take(len(mark))
    if not mark or mark == plan.close:
        return bool(mark)
    opened = yield from _opened(reader, plan)
    closing = plan.tag("arg_value", "/")
    text, mark = yield from until(reader, marks_of(closing, plan.tag("arg_key"), plan.close))
    if not opened:
        text = text.strip()
    if not mark:
        growing.add_cut(key.strip(), text)
    elif mark == closing:
        reader.take(len(mark))
        growing.add_text(key.strip(), text)
    elif opened or text:
        growing.add_text(key.strip(), text.rstrip("\n"))
    return bool(mark)


def _opened(reader: Reader, plan: Pairs) -> Steps[bool]:
    """Read the tag that opens a value; whether it is there."""
    opening = plan.tag("arg_value")
    if (yield from after_blanks(reader, opening, plan.tag("arg_key"), plan.close)) != opening:
        return False
    yield from blanks(reader)
    reader.take(len(opening))
    return True
