"""Lines end with CR LF, or with CR alone.

Legal, but a client that looks for two line feeds to find the end of an event waits for ever, or for the whole answer.

Split lines on LF, CR and CR LF alike.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import OddFrame
from inspector.findings.rule import Rule, Sign


def check(moment: OddFrame) -> Iterator[Sign]:
    block = moment.frame.block
    at = block.find(b"\r")
    if at >= 0:
        is_pair = block.startswith(b"\n", at + 1)
        start = moment.frame.start + at
        message = f"lines of this stream end with {'CR LF' if is_pair else 'CR alone'}"
        yield Sign(message, span=(start, start + 1 + is_pair))


RULE = Rule("TS102", "crlf-framing", "info", __doc__, {OddFrame: check})
