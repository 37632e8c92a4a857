"""The message headers of gpt-oss and Muse Glimmer, and what is left of them where special tokens are stripped."""

from __future__ import annotations

import re

from inspector.tool_formats.marks import marks_of
from inspector.tool_formats.page import Page
from inspector.tool_formats.reader import Steps, after_blanks, at_literal, blanks, until
from inspector.tool_formats.row import Row
from inspector.tool_formats.values import value

ENDS = ("<|end|>", "<|call|>", "<|return|>", "<|eom|>", "<|eot|>", "<|start|>")
_HEADER_MOST = 512
_RECIPIENT = re.compile(r"to=([^\s<{]+)")
_CHANNEL = re.compile(r"<\|channel\|>\s?([a-z]+)")
_SELF = "self"  # to whom Glimmer says what it thinks
_PEOPLE = frozenset({"assistant", "all", "user", "system", _SELF})
FIRST = " to="  # how the first header goes on where the prompt has its beginning
_ELEMENTS = "<atem:"  # Glimmer's calls, which say their names themselves


def harmony(page: Page, row: Row) -> Steps[bool]:
    """A header, from any of its parts on. It says what the body is: a call, reasoning, or text, read by others."""
    reader = page.reader
    start = reader.size
    opening = reader.take(len((yield from at_literal(reader, *row.marks))))
    if opening == FIRST and page.has_text:
        return False
    text, mark = yield from until(reader, marks_of("<|message|>", "{", *ENDS[:-1]), _HEADER_MOST)
    header = opening + text
    name = _recipient(header)
    if mark == "{" and (not name or opening == FIRST):
        return False
    if mark not in ("<|message|>", "{"):
        return False
    if mark == "<|message|>":
        reader.take(len(mark))
    page.closers = ()
    if name and not (yield from after_blanks(reader, _ELEMENTS)):
        is_sure = "<|" in header or mark != "{"
        return (yield from _call(page, row._replace(is_sure=is_sure), name, start))
    if _is_thought(header):
        page.closers, page.thought = ENDS, True
    return True


def _is_thought(header: str) -> bool:
    channels = _CHANNEL.findall(header)
    return _SELF in _RECIPIENT.findall(header) or bool(channels and channels[-1] == "analysis")


def _recipient(header: str) -> str:
    """The tool that the message is for, without the `functions.` before it."""
    said = [each for each in _RECIPIENT.findall(header) if each not in _PEOPLE]
    return said[-1].removeprefix("functions.") if said else ""


def _call(page: Page, row: Row, name: str, start: int) -> Steps[bool]:
    reader = page.reader
    if not page.may_call(row, name):
        return False
    yield from blanks(reader)
    page.begin(row, name, start)
    if (yield from at_literal(reader, "{")):
        page.finish((yield from value(reader, page.grow)))
    else:
        text, mark = yield from until(reader, marks_of(*ENDS))
        page.grow(text)
        page.finish(bool(mark))
    if end := (yield from at_literal(reader, *ENDS[:-1])):
        reader.take(len(end))
        page.extend()
    return True
