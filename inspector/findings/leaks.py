"""The calls that stand in a turn's texts, found out once for all rules, and of which kind each is. Judges nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, NamedTuple

from inspector.events import JsonObject
from inspector.findings.ledger import TurnFacts
from inspector.findings.moments import TurnDone
from inspector.findings.unread import is_closed, unread_in
from inspector.json_place import Span
from inspector.tool_formats.drafts import drafts
from inspector.tool_formats.found import Call
from inspector.tool_formats.glance import has_mark, may_be_all
from inspector.tool_formats.meant import is_json, meant
from inspector.tool_formats.quoted import Quoting
from inspector.tool_formats.registry import named
from inspector.tool_formats.scan import scan
from inspector.tracks import decode

Kind = Literal["marked", "invoke", "stripped", "json"]
SAID = ("content", "synthesis")  # what the user gets to read

_INVOKE = re.compile(rb"<(?:antml:)?invoke\s+name=")


class Leaks(NamedTuple):
    """Of one text: the calls that are meant, what reads like one, and those within the thoughts.

    `unread` are blocks that cannot be read, and `rest` is what is said beside all of them.
    """

    text: bytes = b""
    calls: tuple[Call, ...] = ()
    alike: tuple[Call, ...] = ()
    rehearsed: tuple[Call, ...] = ()
    rest: str = ""
    unread: tuple[Span, ...] = ()

    def written(self, call: Call) -> bytes:
        return self.text[call.start : call.end]

    def kind(self, call: Call) -> Kind:
        """By what tells that it is a call: a format's mark, an `<invoke>`, the keys of JSON; or nothing is left."""
        written = self.written(call)
        if "anthropic_invoke" in call.family and _INVOKE.search(written):
            return "invoke"
        if call.confidence == "certain" or (call.format != "harmony" and _has_mark(call, decode(written[:64]))):
            return "marked"
        return "json" if is_json(self.text, call.start) else "stripped"


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
    is_thought = name == "reasoning"
    thought = drafts(found, Quoting(data), tools, is_thought=is_thought)
    if is_thought:
        return Leaks(data, (), (), tuple(thought), found.content)
    calls, alike = meant(found, text, tools, is_cut=turn.finish in (None, "length"))
    calls = tuple(_as_ended(call, data[call.start : call.end]) for call in calls)
    return Leaks(data, calls, alike, tuple(thought), found.content, unread_in(text, found, tools or ()))


def _as_ended(call: Call, written: bytes) -> Call:
    """One that its mark closes is not cut: it cannot be read."""
    is_whole = call.is_complete or not is_closed(call, written)
    return call if is_whole else replace(call, is_complete=True, value=None)


def _may_hold(text: str, tools: dict[str, JsonObject] | None) -> bool:
    return has_mark(text) or any(name in text for name in tools or ()) or (tools is None and may_be_all(text))


def _has_mark(call: Call, written: str) -> bool:
    known = [tool_format for name in call.family if (tool_format := named(name)) is not None]
    return any(written.startswith(mark) for each in known for mark in each.opens if mark not in ("[", "{", "```json"))
