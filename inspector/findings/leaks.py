"""The calls that stand in a turn's texts, found out once for all rules, and which of them are meant. Judges nothing.

A text may show a call without meaning one: in code, as an example. A call of a tool that was offered is meant unless
it is in code; where nobody knows the tools, or its tool was not offered, only one that begins or ends the answer is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from inspector.events import JsonObject
from inspector.findings.ledger import TurnFacts
from inspector.findings.moments import TurnDone
from inspector.tool_formats.drafts import drafts
from inspector.tool_formats.found import Call
from inspector.tool_formats.glance import has_mark
from inspector.tool_formats.names import EXAMPLES
from inspector.tool_formats.quoted import Quoting
from inspector.tool_formats.reasoning import LONE_CLOSES
from inspector.tool_formats.registry import named
from inspector.tool_formats.scan import scan
from inspector.tracks import decode

Kind = Literal["marked", "invoke", "stripped", "json"]
SAID = ("content", "synthesis")  # what the user gets to read

_NOTHING = re.compile(
    r"(?>\s|<[/|｜][^<>\s]{1,60}>|<[\w▁:]{1,60}\|>|\[/?[A-Z_]{3,20}\]|<[\w:]{0,40}(?:calls?|response)>)*+"
)
_INVOKE = re.compile(rb"<(?:antml:)?invoke\s+name=")


class Leaks(NamedTuple):
    """Of one text: the calls that are meant, and those within the thoughts. `rest` is what is said beside them."""

    text: bytes = b""
    calls: tuple[Call, ...] = ()
    rehearsed: tuple[Call, ...] = ()
    rest: str = ""

    def written(self, call: Call) -> bytes:
        return self.text[call.start : call.end]

    def kind(self, call: Call) -> Kind:
        """By what tells that it is a call: a format's mark, an `<invoke>`, the keys of JSON; or nothing is left."""
        written = self.written(call)
        if "anthropic_invoke" in call.family and _INVOKE.search(written):
            return "invoke"
        if call.confidence == "certain" or (call.format != "harmony" and _has_mark(call, decode(written[:64]))):
            return "marked"
        return "json" if re.match(rb"```|\{|\[\s*[{\]]", written) else "stripped"


def leaks_in(moment: TurnDone, name: str) -> Leaks:
    """What `name`, a text of the turn, holds."""
    key = f"leaks in {name}"
    kept = moment.turn.kept
    if key not in kept:
        kept[key] = _look(moment.turn, name, moment.ledger.tools)
    found: Leaks = kept[key]
    return found


def said(moment: TurnDone, *kinds: Kind) -> Iterator[tuple[str, Call]]:
    """The calls of these kinds in what the user gets to read, each with the name of its text."""
    for name in SAID:
        leaks = leaks_in(moment, name)
        for call in leaks.calls:
            if leaks.kind(call) in kinds:
                yield name, call


def is_alone(leaks: Leaks) -> bool:
    """The text is nothing but calls."""
    return not leaks.rest.strip()


def _look(turn: TurnFacts, name: str, tools: dict[str, JsonObject] | None) -> Leaks:
    track, begin = turn.track(name), turn.begins.get(name)
    data = track.slice(begin, track.size) if begin is not None else b""
    text = decode(data)
    if not _may_hold(text, tools):
        return Leaks(data)
    found = scan(text, tools)
    quoting = Quoting(data)
    is_thought = name == "reasoning"
    shown = [call for call in found.calls if not is_thought and not quoting.is_quoted(call.start)]
    edges = _edges(data, found.calls)
    meant = (call for call in shown if _is_meant(call, tools, call.start in edges, turn.finish == "length"))
    thought = drafts(found, quoting, tools, is_thought=is_thought)
    return Leaks(data, tuple(meant), tuple(thought), found.content)


def _may_hold(text: str, tools: dict[str, JsonObject] | None) -> bool:
    return has_mark(text) or any(name in text for name in tools or ())


def _is_meant(call: Call, tools: dict[str, JsonObject] | None, is_at_edge: bool, is_cut: bool) -> bool:
    if call.confidence == "hint":
        return False
    if tools and call.name in tools:
        return call.confidence == "certain" or is_at_edge
    whole = call.is_complete and call.value is not None
    return is_at_edge and (whole or is_cut) and call.name not in EXAMPLES


def _edges(data: bytes, calls: Sequence[Call]) -> set[int]:
    """Where the calls begin that nothing is said before, or nothing after, but for calls and marks."""
    found: set[int] = set()
    at = 0
    for call in calls:
        if not _is_nothing(_after_thoughts(data[at : call.start]) if not at else data[at : call.start]):
            break
        found.add(call.start)
        at = call.end
    at = len(data)
    for call in reversed(calls):
        if not _is_nothing(data[call.end : at]):
            break
        found.add(call.start)
        at = call.start
    return found


def _after_thoughts(data: bytes) -> bytes:
    for mark in (*LONE_CLOSES, "<|end|>"):
        data = data.rpartition(mark.encode())[2]
    return data


def _is_nothing(data: bytes) -> bool:
    return _NOTHING.fullmatch(decode(data)) is not None


def _has_mark(call: Call, written: str) -> bool:
    known = [tool_format for name in call.family if (tool_format := named(name)) is not None]
    return any(written.startswith(mark) for each in known for mark in each.opens if mark not in ("[", "{", "```json"))
