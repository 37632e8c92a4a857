"""All tool formats, and the calls that the first fitting one finds."""

from __future__ import annotations

from collections.abc import Collection

from inspector.tool_formats.generic_json import GENERIC_JSON
from inspector.tool_formats.tool_format import Recovered, ToolFormat

FORMATS: tuple[ToolFormat, ...] = (GENERIC_JSON,)


def recover(text: str, tool_names: Collection[str] | None) -> list[Recovered]:
    """The calls that a model wrote as `text`; `tool_names` are those it was offered, `None` where nobody knows."""
    for each in FORMATS:
        if found := each.find(text, tool_names):
            return found
    return []
