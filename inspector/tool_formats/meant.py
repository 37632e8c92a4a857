"""Which of the calls in a text are meant, and not only shown there, as an example is.

A call of a tool that was offered is meant unless it is in code; where nobody knows the tools, or its tool was not
offered, only one that begins or ends the answer is. Without a mark of a format it is one only where its tool was
offered, lines of Python, which answers have for their own sake, also only where they are all of it, and JSON and
blocks of code where the answer ends with them. Where nobody knows the tools it reads like one, if the answer is
nothing but calls, or ends with a block of code, or with JSON in a line of its own, that is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile
from typing import NamedTuple

from inspector.tool_formats.found import Call
from inspector.tool_formats.names import EXAMPLES
from inspector.tool_formats.offered import Schemas
from inspector.tool_formats.quoted import Quoting
from inspector.tool_formats.reasoning import LONE_CLOSES
from inspector.tool_formats.scan import Scan
from inspector.tool_formats.unnamed import unnamed

_NOTHING = re.compile(
    r"(?>[\s,]|<[/|｜][^<>\s]{1,60}>|<[\w▁:]{1,60}\|>|\[/?[A-Z_]{3,20}\]|<[\w:]{0,40}(?:calls?|response)>)*+"
)
_JSON = re.compile(rb"```|\{|\[\s*[{\]]")
_PYTHON = re.compile(rb"[^\s\[\]{}()<>]+\(")  # a line; a list of calls is nothing else
_KEYS = ({"name", "arguments"}, {"name", "parameters"})


class Meant(NamedTuple):
    """`alike`: what reads like calls, where nobody knows the tools."""

    calls: tuple[Call, ...]
    alike: tuple[Call, ...]


def meant(found: Scan, text: str, tools: Schemas | None, *, is_cut: bool) -> Meant:
    """Of what a scan found in `text`. `is_cut`: the text stops too early, or may still go on.

    A call that is not whole is one only then, or where the text ends with it in a line of its own.
    """
    data = text.encode("utf-8", "surrogatepass")
    quoting = Quoting(data)
    every = [*found.calls, *_cut_off(found, text)] if is_cut else found.calls
    shown = [call for call, first in _led(data, every) if not quoting.is_quoted(first.start)]
    if found.content.strip():
        last = _last(data, every)
        shown = [call for call in shown if not _is_shown_code(call, data, call in last)]
    edges = _edges(data, every) if found.content.strip() else {call.start for call in every}
    calls = tuple(
        call
        for call in shown
        if _is_meant(call, tools, call.start in edges, is_cut or quoting.is_open(call.start, call.end))
    )
    return Meant(calls, () if tools is not None else _alike(found, data, shown))


def _led(data: bytes, calls: Sequence[Call]) -> Iterator[tuple[Call, Call]]:
    """Each call with the first of its row: a fence begins with that one, and the others stand in it."""
    first = before = None
    for call in calls:
        if first is None or before is None or data[before.end : call.start].strip(b" \t\r\n,"):
            first = call
        yield call, first
        before = call


def is_json(text: bytes, at: int) -> bool:
    """Whether a call without a mark that begins there is told by the keys of its JSON."""
    return _JSON.match(text, at) is not None


def _is_shown_code(call: Call, data: bytes, is_last: bool) -> bool:
    """Whether it stands beside other text as an example would."""
    if call.confidence != "likely":
        return False
    return not is_last if is_json(data, call.start) else _PYTHON.match(data, call.start) is not None


def _cut_off(found: Scan, text: str) -> list[Call]:
    last = unnamed(text)
    return [last] if last and all(call.end <= last.start for call in found.calls) else []


def _is_meant(call: Call, tools: Schemas | None, is_at_edge: bool, is_cut: bool) -> bool:
    if call.confidence == "hint":
        return False
    if tools and call.name in tools:
        return call.confidence == "certain" or is_at_edge
    whole = call.is_complete and call.value is not None
    return is_at_edge and (whole or is_cut) and call.name not in EXAMPLES


def _alike(found: Scan, data: bytes, shown: Sequence[Call]) -> tuple[Call, ...]:
    hints = tuple(call for call in shown if call.confidence == "hint")
    if not hints or found.is_cut or not all(_is_whole(call) for call in hints):
        return ()
    if not found.content.strip():
        return hints
    return tuple(dropwhile(lambda call: not _begins_block(data, call), _last(data, hints)))


def _begins_block(data: bytes, call: Call) -> bool:
    """Whether a fence begins with it, or it is in lines of its own, and has nothing but what a call has."""
    if data.startswith(b"```", call.start):
        return True
    return not data[: call.start].rpartition(b"\n")[2].strip() and _has_only_keys(data[call.start : call.end])


def _has_only_keys(written: bytes) -> bool:
    try:
        value = json.loads(written)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and value.keys() in _KEYS


def _is_whole(call: Call) -> bool:
    return call.is_complete and call.value is not None and call.name not in EXAMPLES


def _edges(data: bytes, calls: Sequence[Call]) -> set[int]:
    """Where the calls begin that nothing is said before, or nothing after, but for calls and marks."""
    found: set[int] = set()
    at = 0
    for call in calls:
        if not _is_nothing(_after_thoughts(data[at : call.start]) if not at else data[at : call.start]):
            break
        found.add(call.start)
        at = call.end
    return found.union(call.start for call in _last(data, calls))


def _last(data: bytes, calls: Sequence[Call]) -> list[Call]:
    """The calls that the text ends with."""
    found: list[Call] = []
    at = len(data)
    for call in reversed(calls):
        if not _is_nothing(data[call.end : at]):
            break
        found.insert(0, call)
        at = call.start
    return found


def _after_thoughts(data: bytes) -> bytes:
    for mark in (*LONE_CLOSES, "<|end|>"):
        data = data.rpartition(mark.encode())[2]
    return data


def _is_nothing(data: bytes) -> bool:
    return _NOTHING.fullmatch(data.decode("utf-8", "replace")) is not None
