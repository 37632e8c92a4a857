"""One choice of a stage: the tracks of its texts, its calls, and whether its turn is over."""

from __future__ import annotations

from inspector.call_identity import CallBook
from inspector.calls import Call
from inspector.events import Channel
from inspector.tracks import ScalarTrack, TextTrack


class Choice:
    """What one of the answers that were asked for consists of; nearly always there is one, number 0."""

    def __init__(self, index: int, frame: int) -> None:
        self.index = index
        self.first_frame = frame
        self.content = TextTrack()
        self.reasoning = TextTrack()
        self.refusal = TextTrack()
        self.texts: dict[Channel, TextTrack] = {
            "reasoning": self.reasoning,
            "content": self.content,
            "refusal": self.refusal,
        }
        self.calls: list[Call] = []
        self.finish: ScalarTrack[str] = ScalarTrack()
        self.begin_turn()

    def begin_turn(self) -> None:
        """Calls of a new turn have nothing to do with those before."""
        self.finished = False
        self.book = CallBook()
