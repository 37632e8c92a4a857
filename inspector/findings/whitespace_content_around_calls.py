"""All the content before a call, between two calls or after them is blanks and line ends.

Stored with the turn, it becomes a text block of blanks, which some APIs refuse in the next request.

Drop content that is nothing but blanks when you store a turn with calls.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from inspector.findings.moments import TurnDone
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import quoted


def check(moment: TurnDone) -> Iterator[Sign]:
    turn = moment.turn
    track, begin = turn.choice.content, turn.begins.get("content", 0)
    if not turn.calls or track.size == begin:
        return
    cuts = sorted({track.size_at(each.call.opened) for each in turn.calls.values()} | {begin, track.size})
    for start, end in pairwise(cuts):
        piece = track.slice(start, end)
        if piece.isspace():
            where = "before the call" if start == begin else "after a call"
            yield Sign(
                f"the content {where} is only blanks ({quoted(piece.decode(), 40)})", frame=track.frame_of(start)
            )


RULE = Rule("TC064", "whitespace-content-around-calls", "info", __doc__, {TurnDone: check})
