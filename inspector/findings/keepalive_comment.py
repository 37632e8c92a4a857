"""A line begins with a colon: a comment, which servers send to keep a connection open.

Legal, but clients that read every line as data stumble over it. It also explains a long wait for the first token.

Ignore it, and do not count it as progress.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import OddFrame
from inspector.findings.rule import Rule, Sign
from inspector.wire import sse


def check(moment: OddFrame) -> Iterator[Sign]:
    for start, end, line in sse.lines(moment.frame.block, moment.frame.start):
        if line.startswith(b":"):
            said = line[1:81].decode("utf-8", "replace").strip()
            yield Sign(f"a comment: {said}" if said else "an empty comment", span=(start, end))
            return


RULE = Rule("TS103", "keepalive-comment", "info", __doc__, {OddFrame: check})
