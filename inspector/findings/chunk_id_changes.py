"""The chunks of one answer have different ids, or name different models.

A client that groups chunks by their id takes one answer for many.

Do not group by it: one response is one answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import ChunkCame, StageDone
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import short


def check(moment: ChunkCame) -> Iterator[Sign]:
    """A new turn is another answer. Azure's first chunk has an empty id."""
    stage, said = moment.stage, moment.body.get("id")
    if said and isinstance(said, str):
        first = stage.kept.setdefault(f"{RULE.code} {stage.stage.turn}", said)
        if first != said:
            yield Sign(
                f"the id of the chunk is {short(said, 60)}, before it was {short(first, 60)}", path=("id",), about="id"
            )


def check_models(moment: StageDone) -> Iterator[Sign]:
    stage = moment.stage.stage
    named = stage.model.history()
    if len(named) > 1 and not stage.turn:
        frame, other = named[1]
        yield Sign(
            f"the model is {short(other, 60)}, before it was {short(named[0][1], 60)}",
            path=("model",),
            frame=frame,
            about="model",
        )


RULE = Rule("TC067", "chunk-id-changes", "info", __doc__, {ChunkCame: check, StageDone: check_models})
