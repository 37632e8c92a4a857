"""The moments that rules look at. A rule names those it wants, or events (`EventCame` brings them).

`n` is the frame. An ordinary chunk, which only goes on with one text or with one call's arguments, is no moment for
any rule: what it said stands in the tracks, to be looked at when the call or turn is done.

Nor is a chunk that is like the three before it in all but its text (`alike.py`), as where each has a null: what they
gave is counted again. So a rule may not wait for a fourth.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from inspector.asides import Aside
from inspector.calls import MatchedBy
from inspector.events import Event, JsonObject, ToolCallDelta
from inspector.findings.ledger import CallFacts, Ledger, StageFacts, TurnFacts
from inspector.findings.rule import Sign
from inspector.json_place import Path
from inspector.stage import Stage
from inspector.wire.frame import Frame


@dataclass(slots=True)
class Moment:
    n: int
    ledger: Ledger


@dataclass(slots=True)
class OddFrame(Moment):
    """A frame of an event stream that is more, or less, than lines with a name, one space and LF, in the usual order.

    Also each that is cut or no frame at all (`frame.note`).
    """

    frame: Frame


@dataclass(slots=True)
class IdCame(Moment):
    """A frame with an id of its own, `frame.id`."""

    frame: Frame


@dataclass(slots=True)
class ChunkCame(Moment):
    """A chunk that is not ordinary."""

    stage: StageFacts
    body: JsonObject


@dataclass(slots=True)
class DeltaCame(ChunkCame):
    """One choice of such a chunk, before its finish reason is in `turn.finishes`. `delta` is `None` if none is sent."""

    turn: TurnFacts
    choice: JsonObject  # as sent
    delta: JsonObject | None
    path: Path  # of the choice in the chunk


@dataclass(slots=True)
class FragmentCame(Moment):
    """A fragment of a call, other than arguments alone. `sent` is the fragment as sent; `path` leads to it."""

    turn: TurnFacts
    call: CallFacts
    delta: ToolCallDelta
    sent: JsonObject
    path: Path
    matched_by: MatchedBy
    is_first: bool  # of its call

    @property
    def function(self) -> Any:
        """What is sent as `function`."""
        return self.sent.get("function")


@dataclass(slots=True)
class CallDone(Moment):
    """A call of a turn that is over; `n` may be long after its last fragment."""

    turn: TurnFacts
    call: CallFacts

    def sign(self, message: str, byte: int | None = None, **more: Any) -> Sign:
        """A sign at the fragment that brought this byte of the arguments; by default the last fragment with any."""
        track = self.call.call.arguments
        n = track.last_frame if byte is None or byte >= track.size else track.frame_of(byte)
        if n is None:
            return Sign(message, frame=self.call.call.opened, **more)
        path = self.call.path_of(n, track.size - 1 if byte is None else min(byte, track.size - 1))
        path = path or self.ledger.choices.arguments(n, self.call.call, self.turn.choice.index)
        return Sign(message, path=path, frame=n, **more)

    def sign_first(self, message: str, *field: str) -> Sign:
        """A sign at a field of the call's first fragment, or at the fragment where that has no such field."""
        return Sign(message, path=(*self.call.path, *field), frame=self.call.call.opened)


@dataclass(slots=True)
class TurnDone(Moment):
    """One choice's turn is over: another begins, tools ran, or the stage is at its end. After its calls' `CallDone`."""

    turn: TurnFacts


@dataclass(slots=True)
class StageDone(Moment):
    """The stage is over, `stage.stage.phase.last` says how. After its turns' `TurnDone`."""

    stage: StageFacts


@dataclass(slots=True)
class AnswerDone(Moment):
    """One answer of a server is over: its stage ended, or in a chat run, which is one stage, its exchange.

    `is_whole`: it came to the end that the dialect has, or its finish reasons are there. `said_done`: `[DONE]` came.
    """

    stage: StageFacts
    is_whole: bool
    said_done: bool


@dataclass(slots=True)
class InputDone(Moment):
    """Everything is decoded; `n` is the last frame, -1 where there is none."""


@dataclass(slots=True)
class AsideCame(Moment):
    aside: Aside


@dataclass(slots=True)
class EventCame(Moment):
    """What a rule gets that names an event, other than the deltas. `stage` is `None` where there is none yet."""

    event: Event
    stage: Stage | None
