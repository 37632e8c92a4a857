"""Arguments that are not written as JSON, made JSON member by member while they come."""

from __future__ import annotations

import json
from typing import Any

from inspector.tool_formats.page import Page
from inspector.tool_formats.row import Row
from inspector.tool_formats.schema import converted, property_of


class Growing:
    """One call whose arguments come as names and texts. It begins on the page at once."""

    def __init__(self, page: Page, row: Row, name: str, start: int) -> None:
        self._page = page
        self._schema = page.tools.get(name) if page.tools is not None else None
        self._count = 0
        page.begin(row, name, start)

    def add(self, key: str, value: Any) -> None:
        """A member whose value is known."""
        self._begin(key)
        self._page.grow(_json(value))

    def add_text(self, key: str, text: str, type_said: str | None = None) -> None:
        """A member of which only the text is known, and at most the type that the format itself names."""
        schema, root = ({"type": type_said}, None) if type_said else property_of(self._schema, key)
        value, is_typed = converted(text, schema, root)
        if not is_typed:
            self._page.untyped()
        self.add(key, value)

    def add_cut(self, key: str, text: str) -> None:
        """A member whose value does not end."""
        self._begin(key)
        self._page.grow(_json(text)[:-1])

    def position(self, number: int) -> str:
        """The name of an argument that is given by its place, as the schema has it; its number where it has none."""
        properties = self._schema.get("properties") if isinstance(self._schema, dict) else None
        names = list(properties) if isinstance(properties, dict) else []
        return names[number] if number < len(names) else str(number)

    def end(self, is_complete: bool, *, family: tuple[str, ...] = ()) -> None:
        if is_complete:
            self._page.grow("}" if self._count else "{}")
        self._page.finish(is_complete, family=family)

    def _begin(self, key: str) -> None:
        self._page.grow(f"{', ' if self._count else '{'}{_json(key)}: ")
        self._count += 1


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
