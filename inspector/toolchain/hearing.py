"""What one answer of a run adds up to, decoded anew from its bytes by the engine: no client library has a say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from inspector.asides import Aside, RunBegan
from inspector.calls import Call, MatchedBy
from inspector.completion import Completion, last_completion
from inspector.events import Chunk, Event, JsonObject, ToolCallDelta
from inspector.stage import Stage
from inspector.transcript import Transcript
from inspector.turn_chunks import TurnChunks
from inspector.wire.frame import Frame
from inspector.wire.framing import FramingName

_PIECE_BYTES = 1024 * 1024


class Heard(NamedTuple):
    """`completion` is `None` where no chunk came. `is_whole`: a finish reason or `[DONE]` did; `error` is in words."""

    completion: Completion | None
    is_whole: bool
    error: str | None


def hear(read: Callable[[int, int], bytes], start: int, end: int, *, framing: FramingName | None = None) -> Heard:
    """Read the answer of a chat completion server that these bytes are; a framing given is taken at its word."""
    transcript = Transcript(
        lambda first, last: read(start + first, start + last), framing=framing, watch=lambda _: _LastTurn()
    )
    transcript.note(RunBegan(0.0, "chat"))  # all of it is one stage
    for at in range(start, end, _PIECE_BYTES):
        transcript.feed(read(at, min(at + _PIECE_BYTES, end)))
    transcript.finish()
    transcript.decode_all()
    n, (stage, *_) = transcript.framed - 1, transcript.stages
    assert isinstance(transcript.watcher, _LastTurn)
    found = last_completion(transcript, stage, n, transcript.watcher.said)
    error = (stage.error.last or "") if stage.phase.last == "error" else None
    return Heard(found, stage.is_complete, error)


class _LastTurn:
    """Adds the chunks of the last turn up while they are decoded, which would else be done once more for them."""

    def __init__(self) -> None:
        self.said = TurnChunks()
        self._bodies: list[JsonObject] = []

    def begin(self, n: int, events: Sequence[Event], frame: Frame | None) -> None:
        self._bodies = [event.body for event in events if isinstance(event, Chunk)]

    def turn_begins(self, n: int, stage: Stage) -> None:
        self.said = TurnChunks()

    def end(self, stage: Stage | None) -> None:
        for body in self._bodies:
            self.said.add(body)

    def fragment(self, call: Call, delta: ToolCallDelta, matched_by: MatchedBy) -> None:
        """Nothing: the tracks have it."""

    def turn_over(self, n: int, stage: Stage) -> None:
        """Nothing: no other turn may begin."""

    def stage_over(self, n: int, stage: Stage) -> None:
        """Nothing."""

    def noted(self, n: int, aside: Aside) -> None:
        """Nothing."""

    def input_over(self, n: int) -> None:
        """Nothing."""
