"""Watches a transcript being decoded, and tells the rules the moments they look at.

Nearly every chunk only goes on with a text or with a call's arguments; that is found out first, and costs no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from inspector import events as ev
from inspector.asides import Aside
from inspector.calls import Call, MatchedBy
from inspector.events import JsonObject
from inspector.findings import moments as mo
from inspector.findings.alike import Run, Taken, shape_of_chunk, shape_of_frame
from inspector.findings.checks import Checks
from inspector.findings.fragments import Fragment, fragments_in, index_of, sent_as
from inspector.findings.ledger import CallFacts, Ledger, StageFacts, TurnFacts
from inspector.findings.objects import places
from inspector.findings.rule import Finding, Rule
from inspector.findings.tally import Tally
from inspector.json_place import Path
from inspector.stage import Stage
from inspector.transcript import Transcript
from inspector.wire.frame import Frame

_DELTAS = frozenset({ev.TextDelta, ev.ToolCallDelta, ev.ChoiceSeen})


class Findings:
    """A `Watcher`. Give `watching(rules)` to a `Transcript`, and take it out again with `findings_of`."""

    def __init__(self, transcript: Transcript, rules: Sequence[Rule], replay: JsonObject | None = None) -> None:
        self.tally = Tally()
        self.rules = rules
        self.ledger = Ledger(transcript, replay)
        self._checks = Checks(rules, self.ledger, self.tally)
        self._stages = self.ledger.stages
        self._n = -1
        self._events: Sequence[ev.Event] = ()
        self._frame: Frame | None = None
        self._fragments: list[Taken] = []
        self._told = 0  # how many of the events
        self._places: list[Path] = []  # of the events of this frame, once some are told
        self._odd_frames = Run()
        self._alike: dict[int, Run] = {}  # the chunks of each open stage, by its number

    def all(self) -> list[Finding]:
        return self.tally.all()

    # -- what the transcript tells -----------------------------------------------------------------------------

    def begin(self, n: int, events: Sequence[ev.Event], frame: Frame | None) -> None:
        self._n, self._events, self._frame = n, events, frame
        self._told, self._places, self.ledger.place = 0, [], ()
        if len(events) != 2 and any(type(event) is ev.StreamEnd for event in events):
            self.ledger.done_frame = n

    def fragment(self, call: Call, delta: ev.ToolCallDelta, matched_by: MatchedBy) -> None:
        self._fragments.append((call, delta, matched_by))

    def end(self, stage: Stage | None) -> None:
        events = self._events
        if self._frame is not None:
            self._tell_frame(self._frame)
        if len(events) != 2 or stage is None or self._told or not self._is_ordinary(events[0], events[1], stage):
            self._tell_unlike(stage)
        self._told = len(events)
        if self._fragments:
            self._fragments = []

    def turn_begins(self, n: int, stage: Stage) -> None:
        self._close_turns(n, self._stages.get(stage.number))

    def turn_over(self, n: int, stage: Stage) -> None:
        self._tell_if_taken(stage)
        facts = self._stages.get(stage.number)
        self._close_turns(n, facts)
        if facts is not None and stage.is_run:
            self._answer_done(n, facts)

    def stage_over(self, n: int, stage: Stage) -> None:
        self._tell_if_taken(stage)
        facts = self._stages.pop(stage.number, None) or StageFacts(stage, {}, {})
        self._alike.pop(stage.number, None)
        if self._reads_chunks:
            self._close_turns(n, facts)
            self._checks.tell(mo.StageDone(n, self.ledger, facts))
            self._answer_done(n, facts)

    def noted(self, n: int, aside: Aside) -> None:
        self.ledger.note(aside)
        self._checks.tell(mo.AsideCame(n, self.ledger, aside))

    def input_over(self, n: int) -> None:
        for facts in list(self._stages.values()):  # of stages that went on after their end
            self._close_turns(n, facts)
        self._checks.tell(mo.InputDone(n, self.ledger))

    @property
    def _reads_chunks(self) -> bool:
        """Whether it is known what the chunks mean: else only their frames are looked at."""
        return self.ledger.transcript.dialect != "raw"

    # -- what that means ---------------------------------------------------------------------------------------

    def _is_ordinary(self, chunk: Any, event: Any, stage: Stage) -> bool:
        """Whether a frame only goes on with one text, or with the arguments of one known call."""
        kind = type(event)
        if kind is not ev.TextDelta and kind is not ev.ToolCallDelta:
            return False
        facts = self._stages.get(stage.number)
        turn = facts and facts.turns.get(event[0])
        if not facts or not turn or turn.finishes:
            return False
        _, body, _, repaired = chunk
        choices = body.get("choices")
        if repaired is not None or choices is None or len(choices) != 1:
            return False
        if body.get("id") != facts.chunk_id and not facts.changes_id:
            return False
        delta = choices[0].get("delta")
        if len(delta) != 1:
            return False
        if kind is ev.TextDelta:
            (said,) = delta.values()
            return type(said) is str  # a list of parts may hold more than text
        return self._goes_on(event, delta, turn)

    def _goes_on(self, event: ev.ToolCallDelta, delta: JsonObject, turn: TurnFacts) -> bool:
        """Whether a fragment is arguments alone, by index."""
        if event[1] is None or event[2] is not None or event[3] is not None or not self._fragments:
            return False
        sent = delta.get("tool_calls")
        if (
            type(sent) is not list
            or len(sent) != 1
            or len(sent[0]) != 2
            or self._fragments[0][0].slot not in turn.calls
        ):
            return False
        function = sent[0].get("function")
        return type(function) is dict and len(function) == 1 and type(function.get("arguments")) is str

    def _tell_frame(self, frame: Frame) -> None:
        if frame.id:
            self._checks.tell(mo.IdCame(self._n, self.ledger, frame))
        if not _is_odd(frame) or not self.ledger.transcript.is_sse(self._n):
            return
        shape = shape_of_frame(frame)
        if self._odd_frames.goes_on(shape):
            self.tally.again(self._odd_frames.found)
            return
        self._checks.found = []
        self._checks.tell(mo.OddFrame(self._n, self.ledger, frame))
        self._odd_frames.take(shape, self._checks.found)

    def _tell_unlike(self, stage: Stage | None) -> None:
        """Tell what the frame says, but for a chunk that is like the last ones."""
        facts = self._stages.get(stage.number) if stage is not None else None
        if self._told or facts is None:
            self._tell_events(stage, len(self._events))
            return
        run = self._alike.setdefault(facts.stage.number, Run())
        shape = shape_of_chunk(self._events, self._fragments, facts) if self._events else None
        if run.goes_on(shape):
            self.tally.again(run.found)
            return
        self._checks.found = []
        self._tell_events(stage, len(self._events))
        run.take(shape, self._checks.found)

    def _tell_if_taken(self, stage: Stage) -> None:
        """The stage ends with what the frame says: tell that first. A chunk that it has not is the next one's."""
        is_taken, end = False, len(self._events)
        for place in range(self._told, end):
            event = self._events[place]
            if type(event) is ev.Chunk:
                if is_taken:  # several chunks in one frame, and more than one answer
                    end = place
                    break
                is_taken = stage.last_chunk is event.body
        if is_taken:
            self._tell_events(stage, end)

    def _tell_events(self, stage: Stage | None, end: int) -> None:
        """Those before `end` that are not told yet."""
        begin, self._told = self._told, end
        self._places = self._places or places(self._events)
        told = zip(self._events[begin:end], self._places[begin:end], strict=True)
        facts = None
        taken = {id(each[1]): each for each in self._fragments}
        fragments: Iterator[Fragment] = iter(())
        for event, self.ledger.place in told:
            kind = type(event)
            if kind not in _DELTAS and self._checks.look_at(kind):
                self._checks.tell(mo.EventCame(self._n, self.ledger, event, stage), kind)
            if isinstance(event, ev.Chunk):
                facts = self._tell_chunk(stage, event.body) if stage is not None and self._reads_chunks else None
                fragments = fragments_in(event.body)
            elif isinstance(event, ev.ToolCallDelta) and facts is not None:
                sent = sent_as(facts.last_body, event, fragments)
                if known := taken.get(id(event)):  # none where a status tells a call again
                    self._tell_fragment(facts, known, sent)

    def _tell_chunk(self, stage: Stage, body: JsonObject) -> StageFacts:
        facts = self.ledger.facts(stage, body)
        self._checks.tell(mo.ChunkCame(self._n, self.ledger, facts, body))
        if body.get("id") != facts.chunk_id:
            facts.changes_id = True
        facts.last_body, facts.is_answered = body, False
        choices = body.get("choices")
        for position, choice in enumerate(choices if isinstance(choices, list) else ()):
            if isinstance(choice, dict):
                self._tell_choice(facts, body, choice, position)
        return facts

    def _tell_choice(self, facts: StageFacts, body: JsonObject, choice: JsonObject, position: int) -> None:
        turn = self.ledger.turn(facts, index_of(choice, position), self._n)
        if turn is None:
            return
        delta = choice.get("delta")
        path: Path = (*self.ledger.place, "choices", position)
        sent = delta if isinstance(delta, dict) else None
        self._checks.tell(mo.DeltaCame(self._n, self.ledger, facts, body, turn, choice, sent, path))
        if (reason := choice.get("finish_reason")) and isinstance(reason, str):
            turn.finishes.append((self._n, reason))

    def _tell_fragment(self, facts: StageFacts, taken: Taken, fragment: Fragment) -> None:
        call, delta, matched_by = taken
        turn = self.ledger.turn(facts, delta.choice, self._n)
        if turn is None:
            return
        is_first = call.slot not in turn.calls
        sent, path = fragment[0], (*self.ledger.place, *fragment[1])
        call_facts = turn.calls.setdefault(call.slot, CallFacts(call, turn, path, sent.get("type") == "custom"))
        if self.ledger.place and delta.arguments:
            field = ("function", "arguments") if "function" in sent else ("arguments",)
            call_facts.note_piece(self._n, len(delta.arguments.encode("utf-8", "surrogatepass")), (*path, *field))
        self._checks.tell(
            mo.FragmentCame(self._n, self.ledger, turn, call_facts, delta, sent, path, matched_by, is_first)
        )

    def _close_turns(self, n: int, facts: StageFacts | None) -> None:
        if facts is None:
            return
        turns, facts.turns = facts.turns, {}
        for turn in turns.values():
            for call in turn.calls.values():
                self._checks.tell(mo.CallDone(n, self.ledger, turn, call))
            self._checks.tell(mo.TurnDone(n, self.ledger, turn))

    def _answer_done(self, n: int, facts: StageFacts) -> None:
        if facts.is_answered:
            return
        facts.is_answered = True
        stage = facts.stage
        said_done = stage.said_end if stage.is_run else self.ledger.done_frame == n
        is_whole = stage.finished or said_done or stage.failed if stage.is_run and not stage.ended else None
        if is_whole is None:
            is_whole = stage.phase.last != "cut"
        self._checks.tell(mo.AnswerDone(n, self.ledger, facts, is_whole, said_done))


def watching(rules: Sequence[Rule], replay: JsonObject | None = None) -> Callable[[Transcript], Findings]:
    """What a `Transcript` takes as `watch`."""
    return lambda transcript: Findings(transcript, rules, replay)


def findings_of(transcript: Transcript) -> list[Finding]:
    """What was found so far in a transcript that is watched, in the order of the input."""
    watcher = transcript.watcher
    return watcher.all() if isinstance(watcher, Findings) else []


def unlisted_of(transcript: Transcript) -> dict[str, int]:
    """By code, how often it came after so many findings of it that no more are listed."""
    watcher = transcript.watcher
    return dict(watcher.tally.beyond) if isinstance(watcher, Findings) else {}


def _is_odd(frame: Frame) -> bool:
    data, block = frame.data, frame.block
    if frame.comments or frame.unknown or frame.retry is not None or not frame.complete:
        return True
    if data is None or b"\n" in data or b"\r" in block or frame.note is not None:
        return True
    return b"data: " not in block or (bool(frame.event) and b"event: " not in block)
