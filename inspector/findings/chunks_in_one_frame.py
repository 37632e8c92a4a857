"""Several chunks stand in one event: their data lines are not kept apart by empty lines.

By the standard they are one event, whose data is no JSON: official SDKs raise there, and other clients drop it all.

End each event with an empty line. Read leniently, each data line is a chunk.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.events import Chunk, StageMark
from inspector.findings.moments import EventCame
from inspector.findings.rule import Rule, Sign


def check(moment: EventCame) -> Iterator[Sign]:
    repaired = getattr(moment.event, "repaired", None)
    if repaired and repaired.startswith("one of several chunks"):
        lines = (moment.ledger.transcript.frame(moment.n).data or b"").count(b"\n") + 1
        yield Sign(f"one event has {lines} data lines that are a chunk each")


RULE = Rule("TS119", "chunks-in-one-frame", "error", __doc__, {Chunk: check, StageMark: check})
