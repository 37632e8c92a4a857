"""What a chat run is asked to do: its options, and how parameters and messages are read from what the user wrote."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from inspector.errors import InspectorError
from inspector.events import JsonObject
from inspector.toolchain.specs import ToolSpec

MAX_DEPTH = 8
_MODES = ("auto", "none", "required")
_ROLES = "system, developer, user, assistant, tool or function"


@dataclass(frozen=True, slots=True)
class ChatOptions:
    """`None` leaves a field out of the request; the `synthesis_…` ones take the place of theirs after the tools ran.

    `tool_choice` is `auto`, `none`, `required` or a tool's name. `params` are further fields of the body, which win
    over all others. `max_depth` is how often the model may call before the user is asked.
    """

    base_url: str
    model: str | None = None
    messages: tuple[JsonObject, ...] = ()
    tools: tuple[ToolSpec, ...] = ()
    tool_choice: str | None = None
    parallel_tool_calls: bool | None = None
    max_tokens: int | None = None
    temperature: float | None = None
    synthesis_max_tokens: int | None = None
    synthesis_temperature: float | None = None
    include_usage: bool = True
    params: JsonObject = field(default_factory=dict)
    max_depth: int = MAX_DEPTH
    synthesis: bool = True

    def __post_init__(self) -> None:
        """`InspectorError` where a number is one that JSON does not have."""
        for each in (self.temperature, self.synthesis_temperature):
            if each is not None and not math.isfinite(each):
                raise InspectorError(f"A temperature of {each:g} cannot be sent: give a number, such as 0.7.")


def check_tool_choice(options: ChatOptions, tools: Iterable[ToolSpec]) -> None:
    """`InspectorError` where the tool that the model is to call is none of those it is offered."""
    names = [spec.name for spec in tools]
    named = options.tool_choice not in (None, *_MODES)
    if names and named and options.tool_choice not in names and "tools" not in options.params:
        raise InspectorError(
            f"The tool choice {options.tool_choice!r} is none of the tools: write {', '.join(_MODES)}, "
            f"or one of {', '.join(names)}."
        )


def parameters(pairs: Iterable[str]) -> JsonObject:
    """`k=v` as fields of the body: a value is JSON where it reads as such, else text; a dotted name nests."""
    found: JsonObject = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        path = name.split(".")
        if not equals or not all(path):
            raise InspectorError(f"The parameter {pair!r} is not NAME=VALUE, for example top_p=0.9.")
        inner: Any = found
        for key in path[:-1]:
            inner = inner.setdefault(key, {}) if isinstance(inner, dict) else None
        if not isinstance(inner, dict) or path[-1] in inner:
            raise InspectorError(f"The parameter {name!r} is given twice: name each once.")
        inner[path[-1]] = _value(value)
    return found


def opening_messages(prompt: str | None, system: str | None, messages: bytes | None) -> tuple[JsonObject, ...]:
    """The messages to begin with: the system's first, those of a file, the prompt last.

    A file holds a JSON list of messages, or an object with `messages`, as `export --to messages` writes it.
    """
    given = _messages(messages) if messages is not None else []
    first = [{"role": "system", "content": system}] if system is not None else []
    last = [{"role": "user", "content": prompt}] if prompt is not None else []
    return (*first, *given, *last)


def _value(text: str) -> Any:
    try:
        value = json.loads(text)
        json.dumps(value, allow_nan=False)
    except (ValueError, RecursionError):
        return text
    return value


def _messages(text: bytes) -> list[JsonObject]:
    try:
        value = json.loads(text)
        json.dumps(value, allow_nan=False)
    except (ValueError, RecursionError) as error:
        raise InspectorError(f"The messages are not JSON ({error}): give a list of messages.") from None
    found = value.get("messages") if isinstance(value, dict) else value
    if not isinstance(found, list) or not found:
        raise InspectorError("The messages are no list with something in it: give a list of objects with a role.")
    for number, each in enumerate(found):
        if not isinstance(each, dict) or not isinstance(each.get("role"), str):
            raise InspectorError(f"Message {number} has no role: give each one of {_ROLES}.")
    return found
