"""A text holds U+FFFD, the mark of bytes that were no UTF-8, or the bytes themselves are none.

A character was cut in two and each half decoded alone: by a server that streams byte by byte of a character, or by
something between. What the character was is lost.

Decode with an incremental decoder. Where U+FFFD stands in sound JSON already, the server or a proxy did it: report it.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.events import Chunk, StageMark, ToolResult, Undecoded
from inspector.findings.moments import CallDone, EventCame, TurnDone
from inspector.findings.rule import Rule, Sign

_MARK = "\ufffd"
_TEXTS = ("content", "reasoning", "refusal", "synthesis")


def check_bytes(moment: EventCame) -> Iterator[Sign]:
    repaired = getattr(moment.event, "repaired", None)
    if repaired and repaired.startswith("bad UTF-8"):
        yield Sign("the data has bytes that are not UTF-8", about="bytes")


def check_texts(moment: TurnDone) -> Iterator[Sign]:
    for name in _TEXTS:
        if name in moment.turn.begins and (at := moment.turn.text(name).find(_MARK)) >= 0:
            track = moment.turn.track(name)
            byte = moment.turn.begins[name] + len(moment.turn.text(name)[:at].encode("utf-8", "surrogatepass"))
            yield Sign(f"the {name} holds U+FFFD at character {at}", frame=track.frame_of(byte), about=name)


def check_arguments(moment: CallDone) -> Iterator[Sign]:
    arguments = moment.call.call.arguments
    byte = arguments.slice(0, arguments.size).find(_MARK.encode())
    if byte >= 0:
        yield moment.sign(f"the arguments of {moment.call.title} hold U+FFFD at byte {byte}", byte)


CHECKS = dict.fromkeys((Chunk, StageMark, ToolResult, Undecoded), check_bytes)
RULE = Rule("TS105", "utf8-split", "warn", __doc__, {**CHECKS, TurnDone: check_texts, CallDone: check_arguments})
