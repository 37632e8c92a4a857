"""Several chunks stand in one event: their data lines are not kept apart by empty lines.

By the standard they are one event, whose data is no JSON: official SDKs raise there, and other clients drop it all.

End each event with an empty line. Read leniently, each data line is a chunk.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.events import Chunk, StageMark, StreamEnd
from inspector.findings.moments import EventCame
from inspector.findings.rule import Rule, Sign

_CODE = "TS119"


def check(moment: EventCame) -> Iterator[Sign]:
    """Once for each frame: it is read anew to say how much is in it. A stream that was cut may stand before a chunk."""
    repaired, kept = getattr(moment.event, "repaired", None), moment.ledger.kept
    if repaired and repaired.startswith("one of several chunks") and kept.get(_CODE) != moment.n:
        kept[_CODE] = moment.n
        events = moment.ledger.transcript.events(moment.n)
        count = sum(isinstance(event, Chunk | StageMark) for event in events)
        if count > 1:
            yield Sign(f"one event has {count} data lines that are a chunk each")
        elif any(isinstance(event, StreamEnd) for event in events):
            yield Sign("one event has a chunk and [DONE], each in a data line")


RULE = Rule(_CODE, "chunks-in-one-frame", "error", __doc__, {Chunk: check, StageMark: check})
