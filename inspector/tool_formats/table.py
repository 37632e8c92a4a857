"""Everything that a scanner looks for at once: the marks of the formats, of reasoning, and the names of the tools."""

from __future__ import annotations

from functools import lru_cache

from inspector.tool_formats import reasoning
from inspector.tool_formats.marks import Marks
from inspector.tool_formats.row import Row
from inspector.tool_formats.rows import ROWS
from inspector.tool_formats.stripped import PREFIXES, STRIPPED, tool_name

_NAMES_MOST = 512  # tools whose bare names are looked for
_NAME_LEAST, _NAME_MOST = 3, 64

# Marks that are no format's.
OWN = frozenset(
    {
        *reasoning.BY_OPEN,
        *reasoning.LONE_CLOSES,
        *reasoning.GLUED_CLOSES,
        *reasoning.ANSWER_WRAPPERS,
        *reasoning.NOISE,
        *reasoning.AT_START,
        "<0x0A>",
    }
)


class Table:
    """The rows by mark, and the marks that count within reasoning and without."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows: dict[str, list[Row]] = {}
        for row in rows:
            for mark in row.marks:
                self.rows.setdefault(mark, []).append(row)
        self._marks: dict[tuple[str, ...], Marks] = {(): Marks([*self.rows, *OWN])}

    def marks(self, closers: tuple[str, ...]) -> Marks:
        """What to look for; `closers` end the reasoning that is open."""
        if closers not in self._marks:
            self._marks[closers] = Marks([*closers, *reasoning.ENDS_THINKING, *self.rows])
        return self._marks[closers]


@lru_cache(maxsize=64)
def table(names: tuple[str, ...], only: str | None) -> Table:
    """What to look for with these tools on offer, for all formats or one."""
    rows = (*ROWS, *(_named(name) for name in _looked_for(names)))
    return Table([row for row in rows if only is None or only in row.may_be])


def _looked_for(names: tuple[str, ...]) -> list[str]:
    return [name for name in names if _NAME_LEAST <= len(name) <= _NAME_MOST and name.isprintable()][:_NAMES_MOST]


def _named(name: str) -> Row:
    """A tool's name stands alone, or has a prefix, where special tokens are stripped."""
    return Row(tuple(prefix + name for prefix in PREFIXES), (), STRIPPED, tool_name, is_sure=False)
