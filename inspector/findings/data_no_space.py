"""A field has no space after its colon, as in `data:{…}`.

Legal, but a client that looks for `data: ` with the space sees an empty stream.

Read the value after the colon and drop at most one space before it; use a client that does.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import OddFrame
from inspector.findings.rule import Rule, Sign
from inspector.wire import sse


def check(moment: OddFrame) -> Iterator[Sign]:
    for start, end, line in sse.lines(moment.frame.block, moment.frame.start):
        if line.startswith(b"data:") and not line.startswith(b"data: "):
            message = "a data line has no space after its colon"
            yield Sign(message, span=(start, min(end, start + len(b"data:") + 1)))
            return


RULE = Rule("TS101", "data-no-space", "info", __doc__, {OddFrame: check})
