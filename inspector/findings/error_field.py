"""A line `error: …` stands in the stream: a field that the standard does not know.

llama.cpp reports errors in this way, and every client by the standard passes over the line: the answer just stops.

Read the line yourself, show its words, and take the answer for failed.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import OddFrame
from inspector.findings.rule import Rule, Sign
from inspector.wire import sse


def check(moment: OddFrame) -> Iterator[Sign]:
    for start, end, line in sse.lines(moment.frame.block, moment.frame.start):
        if line.startswith(b"error:"):
            said = line[6:306].decode("utf-8", "replace").strip()
            yield Sign(f"the server says, in a line that no client sees: {said}", span=(start, end))


RULE = Rule("TS115", "error-field", "error", __doc__, {OddFrame: check})
