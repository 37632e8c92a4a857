"""An event is longer than the inspector reads (64 MiB by default).

What it says is not known here; other clients run out of memory, or give up, at such a size.

Look at its first bytes to see what grew. A base64 body or a repeated snapshot does not belong into every event.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import OddFrame
from inspector.findings.rule import Rule, Sign


def check(moment: OddFrame) -> Iterator[Sign]:
    note = moment.frame.note or ""
    if note.startswith("line-too-long"):
        yield Sign(
            f"this event is {moment.frame.end - moment.frame.start} bytes long and was not read",
            span=(moment.frame.start, moment.frame.end),
        )


RULE = Rule("TS123", "frame-too-long", "warn", __doc__, {OddFrame: check})
