"""What a docstring says of a function and, under Google's `Args:`, of each parameter; knows no types."""

from __future__ import annotations

import re
from typing import NamedTuple

_HEADS = frozenset({"Args:", "Arguments:", "Parameters:"})
_ENTRY = re.compile(r"\*{0,2}(\w+)(?: *\([^)]*\))?: *(.*)")


class Docstring(NamedTuple):
    description: str
    parameters: dict[str, str]


def parse(text: str) -> Docstring:
    """`text` without indentation, as from `inspect.getdoc`; what stands in no `Args:` is the description."""
    lines = text.splitlines()
    start = next((at for at, line in enumerate(lines) if line.strip() in _HEADS), len(lines))
    end = next((at for at in range(start + 1, len(lines)) if lines[at] and not lines[at][0].isspace()), len(lines))
    description = "\n".join(lines[:start]).strip() + "\n\n" + "\n".join(lines[end:]).strip()
    return Docstring(description.strip(), _parameters(lines[start + 1 : end]))


def _parameters(lines: list[str]) -> dict[str, str]:
    """Entries stand at the first line's indentation; deeper lines go on with the one before."""
    found = dict[str, str]()
    filled = [line for line in lines if line.strip()]
    indent = _indent(filled[0]) if filled else 0
    name = ""
    for line in filled:
        entry = _ENTRY.fullmatch(line.strip()) if _indent(line) <= indent else None
        if entry:
            name, found[entry[1]] = entry[1], entry[2]
        elif name:
            found[name] = f"{found[name]} {line.strip()}".strip()
    return found


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
