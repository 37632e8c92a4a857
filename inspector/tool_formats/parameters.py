"""Tags around a call's name and each of its parameters (Qwen3-Coder, Anthropic, DSML, steptml, Kimi K3)."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from inspector.tool_formats.blocks import Block, calls_in_block
from inspector.tool_formats.closing import closed
from inspector.tool_formats.growing import Growing
from inspector.tool_formats.literals import literal_or_text
from inspector.tool_formats.marks import marks_of
from inspector.tool_formats.page import Page
from inspector.tool_formats.reader import Steps, after_blanks, blanks, until
from inspector.tool_formats.row import Row
from inspector.tool_formats.values import value

_HEAD_MOST = 512
_ATTRIBUTE = re.compile(r"([\w:-]{1,32})\s?=\s?(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)")
_ANY_XML = ("<invoke", "<function")  # what an element may be called that is no call
_CDATA = ("<![CDATA[", "]]>")


class Tags(NamedTuple):
    """The literals of one spelling. `heads` and `parameters` run up to a name, which `head_end` ends."""

    wrappers: tuple[str, ...]
    wrapper_closes: tuple[str, ...]
    heads: tuple[str, ...]
    closes: tuple[str, ...]
    parameters: tuple[str, ...]
    parameter_closes: tuple[str, ...]
    head_end: str = ">"
    head_quotes: int = 1  # how many of them: a head without a mark at its end has them around its attributes
    trims: bool = True  # a line end at either end of a value is markup
    json_formats: tuple[str, ...] = ()  # whose calls have an object for a body, where not the row's own

    @property
    def after_head(self) -> tuple[str, ...]:
        return (*self.parameters, *self.closes, *self.wrapper_closes, "{")

    @property
    def after_parameter(self) -> tuple[str, ...]:
        return (*self.parameters, *self.closes, *self.wrapper_closes, *self.heads)

    @property
    def block(self) -> Block:
        return Block(self.wrappers, self.heads, self.wrapper_closes)


class Head(NamedTuple):
    """What an opening tag says: its name, its attributes, whether it closes itself."""

    name: str
    attributes: dict[str, str]
    is_whole: bool


def tagged_parameters(page: Page, row: Row) -> Steps[bool]:
    """From a wrapper or a head on: one call or several."""
    return (yield from calls_in_block(page, row, row.plan.block, _call))


def _call(page: Page, row: Row, head_mark: str, start: int) -> Steps[bool]:
    reader, tags = page.reader, row.plan
    head = yield from read_head(page, head_mark, tags)
    if head is None:
        return False
    if head.is_whole and row.marks != tags.wrappers and head_mark.startswith(_ANY_XML):
        row = page.doubted(row, head.name)  # in a wrapper DeepSeek V4 writes it so (SGLang #23915)
    if not page.may_call(row, head.name):
        return False
    if head.is_whole:
        Growing(page, row, head.name, start).end(True)
        return True
    follow = yield from after_blanks(reader, *tags.after_head)
    if not follow and not (reader.closed and not reader.text[reader.at :].strip()):
        return False
    yield from blanks(reader)
    if follow == "{":
        return (yield from _json_body(page, row, head.name, start))
    return (yield from _parameters(page, row, Growing(page, row, head.name, start)))


def read_head(page: Page, literal: str, tags: Tags) -> Steps[Head | None]:
    """The tag at the cursor; `None` where it does not end, or has no name."""
    reader = page.reader
    reader.take(len(literal))
    text = ""
    for _ in range(tags.head_quotes):
        more, mark = yield from until(reader, marks_of(tags.head_end), _HEAD_MOST)
        if not mark:
            return None
        text += more + reader.take(len(mark))
    text = text.removesuffix(tags.head_end) if tags.head_quotes == 1 else text
    return _head(text.removesuffix("/"), literal, text.endswith("/"))


def _head(text: str, literal: str, is_whole: bool) -> Head | None:
    text = text.strip()
    quote = text[:1] if text[:1] in ("'", '"') else ""
    if quote:
        name, _, rest = text[1:].partition(quote)
    else:
        name, _, rest = text.partition(" ") if literal.endswith("name=") else (text, "", "")
    if not name or any(each in name for each in "<>\n{}"):
        return None
    attributes = {key: html.unescape(each.strip("\"'")) for key, each in _ATTRIBUTE.findall(rest)}
    return Head(html.unescape(name) if quote else name.strip(), attributes, is_whole)


def _json_body(page: Page, row: Row, name: str, start: int) -> Steps[bool]:
    """A body that is an object: the arguments as they are."""
    reader, tags = page.reader, row.plan
    formats = tags.json_formats or row.formats
    page.begin(row._replace(formats=formats), name, start)
    is_whole = yield from value(reader, page.grow)
    page.finish(is_whole)
    yield from closed(page, *tags.closes)
    return True


def _parameters(page: Page, row: Row, growing: Growing) -> Steps[bool]:
    reader, tags = page.reader, row.plan
    marks = marks_of(*tags.after_parameter)
    while True:
        _, mark = yield from until(reader, marks)
        if mark in tags.closes and mark:
            reader.take(len(mark))
            growing.end(True)
            return True
        if mark not in tags.parameters:
            growing.end(bool(mark))
            return True
        head = yield from read_head(page, mark, tags)
        if head is None:
            growing.end(False)
            return True
        text, is_whole = yield from _value(page, tags)
        text = _trimmed(text, tags)
        if not is_whole:
            growing.add_cut(head.name, text)
            growing.end(False)
            return True
        _add(growing, head, text)


def _add(growing: Growing, head: Head, text: str) -> None:
    said = head.attributes.get("string")
    if said is None:
        growing.add_text(head.name, text, head.attributes.get("type"))
    elif said == "true":
        growing.add(head.name, text)
    else:
        growing.add(head.name, literal_or_text(text))


def _value(page: Page, tags: Tags) -> Steps[tuple[str, bool]]:
    """The text of a value. What could end it does so only where what comes next could come next."""
    reader = page.reader
    marks = marks_of(*tags.parameter_closes, *tags.after_parameter)
    parts: list[str] = []
    while True:
        text, mark = yield from until(reader, marks)
        parts.append(text)
        if not mark:
            return "".join(parts), False
        if mark not in tags.closes and mark not in tags.parameter_closes:
            return "".join(parts), True
        following = tags.after_parameter if mark in tags.parameter_closes else tags.block.after_call
        if (yield from _may_follow(page, mark, following)):
            if mark in tags.parameter_closes:
                reader.take(len(mark))
            return "".join(parts), True
        parts.append(reader.take(len(mark)))


def _may_follow(page: Page, mark: str, following: tuple[str, ...]) -> Steps[bool]:
    """Whether, after the mark at the cursor and blanks, one of these stands, or the end. Nothing is read."""
    reader = page.reader
    while True:
        ahead = reader.text[reader.at + len(mark) : reader.at + len(mark) + 1024].lstrip()
        if any(ahead.startswith(each) for each in following):
            return True
        if reader.closed:
            return not ahead
        if ahead and not any(each.startswith(ahead) for each in following):
            return False
        if reader.left >= len(mark) + 1024:
            return True
        yield


def _trimmed(text: str, tags: Tags) -> str:
    inner = text.strip()
    if inner.startswith(_CDATA[0]) and inner.endswith(_CDATA[1]):
        return inner[len(_CDATA[0]) : -len(_CDATA[1])]
    return text.removeprefix("\n").removesuffix("\n") if tags.trims else text
