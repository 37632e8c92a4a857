"""What is left of a format's calls where special tokens are stripped: a tool's name, and its arguments at once."""

from __future__ import annotations

import re

from inspector.tool_formats.closing import closed
from inspector.tool_formats.envelope import Envelopes, envelope
from inspector.tool_formats.marks import marks_of
from inspector.tool_formats.page import Page
from inspector.tool_formats.pseudo_json import PseudoJson, pseudo_json, quoted_by
from inspector.tool_formats.pythonic import Pythonic, calls
from inspector.tool_formats.reader import Steps, at_literal, blanks, matched, need, until
from inspector.tool_formats.row import Row
from inspector.tool_formats.stripped_pairs import PAIRS, pairs_left
from inspector.tool_formats.values import value

PREFIXES = ("", "function", "functions.", "call:")  # the longer after what it begins with
_BY_PREFIX = {"functions.": ("kimi_k2",), "function": ("deepseek_v3",), "": ("mistral_v11", "deepseek_v31")}
_LINE, _GEMMA = ("functionary_v32",), ("gemma4", "functiongemma")
_PSEUDO_JSON = PseudoJson(quoted_by('<|"|>'))
_PYTHON = ("olmo3_pythonic", "pythonic")
_WITH_ID, _NAMED_TWICE = ("mistral_v11_callid",), ("inkling",)
STRIPPED = (*(name for names in _BY_PREFIX.values() for name in names), *_LINE, *_GEMMA, *_PYTHON)
STRIPPED += (*PAIRS, *_WITH_ID, *_NAMED_TWICE)
_ID = re.compile(r"[A-Za-z0-9]{9}(?=\{)")
_OBJECT = re.compile(r"\{\s*[\"'}]")  # code has other things in braces behind a name
_OBJECT_MOST = 64
_INDEX = re.compile(r":\d{1,9}\s?(?=\{)")


def tool_name(page: Page, row: Row) -> Steps[bool]:
    """From an offered tool's name on, with what the stripped formats have before it."""
    reader = page.reader
    start = reader.size
    written = yield from at_literal(reader, *row.marks)
    if page.tail[-1:].isalnum() or page.tail[-1:] in ("_", ".", "-", '"', "'"):
        reader.take(len(written))
        return False
    prefix = "" if page.offers(written) else next(each for each in reversed(PREFIXES) if written.startswith(each))
    if prefix == "call:":
        return (yield from pseudo_json(page, row._replace(marks=(), plan=_PSEUDO_JSON, formats=_GEMMA)))
    yield from need(reader, len(written) + 1)
    if reader.text.startswith("(", reader.at + len(written)):
        return (yield from _lines(page, row, len(written), start))
    reader.take(len(written))
    if prefix:
        return (yield from _object(page, row, written.removeprefix(prefix), start, prefix))
    return (yield from _name_alone(page, row, written, start))


def _name_alone(page: Page, row: Row, name: str, start: int) -> Steps[bool]:
    """Behind a name without a prefix: its arguments on lines of their own only where it has one of its own."""
    is_line = _begins_line(page)
    if (yield from pairs_left(page, row, name, start, is_line=is_line)):
        return True
    if not is_line and (yield from at_literal(page.reader, "\n")):
        return False
    return (yield from _object(page, row, name, start, ""))


def _begins_line(page: Page) -> bool:
    """Whether nothing is said before it on its line."""
    return not page.tail.rpartition("\n")[2].strip()


def _object(page: Page, row: Row, name: str, start: int, prefix: str) -> Steps[bool]:
    """Behind the name: its arguments as an object, where they follow."""
    reader = page.reader
    formats = yield from _before_object(page, prefix)
    if not formats:
        return False
    if (yield from _is_named_again(page, name)):
        begun = page.calls
        yield from envelope(page, row._replace(formats=_NAMED_TWICE), Envelopes(), start)
        return page.calls > begun
    page.begin(row._replace(formats=formats), name, start)
    page.finish((yield from value(reader, page.grow)))
    if prefix == "function":
        yield from closed(page, "```")
    return True


def _is_named_again(page: Page, name: str) -> Steps[bool]:
    """Whether the object at the cursor begins with the same name: then it is an envelope."""
    again = [f'{{"name":{blank}"{name}",{blank}"args":' for blank in ("", " ")]
    return (yield from at_literal(page.reader, *again, "{")) in again


def _before_object(page: Page, prefix: str) -> Steps[tuple[str, ...]]:
    """Past what may stand between the name and its arguments; whose calls are so, none where there are none."""
    reader = page.reader
    formats = _BY_PREFIX[prefix]
    between = yield from at_literal(reader, "[ARGS]", "[CALL_ID]", "\n", ":", "{")
    if between == ":" and prefix == "functions.":
        text, mark = yield from until(reader, marks_of("{"), 12)
        return formats if mark and _INDEX.match(text + mark) else ()
    if not between and not prefix and (yield from need(reader, 10)) and _ID.match(reader.text, reader.at):
        between, formats = reader.take(9), _WITH_ID
    if between == "[CALL_ID]":
        _, mark = yield from until(reader, marks_of("[ARGS]"), 64)
        between = mark
    if between == "\n" and not prefix:
        formats = _LINE
    if between in ("[ARGS]", "\n"):
        reader.take(len(between))
        fence = yield from at_literal(reader, "```json", "{")
        reader.take(0 if fence == "{" else len(fence))
        yield from blanks(reader)
    return formats if between and (yield from matched(reader, _OBJECT, _OBJECT_MOST)) else ()


def _lines(page: Page, row: Row, size: int, start: int) -> Steps[bool]:
    """Calls as lines of Python, at the beginning of one."""
    if not _begins_line(page):
        page.reader.take(size)
        return False
    return (yield from calls(page, row._replace(plan=Pythonic(needs_keywords=True), formats=_PYTHON), start))
