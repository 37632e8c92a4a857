"""Whether a text has a sure mark of any format: told at a glance, where a scan costs what decoding its chunks does."""

from __future__ import annotations

import re

from inspector.tool_formats.reasoning import LONE_CLOSES
from inspector.tool_formats.rows import ROWS

_MARKS = {mark.strip() for row in ROWS if row.is_sure for mark in row.marks}
_WORDS = sorted(mark for mark in _MARKS if mark[0].isalpha())  # faster one by one
_SIGNS = re.compile("|".join(map(re.escape, sorted(_MARKS.difference(_WORDS), key=len, reverse=True))))


_UNSURE = tuple({mark.lstrip() for row in ROWS if not row.is_sure for mark in row.marks})


def may_be_all(text: str) -> bool:
    """Whether a text that is nothing but calls could begin so, after its reasoning, or end with one in a block."""
    for close in LONE_CLOSES:
        text = text.rpartition(close)[2]
    return text.lstrip().startswith(_UNSURE) or text.rstrip().endswith("```") or _may_end(text)


def _may_end(text: str) -> bool:
    """Whether it could end with JSON in lines of its own."""
    return text.rstrip().endswith("}") and '"name"' in text and "\n{" in text


def has_mark(text: str) -> bool:
    """Without one there is no call that is `certain`, and none at all but of a tool whose name is in the text."""
    return _SIGNS.search(text) is not None or any(word in text for word in _WORDS)
