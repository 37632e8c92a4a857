"""All tool formats, in the order of the catalogue."""

from __future__ import annotations

from inspector.tool_formats.json_formats import JSON_FORMATS
from inspector.tool_formats.named_formats import NAMED_FORMATS
from inspector.tool_formats.tool_format import ToolFormat
from inspector.tool_formats.xml_formats import XML_FORMATS

FORMATS: tuple[ToolFormat, ...] = (*JSON_FORMATS, *NAMED_FORMATS, *XML_FORMATS)


def named(name: str) -> ToolFormat | None:
    return next((each for each in FORMATS if each.name == name), None)
