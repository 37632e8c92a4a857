"""The tools that a request offers: their schemas by name, as far as the request is well formed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inspector.events import JsonObject

Schemas = Mapping[str, JsonObject]  # of the arguments, by the name of the tool


def offered(tools: Any) -> dict[str, JsonObject] | None:
    """From the `tools` of a request body; `None` where that is no list, so that nobody knows."""
    return dict(_schemas(tools)) if isinstance(tools, list) else None


def _schemas(tools: list[Any]) -> Iterator[tuple[str, JsonObject]]:
    for tool in tools:
        function = tool.get("function") if isinstance(tool, dict) else None
        name = function.get("name") if isinstance(function, dict) else None
        if isinstance(function, dict) and isinstance(name, str):
            schema = function.get("parameters")
            yield name, schema if isinstance(schema, dict) else {}
