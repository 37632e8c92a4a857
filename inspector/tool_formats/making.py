"""A call in the making: name and arguments come in any order, and it begins once it is sure to be one."""

from __future__ import annotations

import json

from inspector.tool_formats.page import Page
from inspector.tool_formats.row import Row

_AS_STRING = ("granite4", "hermes")  # who writes the arguments as a string, where hermes is possible


class Making:
    """With a row that is not sure, a name alone is no call: its arguments must have begun."""

    def __init__(self, page: Page, row: Row, start: int) -> None:
        self.row = row
        self.name = ""
        self.began = False
        self.has_arguments = False
        self._is_odd = False  # a name or arguments more than once
        self._page = page
        self._start = start
        self._waiting: list[str] = []
        self._as_string = False

    def named(self, name: str, formats: tuple[str, ...] = ()) -> bool:
        """False where no call has that name."""
        if self.name:
            self._is_odd = True
            return True
        if formats:
            self.row = self.row._replace(formats=(*formats, *self.row.formats))
        if not self._page.may_be(self.row, name):
            return False
        self.name = name
        if self.row.is_sure or self.has_arguments:
            self._begin()
        return True

    def has_arguments_again(self) -> None:
        self._is_odd = self._is_odd or self.has_arguments
        self.has_arguments = True
        if self.name and not self.began:
            self._begin()

    def add(self, arguments: str) -> None:
        if self._is_odd:
            return
        if self.began:
            self._page.grow(arguments)
        else:
            self._waiting.append(arguments)

    def add_string(self, written: str) -> None:
        """Arguments that came as a string: its content where that is an object, else the string itself."""
        try:
            inner = json.loads(written, strict=False)
        except (ValueError, RecursionError):
            inner = None
        self._as_string = isinstance(inner, str) and inner.lstrip()[:1] == "{"
        self.add(inner if self._as_string and isinstance(inner, str) else written)

    def end(self, is_whole: bool) -> None:
        if not self.began:
            return
        if not self.has_arguments:
            self._page.grow("{}" if is_whole else "")
        stringly = self._as_string and "hermes" in self.row.formats and self.row.is_sure
        self._page.finish(is_whole and not self._is_odd, family=_AS_STRING if stringly else ())

    def _begin(self) -> None:
        self.began = True
        self._page.begin(self.row, self.name, self._start)
        self._page.grow("".join(self._waiting))
        self._waiting.clear()
