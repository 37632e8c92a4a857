"""A row of the table of marks: what opens a call, what must follow, and the grammar that reads on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from inspector.tool_formats.reader import Steps

if TYPE_CHECKING:
    from inspector.tool_formats.page import Page

Grammar = Callable[["Page", "Row"], Steps[bool]]


class Row(NamedTuple):
    """`marks` stand in the text; after one, blanks allowed, `follow` decides (none: anything may).

    The grammar begins at the mark, and says whether there was a call; where there was none, what it read is text.
    `formats` are those that write the same, the likeliest first. A row that `is_sure` needs no tools to be believed.
    `plan` is what the grammar needs to know of the format. `also` are formats that the grammar tells by what it reads.
    """

    marks: tuple[str, ...]
    follow: tuple[str, ...]
    formats: tuple[str, ...]
    grammar: Grammar
    plan: Any = None
    is_sure: bool = True
    ends_thinking: bool = False
    also: tuple[str, ...] = ()

    @property
    def may_be(self) -> tuple[str, ...]:
        """All formats whose calls may come of it."""
        return (*self.formats, *self.also)
