"""The `stage_id` holds a line end or a NUL, and the server writes it into the `id:` line as it is.

What follows the line end is read as fields of the event, so that whoever names the stage can forge data, ends and
whole events; an id with a NUL counts for nothing.

Refuse such an id, or take the line ends out before it is written. Do not trust the ends of this stream.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.events import Chunk, StageMark
from inspector.findings.moments import EventCame
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import quoted

_HARMFUL = ("\n", "\r", "\0")


def check(moment: EventCame) -> Iterator[Sign]:
    stage = getattr(moment.event, "stage", None)
    if isinstance(stage, str) and any(each in stage for each in _HARMFUL):
        what = "a NUL" if "\0" in stage else "a line end"
        yield Sign(f"the stage_id {quoted(stage, 60)} holds {what}", path=("stage_id",))


RULE = Rule("TS122", "stage-id-forges-lines", "error", __doc__, {Chunk: check, StageMark: check})
