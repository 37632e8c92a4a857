"""The reasoning comes in a field that has two names: `reasoning_content`, or `reasoning`, or both with the same text.

A client that knows the other name shows no reasoning, one that reads both shows it twice.

Read both names, and one of them where both are there.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import TurnDone
from inspector.findings.rule import Rule, Sign

_NAMES = ("reasoning_content", "reasoning")


def check(moment: TurnDone) -> Iterator[Sign]:
    track, begin = moment.turn.choice.reasoning, moment.turn.begins.get("reasoning", 0)
    if track.size == begin:
        return
    frame = track.frame_of(begin)
    choice, path = moment.ledger.choices.texts(frame, moment.turn.choice.index, "reasoning")[0][0]
    delta = choice.get("delta")
    names = [name for name in _NAMES if isinstance(delta, dict) and delta.get(name)]
    if names:
        where = " and again in ".join(f"`{name}`" for name in names)
        yield Sign(f"the reasoning comes in {where}", path=(*path, "delta", names[0]), frame=frame)


RULE = Rule("TC070", "reasoning-field-name", "info", __doc__, {TurnDone: check})
