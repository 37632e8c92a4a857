"""Calls in text that are sure enough to be shown as what the model meant, or even to offer running them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Literal

from inspector.tool_formats.drafts import drafts
from inspector.tool_formats.found import Call
from inspector.tool_formats.glance import has_mark
from inspector.tool_formats.meant import meant
from inspector.tool_formats.offered import Schemas
from inspector.tool_formats.quoted import Quoting
from inspector.tool_formats.scan import Scan, scan
from inspector.tool_formats.tool_format import Recovered
from inspector.tool_formats.unnamed import CUT

Ending = Literal["open", "whole", "cut"]  # of a text that may still go on, that came to its end, that stops too early


def recover(text: str, tools: Schemas | None) -> list[Recovered]:
    """The calls that a model wrote as `text`; `tools` are those it was offered, `None` where nobody knows.

    None at all where one is cut, cannot be read, or was not offered; without marks of a format also where there is
    other text beside them: an answer may show a call without meaning one.
    """
    found = scan(text, tools)
    if not all(_is_sure(call, tools) for call in found.calls) or not _is_all(found):
        return []
    return [Recovered(call.name, as_json(call), call.start, call.end, call.format) for call in found.calls]


def calls_in(text: str, tools: Schemas | None, *, is_thought: bool, ending: Ending = "open") -> list[Call]:
    """The calls to show of a text so far, each for itself, in order; those in the thoughts say so.

    `is_thought`: all of the text are thoughts. What is not whole is shown once no more can come.
    """
    if is_thought and not has_mark(text):
        return []
    found = scan(text, tools)
    quoting = Quoting(text.encode("utf-8", "surrogatepass"))
    thought = [replace(call, in_reasoning=True) for call in drafts(found, quoting, tools, is_thought=is_thought)]
    calls, alike = ((), ()) if is_thought else meant(found, text, tools, is_cut=ending == "cut")
    said = [call for call in calls if tools is None or _may_be_of(call.name, tools)]
    every = [call for call in (*thought, *said) if call.is_complete or ending != "open"]
    return sorted([*every, *alike], key=lambda call: call.start)


def as_json(call: Call) -> str:
    """The arguments as they were written, where that is JSON or nothing is; a Python literal was meant as some."""
    try:
        json.loads(call.arguments)
    except ValueError:
        return call.arguments if call.value is None else json.dumps(call.value, ensure_ascii=False)
    return call.arguments


def _may_be_of(name: str, tools: Schemas) -> bool:
    """Whether a tool of that name was offered, or one whose name begins so, where it is cut."""
    return name in tools or (name.endswith(CUT) and any(each.startswith(name.removesuffix(CUT)) for each in tools))


def _is_sure(call: Call, tools: Schemas | None) -> bool:
    return call.is_complete and call.value is not None and (tools is None or call.name in tools)


def _is_all(found: Scan) -> bool:
    if all(call.confidence == "certain" for call in found.calls):
        return True
    return not found.is_cut and not found.content.strip()
