"""What is left of a format's calls where special tokens are stripped: a tool's name, and its arguments at once."""

from __future__ import annotations

import re

from inspector.tool_formats.marks import marks_of
from inspector.tool_formats.page import Page
from inspector.tool_formats.pseudo_json import PseudoJson, pseudo_json, quoted_by
from inspector.tool_formats.pythonic import Pythonic, calls
from inspector.tool_formats.reader import Steps, after_blanks, at_literal, blanks, need, until
from inspector.tool_formats.row import Row
from inspector.tool_formats.values import value

PREFIXES = ("", "function", "functions.", "call:")  # the longer after what it begins with
_BY_PREFIX = {"functions.": ("kimi_k2",), "function": ("deepseek_v3",), "": ("mistral_v11", "deepseek_v31")}
_LINE, _GEMMA = ("functionary_v32",), ("gemma4", "functiongemma")
_PYTHON = ("olmo3_pythonic", "pythonic")
STRIPPED = (*(name for names in _BY_PREFIX.values() for name in names), *_LINE, *_GEMMA, *_PYTHON)
_INDEX = re.compile(r":\d{1,9}\s?(?=\{)")


def tool_name(page: Page, row: Row) -> Steps[bool]:
    """From an offered tool's name on, with what the stripped formats have before it."""
    reader = page.reader
    start = reader.size
    written = yield from at_literal(reader, *row.marks)
    if page.tail[-1:].isalnum() or page.tail[-1:] in ("_", ".", "-", '"', "'"):
        reader.take(len(written))
        return False
    prefix = next(each for each in reversed(PREFIXES) if written.startswith(each))
    if prefix and page.tools is not None and written in page.tools:
        prefix = ""
    if prefix == "call:":
        plan = PseudoJson(quoted_by('<|"|>'))
        marked = row._replace(marks=(), plan=plan, formats=_GEMMA)
        return (yield from pseudo_json(page, marked))
    yield from need(reader, len(written) + 1)
    if reader.text[reader.at + len(written) : reader.at + len(written) + 1] == "(":
        return (yield from _lines(page, row, len(written), start))
    reader.take(len(written))
    name = written.removeprefix(prefix)
    is_line = bool((yield from at_literal(reader, "\n")))
    if not (yield from _before_object(page, prefix)):
        return False
    formats = _LINE if is_line and not prefix else _BY_PREFIX[prefix]
    page.begin(row._replace(formats=formats), name, start)
    page.finish((yield from value(reader, page.grow)))
    if prefix == "function" and (yield from after_blanks(reader, "```")):
        yield from blanks(reader)
        reader.take(3)
        page.extend()
    return True


def _before_object(page: Page, prefix: str) -> Steps[bool]:
    """Past what may stand between the name and its arguments; whether there are some."""
    reader = page.reader
    between = yield from at_literal(reader, "[ARGS]", "[CALL_ID]", "\n", ":", "{")
    if between == ":" and prefix == "functions.":
        text, mark = yield from until(reader, marks_of("{"), 12)
        return bool(mark) and bool(_INDEX.match(text + mark))
    if between == "[CALL_ID]":
        _, mark = yield from until(reader, marks_of("[ARGS]"), 64)
        between = mark
    if between in ("[ARGS]", "\n"):
        reader.take(len(between))
        fence = yield from at_literal(reader, "```json", "{")
        reader.take(0 if fence == "{" else len(fence))
        yield from blanks(reader)
    return bool(between) and bool((yield from at_literal(reader, "{")))


def _lines(page: Page, row: Row, size: int, start: int) -> Steps[bool]:
    """Calls as lines of Python, at the beginning of one."""
    if page.tail.rpartition("\n")[2].strip():
        page.reader.take(size)
        return False
    return (yield from calls(page, row._replace(plan=Pythonic(needs_keywords=True), formats=_PYTHON), start))
