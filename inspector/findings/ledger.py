"""What all rules know of a transcript as it is decoded: its stages, turns and calls so far. Judges nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from inspector.asides import Aside, ExchangeBegan
from inspector.calls import Call
from inspector.choice import Choice
from inspector.events import JsonObject
from inspector.findings.choices import Choices
from inspector.findings.rule import Need
from inspector.findings.spots import Spots
from inspector.findings.words import short
from inspector.json_place import Path
from inspector.json_scan import JsonScanner
from inspector.stage import Stage
from inspector.tool_formats.offered import offered
from inspector.tracks import TextTrack, decode
from inspector.transcript import Transcript


@dataclass(slots=True, eq=False)
class CallFacts:
    """A call of a turn. `call` has its tracks: ids, names and arguments with the frames that brought them."""

    call: Call
    turn: TurnFacts
    path: Path = ()  # where its first fragment stands in the chunk of that frame
    is_custom: bool = False  # of a custom tool (OpenAI), which has an input in the place of name and arguments
    pieces: list[tuple[int, int, Path]] = field(default_factory=list)  # see `note_piece`
    kept: dict[str, Any] = field(default_factory=dict)  # what a rule remembers of this call, by its code
    _scanner: JsonScanner = field(default_factory=JsonScanner)

    @property
    def json(self) -> JsonScanner:
        """A scanner that has seen all arguments so far: `complete_at`, `first_bad_byte`, `open_at_end()`."""
        size, seen = self.call.arguments.size, self._scanner.size
        if seen < size:
            self._scanner.feed(self.call.arguments.slice(seen, size))
        return self._scanner

    def note_piece(self, n: int, size: int, path: Path) -> None:
        """Remember of a frame with several chunks where it has the arguments, of which `size` bytes come there."""
        is_next = bool(self.pieces) and self.pieces[-1][0] == n
        begin = self.pieces[-1][1] if is_next else self.call.arguments.size_at(n - 1)
        self.pieces.append((n, begin + size, path))

    def path_of(self, n: int, byte: int) -> Path | None:
        """Where frame `n` has this byte of the arguments, if it is one with several chunks."""
        return next((path for frame, end, path in self.pieces if frame == n and byte < end), None)

    @property
    def worth(self) -> str:
        """`empty`, `partial`, `valid` or `invalid`, as all arguments so far are."""
        return self.json.verdict(self.call.arguments.size).state

    @property
    def title(self) -> str:
        """How a message names it."""
        name = self.call.name.last
        return f"call {self.call.slot} ({short(name, 80)})" if name else f"call {self.call.slot}"


@dataclass(slots=True, eq=False)
class TurnFacts:
    """One choice in one turn of its stage."""

    stage: StageFacts
    choice: Choice
    first_frame: int
    begins: dict[str, int]  # the size that each of its texts had before
    calls: dict[int, CallFacts] = field(default_factory=dict)  # by slot, in order of appearance
    finishes: list[tuple[int, str]] = field(default_factory=list)  # frame and reason of each finish reason
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def finish(self) -> str | None:
        """The first finish reason of the turn."""
        return self.finishes[0][1] if self.finishes else None

    @property
    def reached_end(self) -> bool:
        """It has a finish reason, or its stage went on or ended well: nothing that belongs to it was cut off."""
        return bool(self.finishes) or self.stage.stage.phase.last in ("results", "synthesis", "done")

    def track(self, name: str) -> TextTrack:
        """One of `content`, `reasoning`, `refusal`, and of choice 0 also `synthesis`: its content after tools ran."""
        if name == "synthesis":
            return self.stage.stage.synthesis
        track: TextTrack = getattr(self.choice, name)
        return track

    def text(self, name: str) -> str:
        """What this turn said in such a text."""
        track = self.track(name)
        return decode(track.slice(self.begins.get(name, 0), track.size))

    @property
    def said(self) -> str:
        """All content of the turn, before and after tools ran."""
        return self.text("content") + (self.text("synthesis") if "synthesis" in self.begins else "")


@dataclass(slots=True, eq=False)
class StageFacts:
    """A stage that is not over yet; `turns` has the turn of each choice, by its index."""

    stage: Stage
    first_body: JsonObject
    last_body: JsonObject
    chunk_id: Any = None  # the first one's
    changes_id: bool = False  # some chunk had another
    is_answered: bool = False  # the answer that the last chunk is of is over
    turns: dict[int, TurnFacts] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)


class Ledger:
    """`replay` is the plain `chat.completion` that the same request gave, if the user has one."""

    def __init__(self, transcript: Transcript, replay: JsonObject | None = None) -> None:
        self.transcript = transcript
        self.choices = Choices(transcript)
        self.spots = Spots(transcript)
        self.replay = replay
        self.request: JsonObject | None = None  # of the exchange that is being answered
        self.stages: dict[int, StageFacts] = {}  # those open, by number
        self.done_frame: int | None = None  # of the last `[DONE]`
        self.place: Path = ()  # how paths into the chunk begin that is being told (`objects.py`)
        self.kept: dict[str, Any] = {}  # what a rule remembers of the whole input, by its code
        self._offered_tools: dict[str, JsonObject] | None = None

    @property
    def tools(self) -> dict[str, JsonObject] | None:
        """The parameters' schemas by name, as the request or the user gives them; `None` where neither does."""
        return self._offered_tools if self._offered_tools is not None else self.transcript.tools

    def has(self, need: Need) -> bool:
        if need == "times":
            return self.transcript.times is not None and self.transcript.times(0) is not None
        if need == "head":
            return any(each.head for each in self.transcript.exchanges.all)
        given = {"request": self.request, "tools": self.tools, "replay": self.replay}
        return given[need] is not None

    def note(self, aside: Aside) -> None:
        if isinstance(aside, ExchangeBegan) and isinstance(aside.body, dict):
            self.request = aside.body
            self._offered_tools = offered(aside.body.get("tools"))

    def facts(self, stage: Stage, body: JsonObject) -> StageFacts:
        known = self.stages.get(stage.number)
        if known is None:
            known = self.stages[stage.number] = StageFacts(stage, body, body, body.get("id"))
        return known

    @staticmethod
    def turn(stage: StageFacts, index: int, n: int) -> TurnFacts | None:
        """The turn of a choice, which may begin with frame `n`; `None` for a choice that the stage does not have."""
        known = stage.turns.get(index)
        choice = stage.stage.choices.get(index)
        if known is None and choice is not None:
            begins: dict[str, int] = {name: track.size_at(n - 1) for name, track in choice.texts.items()}
            if not index:
                begins["synthesis"] = stage.stage.synthesis.size_at(n - 1)
            known = stage.turns[index] = TurnFacts(stage, choice, n, begins)
        return known
