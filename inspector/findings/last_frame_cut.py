"""The last event has no empty line after it: the stream stops inside it.

By the standard it never counts, and a client that takes it all the same may take half a line for a whole one.

Where its JSON is whole the server forgot the last line end; where it is not, the connection was cut.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import OddFrame
from inspector.findings.rule import Rule, Sign


def check(moment: OddFrame) -> Iterator[Sign]:
    frame = moment.frame
    if not frame.complete and frame.note is None and frame.data is not None and frame.data.strip() != b"[DONE]":
        ended = frame.block.endswith((b"\n", b"\r", b"[DONE]"))
        yield Sign("the last event is not ended by an empty line" if ended else "the stream stops inside a line")


RULE = Rule("TS120", "last-frame-cut", "warn", __doc__, {OddFrame: check})
