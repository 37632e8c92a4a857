"""Who watches a transcript being decoded, and what it is told: each frame, and where turns and stages end.

Nothing is paid for where nobody watches. Knows nothing of what is watched for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from inspector.asides import Aside
from inspector.calls import Call, MatchedBy
from inspector.events import Event, ToolCallDelta
from inspector.wire.frame import Frame

if TYPE_CHECKING:
    from inspector.stage import Stage


class Watcher(Protocol):
    """Told in the thread that decodes, in the order of the input; another one is made where decoding begins anew."""

    def begin(self, n: int, events: Sequence[Event], frame: Frame | None) -> None:
        """Frame `n` is about to be folded; `frame` is `None` for a lone `data: …` line, which nearly all are."""

    def fragment(self, call: Call, delta: ToolCallDelta, matched_by: MatchedBy) -> None:
        """A fragment was taken to belong to `call`, of the stage that the frame is about."""

    def turn_begins(self, n: int, stage: Stage) -> None:
        """What frame `n` says is another turn; what was said before it is all of the turn before."""

    def turn_over(self, n: int, stage: Stage) -> None:
        """Nothing more belongs to this turn: tools ran, or another answer comes."""

    def stage_over(self, n: int, stage: Stage) -> None:
        """The stage is at its end, which `stage.phase` says; told once more where a worse one follows."""

    def end(self, stage: Stage | None) -> None:
        """The frame is folded; `stage` is what it was about."""

    def noted(self, n: int, aside: Aside) -> None:
        """An aside that comes after frame `n` is folded."""

    def input_over(self, n: int) -> None:
        """All is decoded, the last frame being `n`, and nothing more can come."""
