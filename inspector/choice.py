"""One choice of a stage: the tracks of its texts, its calls, and whether its turn is over."""

from __future__ import annotations

from inspector.call_identity import CallBook
from inspector.calls import Call
from inspector.events import Channel, ToolCallDelta
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
        self.unclosed: dict[int, Call] = {}  # by slot: calls that something came of since the last end of a turn
        self.finish: ScalarTrack[str] = ScalarTrack()
        self.begin_turn()

    def begin_turn(self) -> None:
        """Calls of a new turn have nothing to do with those before."""
        self.finished = False
        self.book = CallBook()
        self._told: set[tuple[str | None, str]] = set()

    def close_calls(self, frame: int) -> list[Call]:
        """The turn is over: the calls that have something new, all of them done now."""
        calls = list(self.unclosed.values())
        self.unclosed.clear()
        for call in calls:
            if call.done is None:
                call.done = frame
        return calls

    def is_told(self, delta: ToolCallDelta) -> bool:
        """Whether a status tells a call of this turn again, as agent servers do: that is no second call."""
        whole = delta.name, delta.arguments or ""
        if whole in self._told:
            return True
        self._told.add(whole)
        streamed = (call for call in self.book.calls if call.origin != "status")
        return any((call.name.last, call.arguments.text) == whole for call in streamed)
