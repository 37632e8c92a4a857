"""What a tool format is: what it is called, who writes it, and its marks. Knows no grammar (`rows.py` does)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

GrammarName = Literal[
    "tagged JSON",
    "name and JSON",
    "Python calls",
    "bare keys",
    "keys and values",
    "tagged parameters",
    "nested elements",
]


class Recovered(NamedTuple):
    """A call found in text: `arguments` is the text of a JSON object, `start` and `end` are bytes of the UTF-8."""

    name: str
    arguments: str
    start: int
    end: int
    tool_format: str


@dataclass(frozen=True, slots=True)
class ToolFormat:
    """`opens` and `closes` are its marks as CATALOG.md has them.

    `is_untyped`: values are text, whose types only the tool's schema tells. `is_bare`: nothing but the names of the
    tools tells a call from other text, so that without them there are only hints.
    """

    name: str
    title: str
    models: str
    opens: tuple[str, ...]
    closes: tuple[str, ...]
    grammar: GrammarName
    is_untyped: bool = False
    is_bare: bool = False
