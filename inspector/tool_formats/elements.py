"""Parameters as elements that bear their names, nested where their values are (MiniMax M3)."""

from __future__ import annotations

from typing import Any, NamedTuple

from inspector.tool_formats.blocks import Block, calls_in_block
from inspector.tool_formats.growing import Growing
from inspector.tool_formats.marks import marks_of
from inspector.tool_formats.page import Page
from inspector.tool_formats.parameters import Tags, read_head
from inspector.tool_formats.reader import Steps, until
from inspector.tool_formats.row import Row
from inspector.tool_formats.schema import converted, part_of, types_of

_TAG_MOST, _DEPTH_MOST = 128, 64
_ITEM = "item"
_HEADS = Tags((), (), (), (), (), ())


class Elements(NamedTuple):
    """`space` stands before every tag."""

    space: str

    def tag(self, text: str) -> str:
        return f"{self.space}<{text}"


class _Element:
    def __init__(self, name: str) -> None:
        self.name = name
        self.parts: list[str] = []
        self.children: list[_Element] = []


def elements(page: Page, row: Row) -> Steps[bool]:
    """From the wrapper on: one call or several."""
    plan = row.plan
    block = Block(row.marks, (plan.tag("invoke name="),), (plan.tag("/tool_call>"),))
    return (yield from calls_in_block(page, row, block, _call))


def _call(page: Page, row: Row, head: str, start: int) -> Steps[bool]:
    said = yield from read_head(page, head, _HEADS)
    if said is None or not page.may_call(row, said.name):
        return False
    growing = Growing(page, row, said.name, start)
    growing.end((yield from _parameters(page, growing, said.name, row.plan)))
    return True


def _parameters(page: Page, growing: Growing, name: str, plan: Elements) -> Steps[bool]:
    """Elements up to the end of the call; false where it does not come."""
    reader = page.reader
    schema = page.tools.get(name) if page.tools is not None else None
    open_ones: list[_Element] = []
    while True:
        text, mark = yield from until(reader, marks_of(plan.tag("")))
        if open_ones:
            open_ones[-1].parts.append(text)
        if not mark or not (tag := (yield from _tag(page, mark))):
            return False
        if tag == "/invoke":
            return not open_ones
        if not tag.startswith("/"):
            if len(open_ones) >= _DEPTH_MOST:
                return False
            open_ones.append(_Element(tag))
        elif not open_ones or tag[1:] != open_ones[-1].name:
            return False
        else:
            element = open_ones.pop()
            if open_ones:
                open_ones[-1].children.append(element)
            else:
                _add(growing, element, schema)


def _tag(page: Page, mark: str) -> Steps[str]:
    """The inside of a tag, read with its brackets; empty where it does not end."""
    page.reader.take(len(mark))
    text, end = yield from until(page.reader, marks_of(">"), _TAG_MOST)
    page.reader.take(len(end))
    return text.strip() if end else ""


def _add(growing: Growing, element: _Element, schema: Any) -> None:
    if element.children:
        growing.add(element.name, _value(element, part_of(schema, schema, "properties", element.name), schema))
    else:
        growing.add_text(element.name, "".join(element.parts))


def _value(element: _Element, schema: Any, root: Any) -> Any:
    if not element.children:
        text = "".join(element.parts)
        if types_of(schema, root, 0) == {"array"} and not text.strip():
            return []
        return converted(text, schema, root)[0]
    if all(child.name == _ITEM for child in element.children):
        inner = part_of(schema, root, "items")
        return [_value(child, inner, root) for child in element.children]
    parts = {child.name: part_of(schema, root, "properties", child.name) for child in element.children}
    return {child.name: _value(child, parts[child.name], root) for child in element.children}
