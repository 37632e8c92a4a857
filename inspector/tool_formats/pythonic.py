"""Calls written as Python calls: `name(key=literal, …)`, in a list, one a line, in a fence, or between marks."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from inspector.tool_formats.closing import closed
from inspector.tool_formats.growing import Growing
from inspector.tool_formats.names import NAME_MOST
from inspector.tool_formats.page import Page
from inspector.tool_formats.python_arguments import KEY, python_arguments
from inspector.tool_formats.reader import Steps, after_blanks, at_literal, blanks
from inspector.tool_formats.row import Row
from inspector.tool_formats.strays import any_of, next_after_stray
from inspector.tool_formats.values import PYTHON, Quoting

_NAME = re.compile(r"[^\W\d][\w.:-]*")
_LITERAL = re.compile(r"[\"'\d+\-\[*]|(?:True|False|None|true|false|null)\s*[,)]")
_NAME_AND_BRACKET = r"[^\W\d][\w.:-]{0,127}+\("
_PARTED_BY = (",", ";", "\n")
_COMMANDS = Quoting(inner="/\\$~|&>-;_")  # a command of a shell within quotes of its own kind (vLLM, SGLang: LFM2)
_WRAPPERS = ("print(",)
_PREFIXES = ("default_api.", "functions.")


class Pythonic(NamedTuple):
    """`closes` may stand after the calls. A list is read where there is one, lines else."""

    closes: tuple[str, ...] = ()
    needs_list: bool = False
    needs_keywords: bool = False  # else any tool's name before a bracket may be a call


def pythonic(page: Page, row: Row) -> Steps[bool]:
    """From a mark on."""
    reader = page.reader
    start = reader.size
    reader.take(len((yield from at_literal(reader, *row.marks))))
    yield from blanks(reader)
    found = yield from calls(page, row, start)
    if found:
        yield from closed(page, *row.plan.closes)
    return found


def calls(page: Page, row: Row, start: int) -> Steps[bool]:
    """A list of calls, or calls parted by line ends, commas or semicolons: whether there is one at least."""
    reader = page.reader
    in_list = bool((yield from at_literal(reader, "[")))
    if in_list:
        reader.take(1)
        yield from blanks(reader)
    elif row.plan.needs_list:
        return False
    begun, follow = page.calls, ","
    while follow in _PARTED_BY:
        is_whole = yield from _call(page, row, None if page.calls > begun else start)
        follow = (yield from _after(page, row, in_list=in_list)) if is_whole else ""
        if not follow and page.calls > begun and row.is_sure:
            follow = yield from _after_stray(page, row, in_list=in_list)
    if follow == "]" and in_list:
        yield from blanks(reader)
        reader.take(1)
        page.extend()
    page.is_cut = page.is_cut or (in_list and follow != "]")
    return page.calls > begun


def _after(page: Page, row: Row, *, in_list: bool) -> Steps[str]:
    """What follows a call: what parts it from the next, which is read, or closes them, which is not."""
    reader = page.reader
    after = yield from after_blanks(reader, ",", "]", ";", *row.plan.closes)
    if after in (",", ";"):
        yield from blanks(reader)
        reader.take(1)
    elif not after and not in_list and (yield from _line_end(page)):
        after = "\n"
    if after in _PARTED_BY:
        yield from blanks(reader)
    return after


def _after_stray(page: Page, row: Row, *, in_list: bool) -> Steps[str]:
    """The same behind what is no call, where it is sure that there are more, or an end."""
    closes = (*row.plan.closes, *("]" if in_list else ""))
    if not closes:
        return ""
    if (name := (yield from _name_ahead(page))) is not None:  # of no call
        page.stray(page.reader.take(len(name)))
    found = yield from next_after_stray(page, _next_or(closes))
    return found if found in ("", *closes) else "\n"


@lru_cache(maxsize=16)
def _next_or(closes: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"{any_of(*closes).pattern}|{_NAME_AND_BRACKET}")


def _line_end(page: Page) -> Steps[bool]:
    """Whether a line ends here and a name that may be a call's begins the next."""
    reader = page.reader
    while True:
        ahead = reader.text[reader.at : reader.at + 256]
        rest = ahead.lstrip(" \t\r\n")
        if rest or reader.closed or len(ahead) == 256:
            break
        yield
    blank = ahead[: len(ahead) - len(rest)]
    if "\n" not in blank:
        return False
    return (yield from _name_ahead(page, len(blank))) is not None


def _name_ahead(page: Page, skip: int = 0) -> Steps[str | None]:
    """The name before the bracket that opens a call; `None` where there is none. Nothing is read."""
    reader = page.reader
    while True:
        found = _NAME.match(reader.text, reader.at + skip, reader.at + skip + NAME_MOST)
        end = found.end() if found else reader.at + skip
        if end < len(reader.text) or reader.closed or end - reader.at - skip >= NAME_MOST:
            break
        yield
    return found.group() if found and reader.text[end : end + 1] == "(" else None


def _call(page: Page, row: Row, start: int | None) -> Steps[bool]:
    reader = page.reader
    begin = reader.size if start is None else start
    wrapped = yield from at_literal(reader, *_WRAPPERS)
    reader.take(len(wrapped))
    written = yield from _name_ahead(page)
    if written is None:
        return False
    name = written.removesuffix(".call")
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    if not page.may_be(row, name) or not (yield from _has_arguments(page, row, len(written) + 1)):
        return False
    reader.take(len(written) + 1)
    growing = Growing(page, row, name, begin)
    complete = yield from python_arguments(page, growing, _COMMANDS if row.is_sure else PYTHON)
    if complete and wrapped and (yield from after_blanks(reader, ")")):
        yield from blanks(reader)
        reader.take(1)
    growing.end(complete)
    return complete


def _has_arguments(page: Page, row: Row, skip: int) -> Steps[bool]:
    """Whether what follows the bracket can be the arguments of a call that was meant as one."""
    reader = page.reader
    if page.tools is not None and row.is_sure:
        return True
    while True:
        ahead = reader.text[reader.at + skip : reader.at + skip + NAME_MOST].lstrip()
        if ahead.startswith((")", "{")) or (page.tools is not None and _LITERAL.match(ahead)):
            return not row.plan.needs_keywords
        found = KEY.match(ahead)
        rest = ahead[found.end() :].lstrip() if found else ahead
        if len(rest) > 1 or reader.closed or reader.left > skip + NAME_MOST:
            return bool(found) and rest.startswith("=") and not rest.startswith("==")
        yield
