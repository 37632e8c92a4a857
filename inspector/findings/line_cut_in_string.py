"""A line end stands inside a string of the JSON: something cut one data line into several.

Servers that write their lines with a splitter which also cuts at U+2028, U+2029 or U+0085 (Python's
`str.splitlines`) break every payload that holds one. Clients join the lines with a line feed, and get no JSON.

Split the payload at CR and LF alone, or send JSON in ASCII. Read leniently, the text has a line feed in its place.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.events import Chunk, StageMark, ToolResult
from inspector.findings.moments import EventCame
from inspector.findings.rule import Rule, Sign
from inspector.wire import sse


def check(moment: EventCame) -> Iterator[Sign]:
    repaired = getattr(moment.event, "repaired", None)
    if repaired and "U+2028" in repaired:
        frame = moment.ledger.transcript.frame(moment.n)
        lines = [each for each in sse.lines(frame.block, frame.start) if each[2].startswith(b"data")]
        message = f"the payload is cut into {len(lines)} data lines inside a string"
        yield Sign(message, span=(lines[0][1], lines[1][1]) if len(lines) > 1 else None)


RULE = Rule("TS116", "line-cut-in-string", "error", __doc__, dict.fromkeys((Chunk, StageMark, ToolResult), check))
