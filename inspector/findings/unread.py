"""Calls from a format's mark to the one that closes it, of which nothing can be read between. Judges nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from inspector.json_place import Span
from inspector.tool_formats.found import Call
from inspector.tool_formats.quoted import Quoting
from inspector.tool_formats.registry import FORMATS, named
from inspector.tool_formats.scan import Scan
from inspector.tool_formats.tool_format import ToolFormat
from inspector.tracks import decode

_OF_A_CALL = re.compile(r"[<\[].*(?:call|tool|function|action)", re.IGNORECASE)
_PAIRS = {row.opens[0]: row.closes[-1] for row in FORMATS if row.closes and _OF_A_CALL.match(row.opens[0])}
_BLOCK = re.compile(
    "|".join(f"{re.escape(mark)}(?:.*?){re.escape(close)}" for mark, close in _PAIRS.items()), re.DOTALL
)
_SAYS = re.compile(r"\w\W+\w")  # dots and the like are what stands for a call in a sentence about them


def unread_in(text: str, found: Scan, names: Iterable[str]) -> tuple[Span, ...]:
    """The blocks that are all that is said beside calls, or that have one of these names; in bytes."""
    quoting = Quoting(text.encode("utf-8", "surrogatepass"))
    is_all = not _BLOCK.sub("", found.content).strip()
    every = (*found.calls, *found.rehearsed)
    return tuple(
        (start, end)
        for block in _BLOCK.finditer(text)
        if (is_all and _SAYS.search(block.group())) or any(name in block.group() for name in names)
        for start, end in [(_bytes(text, block.start()), _bytes(text, block.end()))]
        if block.group() in found.content and not quoting.is_quoted(start)
        if not any(call.start < end and start < call.end for call in every)
    )


def is_closed(call: Call, written: bytes) -> bool:
    """Whether what was written ends with a mark that closes a call of its format."""
    row = named(call.format)
    return row is not None and decode(written).rstrip().endswith(tuple(each for each in row.closes if each[0] in "<["))


def format_of(written: str) -> ToolFormat | None:
    """The first whose mark it begins with."""
    return next((row for row in FORMATS if _PAIRS.get(row.opens[0]) and written.startswith(row.opens[0])), None)


def _bytes(text: str, at: int) -> int:
    return len(text[:at].encode("utf-8", "surrogatepass"))
