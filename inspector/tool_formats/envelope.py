"""A JSON object that names a tool and has its arguments: `{"name": …, "arguments": {…}}` and its many cousins."""

from __future__ import annotations

import re
from typing import NamedTuple

from inspector.tool_formats.items import at_item
from inspector.tool_formats.literals import NotLiteral, read_literal
from inspector.tool_formats.making import Making
from inspector.tool_formats.page import Page
from inspector.tool_formats.reader import Steps, blanks, matched, need
from inspector.tool_formats.row import Row
from inspector.tool_formats.values import string, value

_NAMES = frozenset({"name", "tool_name", "function", "action", "tool"})
_ARGUMENTS = frozenset({"arguments", "parameters", "args", "action_input", "input"})
_WITHIN = frozenset({"function", "tool_call"})  # the envelope may be one deeper
_LISTS = frozenset({"tool_calls"})
_BESIDE = frozenset({"id", "tool_call_id", "type", "index", "role", "content", "reasoning_content", "refusal"})
_DEFINES = "description"  # who has one tells of a tool, and calls none
_STRINGS = {quote: re.compile(rf"{quote}(?:[^{quote}\\]|\\.)*+{quote}", re.DOTALL) for quote in "\"'"}
KNOWN = _NAMES | _ARGUMENTS | _WITHIN | _LISTS | _BESIDE
_KEY_MOST, _NAME_MOST, _DEPTH_MOST = 64, 256, 4
# Which format writes a bare envelope, as its keys tell.
_BY_KEY = {"tool_name": ("cohere_action", "command_r_plus_md"), "action": ("json_action",)}


class Envelopes(NamedTuple):
    """How a format writes its envelopes. `keyed`: the only key is the tool's name. `bare`: without marks."""

    keyed: bool = False
    bare: bool = False


def envelope(page: Page, row: Row, style: Envelopes, start: int | None = None) -> Steps[bool]:
    """Read the object at the cursor; its call, if it is one, begins at byte `start` and is finished, not settled.

    False where it is cut, or no envelope.
    """
    making = Making(page, row, page.reader.size if start is None else start)
    is_whole = yield from _object(page, making, style, 0)
    making.end(is_whole)
    return is_whole


def _object(page: Page, making: Making, style: Envelopes, depth: int) -> Steps[bool]:
    reader = page.reader
    reader.take(1)
    while follows := (yield from at_item(reader, "}")):
        key = yield from _text(page, _KEY_MOST)
        if key is None or (style.bare and not _may_be_within(page, making, key)):
            return False
        yield from blanks(reader)
        if reader.peek() != ":":
            return False
        reader.take(1)
        yield from blanks(reader)
        if not (yield from need(reader)) or not (yield from _member(page, making, style, key, depth)):
            return False
    return follows is not None


def _member(page: Page, making: Making, style: Envelopes, key: str, depth: int) -> Steps[bool]:
    """The value of a key. False where this can be no call, or none any more."""
    first = page.reader.peek()
    if first == "{" and _is_name(page, making, style, key):
        return making.named(key) and (yield from _arguments(page, making))
    if first == "{" and key in _WITHIN and depth < _DEPTH_MOST:
        return (yield from _object(page, making, style, depth + 1))
    if first == "[" and key in _LISTS and depth < _DEPTH_MOST:
        return (yield from _list(page, making, style, depth + 1))
    if first in ('"', "'") and key in _NAMES:
        name = yield from _text(page, _NAME_MOST)
        return name is not None and making.named(name, _BY_KEY.get(key, ()) if style.bare else ())
    if key in _ARGUMENTS:
        return (yield from _arguments(page, making))
    return (yield from value(page.reader, _nowhere, stops=page.stops))


def _is_name(page: Page, making: Making, style: Envelopes, key: str) -> bool:
    if making.name or making.has_arguments:
        return False
    return style.keyed or (style.bare and page.tools is not None and key in page.tools)


def _may_be_within(page: Page, making: Making, key: str) -> bool:
    """Without marks a strange key makes it something else, unless the name is known to be a tool's."""
    if key in KNOWN:
        return True
    if key == _DEFINES and not making.began:
        return False
    return page.tools is not None and (bool(making.name) or key in page.tools)


def _list(page: Page, making: Making, style: Envelopes, depth: int) -> Steps[bool]:
    """The `tool_calls` of a message that is echoed: calls of their own."""
    reader = page.reader
    reader.take(1)
    while follows := (yield from at_item(reader, "]")):
        if reader.peek() != "{":
            return False
        inner = Making(page, making.row, reader.size)
        is_whole = yield from _object(page, inner, style, depth)
        inner.end(is_whole)
        if not is_whole or not inner.began:
            return False
    return follows is not None


def _arguments(page: Page, making: Making) -> Steps[bool]:
    """The arguments as they are written; where they are a string, what is in it."""
    reader = page.reader
    making.has_arguments_again()
    if reader.peek() not in ('"', "'"):
        return (yield from value(reader, making.add, stops=page.stops))
    parts: list[str] = []
    if not (yield from string(reader, parts.append, reader.peek())):
        making.add("".join(parts))
        return False
    making.add_string("".join(parts))
    return True


def _text(page: Page, most: int) -> Steps[str | None]:
    """A string of not too many characters; `None`, and nothing is read, for anything else."""
    reader = page.reader
    if not (yield from need(reader)) or reader.peek() not in _STRINGS:
        return None
    found = yield from matched(reader, _STRINGS[reader.peek()], most + 2)
    if not found:
        return None
    try:
        said = read_literal(reader.take(len(found.group())))
    except NotLiteral:
        return None
    return said if isinstance(said, str) else None


def _nowhere(_: str) -> None:
    """Where text goes that says nothing about the call."""
