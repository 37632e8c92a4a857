"""The arguments of a Python call: keywords or places, and what is a literal. Knows nothing of the calls around."""

from __future__ import annotations

import re

from inspector.tool_formats.growing import Growing
from inspector.tool_formats.items import at_item
from inspector.tool_formats.literals import NotLiteral, read_literal, unescaped
from inspector.tool_formats.names import NAME_MOST
from inspector.tool_formats.page import Page
from inspector.tool_formats.reader import Steps, blanks, need
from inspector.tool_formats.values import Quoting, value

KEY = re.compile(r"[^\W\d]\w*")
_QUOTED = re.compile(r"([\"'])(.*)\1", re.DOTALL)


def python_arguments(page: Page, growing: Growing, quoting: Quoting) -> Steps[bool]:
    """Up to and with the closing bracket; false where it does not come."""
    reader = page.reader
    number = 0
    while follows := (yield from at_item(reader, ")")):
        key = yield from _key(page)
        parts: list[str] = []
        is_whole = yield from _value(page, parts, quoting)
        text = "".join(parts).strip()
        if not is_whole:
            growing.add_cut(growing.position(number) if key is None else key, text.lstrip("\"'"))
            return False
        _add(growing, key, number, text)
        number += 1
    return follows is not None


def _key(page: Page) -> Steps[str | None]:
    """The name before `=`, both read; `None` for a value without one."""
    reader = page.reader
    while True:
        found = KEY.match(reader.text, reader.at, reader.at + NAME_MOST)
        end = found.end() if found else reader.at
        ahead = reader.text[end : end + 32].lstrip()
        if len(ahead) > 1 or reader.closed or end - reader.at >= NAME_MOST:
            break
        yield
    if not found or not ahead.startswith("=") or ahead.startswith("=="):
        return None
    name = reader.take(len(found.group()))
    yield from blanks(reader)
    reader.take(1)
    yield from blanks(reader)
    return name


def _value(page: Page, parts: list[str], quoting: Quoting) -> Steps[bool]:
    """The text of a value, up to the comma or bracket that follows it."""
    reader = page.reader
    while (yield from need(reader)):
        if reader.peek() in (",", ")"):
            return True
        if reader.peek().isspace():
            parts.append((yield from blanks(reader)))
        elif reader.peek() in ("]", "}", ";", "<"):
            parts.append(reader.take(1))
        elif not (yield from value(reader, parts.append, quoting)):
            return False
    return False


def _add(growing: Growing, key: str | None, number: int, text: str) -> None:
    try:
        said = read_literal(text)
    except NotLiteral:
        name = growing.position(number) if key is None else key
        if quoted := _QUOTED.fullmatch(text):
            growing.add(name, unescaped(quoted[2]))
        else:
            growing.add_text(name, text)
        return
    if key is None and number == 0 and isinstance(said, dict):
        for each, member in said.items():  # `name({"key": …})`, as transcripts have it
            growing.add(each, member)
    else:
        growing.add(growing.position(number) if key is None else key, said)
