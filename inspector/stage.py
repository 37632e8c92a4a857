"""One stage: folds events into tracks and says, to whoever listens, what each one meant.

Knows what a stage is made of and when a turn is over; which stage an event belongs to is decided in `stages.py`.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import Any, Literal, NamedTuple, TypeAlias

from inspector import events as ev
from inspector.asides import CallRecovered, ToolBegan
from inspector.calls import Call
from inspector.choice import Choice
from inspector.kinds import CALL, CHUNK, END, ERROR, FINISH, REASONING, RESULT, STATUS, SYNTHESIS, TEXT, USAGE
from inspector.telling import Listener, Teller
from inspector.tracks import ScalarTrack, TextTrack
from inspector.watching import Watcher

Phase: TypeAlias = Literal["waiting", "text", "calls", "results", "synthesis", "done", "cancelled", "error", "cut"]
_WORSE: tuple[Phase, ...] = ("cut", "done", "cancelled", "error")  # better ends first
ENDED: frozenset[Phase] = frozenset(_WORSE)


class Result(NamedTuple):
    """What a tool gave back, with the frame that said so; `failure` says why a run has no result of the tool's own."""

    frame: int
    call_id: str | None
    name: str | None
    content: str
    failure: str | None = None


class Status(NamedTuple):
    frame: int
    status: str
    details: Any


class Stage:
    """One unit of work and everything that came in it."""

    def __init__(
        self,
        number: int,
        key: str,
        frame: int,
        *,
        has_end_event: bool,
        is_run: bool = False,
        is_live: bool = False,
        listener: Listener | None = None,
        watcher: Watcher | None = None,
    ) -> None:
        self.number = number
        self.key = key
        self.first_frame = frame
        self.visits = array("I")  # where its frames begin, in the index of stages
        self.has_end_event = has_end_event  # whether the dialect has an event of its own for the end
        self.is_run = is_run  # a chat run: no answer ends it, since another may follow
        self.is_live = is_live  # of any run: where a body is no stream, the run knows status and host, and ends it
        self.said_end = False  # the last answer of a run said `[DONE]`
        self.failed = False  # the last answer of a run was an error, or had one in it, and its run goes on
        self.choices: dict[int, Choice] = {}
        self.results: list[Result] = []
        self.recovered: list[tuple[int, CallRecovered]] = []  # calls that a run took from text, with their frame
        self.tools_begun: list[tuple[int, ToolBegan]] = []  # by a run of ours, with their frame
        self.statuses: list[Status] = []
        self.synthesis = TextTrack()
        self.synthesis_from: int | None = None  # the frame of the first sign that tools ran
        self.model: ScalarTrack[str] = ScalarTrack()
        self.usage: ScalarTrack[ev.JsonObject] = ScalarTrack()
        self.error: ScalarTrack[str | None] = ScalarTrack()
        self.phase: ScalarTrack[Phase] = ScalarTrack()
        self.phase.set(frame, "waiting")
        self.marked = frame  # the last frame that was a boundary: a call, a result, a phase began in it
        self.turn = 0
        self.turns: ScalarTrack[int] = ScalarTrack()  # each turn after the first, at the frame it begins in
        self.ended = False  # nothing more can come
        self.over = False  # its phase is an end, though more may come under its name
        self.last_chunk: ev.JsonObject = {}
        self._doing: Phase = "waiting"  # the phase but for the ends
        self._turn_over = False
        self._speakers: dict[int, Choice] = {}  # the choices seen in this turn
        self._model: str | None = None  # the last one, at hand
        self._unfinished = 0  # of them
        self._teller = Teller(key, listener) if listener else None
        self._watcher = watcher

    # -- events ------------------------------------------------------------------------------------------------
    # Each takes the frame and the event, and says what kind of thing that was.

    def chunk(self, frame: int, chunk: ev.Chunk) -> int:
        body = self.last_chunk = chunk.body
        model = body.get("model")
        if model != self._model and model and isinstance(model, str):
            self._model = model
            self.model.set(frame, model)
        if chunk.synthesis and self.synthesis_from is None:
            self.tools_ran(frame)
        if self._teller:
            self._teller.chunk(frame, chunk)
        return CHUNK

    def _text(self, frame: int, delta: ev.TextDelta) -> int:
        index, channel, text = delta
        choice = self._speakers.get(index)
        if choice is None or self._turn_over:
            choice = self._speaking(frame, index)
        if self.synthesis_from is not None and channel == "content" and not index:
            return self._synthesis(frame, text)
        choice.texts[channel].append(frame, text)
        if self._doing == "waiting":  # text does not end a run of calls: a preamble may go on between them
            self._do(frame, "text")
        if self._teller:
            self._teller.tell(frame, index, f"{channel}.delta", {"delta": text})
        return REASONING if channel == "reasoning" else TEXT

    def _synthesis(self, frame: int, text: str) -> int:
        self.synthesis.append(frame, text)
        if self._doing != "synthesis":
            self._do(frame, "synthesis")
        self._say(frame, 0, "synthesis.delta", {"delta": text})
        return SYNTHESIS

    def _tool_call(self, frame: int, delta: ev.ToolCallDelta) -> int:
        choice = self._speakers.get(delta.choice)
        if choice is None or self._turn_over:
            choice = self._speaking(frame, delta.choice)
        if delta.origin == "status" and choice.is_told(delta):
            return STATUS
        call, matched_by = choice.book.find(delta)
        if call is None:
            call = Call(len(choice.calls), self.turn, delta.index, frame, delta.origin)
            choice.calls.append(call)
            choice.book.open(call, delta)
            self.marked = frame
        if call.slot not in choice.unclosed:
            choice.unclosed[call.slot] = call
        call.add(frame, delta, matched_by)
        if self._doing != "calls":
            self._do(frame, "calls")
        if self._teller:
            self._teller.call_delta(frame, call, delta, matched_by)
        if self._watcher:
            self._watcher.fragment(call, delta, matched_by)
        return CALL

    def _choice_seen(self, frame: int, event: ev.ChoiceSeen) -> int:
        self._speaking(frame, event.choice)
        return CHUNK

    def _finish(self, frame: int, event: ev.Finished) -> int:
        choice = self._speaking(frame, event.choice)
        choice.finish.set(frame, event.reason)
        self._unfinished -= not choice.finished
        choice.finished = True
        self._close_choice(frame, choice, self.synthesis)
        self._say(frame, event.choice, "finished", {"finish_reason": event.reason})
        if self.finished and not self.has_end_event and not self.is_run and not self.ended:
            self._set_phase(frame, "done")
        return FINISH

    def _tools_ran(self, frame: int, event: ev.ToolsRan) -> int:
        self.tools_ran(frame)
        return STATUS

    def _result(self, frame: int, event: ev.ToolResult) -> int:
        more = {"repaired": event.repaired} if event.repaired else {}
        return self.take_result(Result(frame, event.call_id, event.name, event.content), more)

    def take_result(self, result: Result, more: dict[str, Any]) -> int:
        self.results.append(result)
        self.marked = result.frame
        self.tools_ran(result.frame)
        fields = {"call_id": result.call_id, "name": result.name, "content": result.content}
        self._say(result.frame, None, "tool_result", fields | more)
        return RESULT

    def note_status(self, frame: int, event: ev.StatusNote) -> int:
        self.statuses.append(Status(frame, event.status, event.details))
        self._say(frame, None, "status", {"status": event.status, "details": event.details})
        return STATUS

    def _use(self, frame: int, event: ev.Usage) -> int:
        self.usage.set(frame, event.usage)
        self._say(frame, None, "usage", {"usage": event.usage})
        return USAGE

    def _done(self, frame: int, event: ev.StageDone) -> int:
        self.end(frame, "done")
        return END

    def _cancelled(self, frame: int, event: ev.StageCancelled) -> int:
        self.end(frame, "cancelled")
        return END

    def _error(self, frame: int, event: ev.StageError) -> int:
        self.error.set(frame, event.message)
        if self.is_run or (self.is_live and event.is_body):
            self.failed = True  # whether that is the end, and in which words, is for the run to say
        else:
            self.end(frame, "error", message=event.message)
        return ERROR

    # -- turns and ends ----------------------------------------------------------------------------------------

    def tools_ran(self, frame: int) -> None:
        """The first sign that tools ran, or one more: what the assistant says from here on is synthesis."""
        if self.synthesis_from is None:
            self.synthesis_from = frame
        if self._doing not in ("results", "synthesis"):
            self._turn_over = True
            for choice in self._speakers.values():
                self._close_choice(frame, choice)
            self._do(frame, "results")
            if self._watcher:
                self._watcher.turn_over(frame, self)

    def next_turn(self, frame: int) -> None:
        """Another answer comes, whatever the one before said: a model that was loading may be ready."""
        if self._watcher:
            self._watcher.turn_over(frame, self)
        if self.failed:
            self.failed = False
            self.error.set(frame, None)
        self._turn_over = self._turn_over or bool(self._speakers)
        self._speakers, self._unfinished, self.said_end = {}, 0, False

    def end(self, frame: int, phase: Phase, *, forced: bool = False, message: str | None = None) -> None:
        """The stage is over: give what done events are still owed, then its own. A worse end than before is news."""
        if self.failed and not self.ended and phase in ("done", "cut"):
            phase, message = "error", message or self.error.last
        for choice in self.choices.values():
            self._close_choice(frame, choice, self.synthesis, forced=forced)
        if self.ended and phase != "error" and _WORSE.index(phase) <= _WORSE.index(self.phase.last or "done"):
            return
        self.ended = True
        self._set_phase(frame, phase)
        if self._watcher:
            self._watcher.stage_over(frame, self)
        is_told = phase == "error" or message is not None
        self._say(frame, None, f"stage.{phase}", {"message": message} if is_told else {})

    def synthesis_began(self, n: int) -> bool:
        """Whether, after frame `n`, there was a sign that tools ran."""
        return self.synthesis_from is not None and self.synthesis_from <= n

    def a_tool_failed(self, n: int) -> bool:
        """Whether, after frame `n`, a result is there that is none of the tool's own."""
        return any(result.failure is not None and result.frame <= n for result in list(self.results))

    @property
    def is_complete(self) -> bool:
        """Whether what came is all of it, as far as no event of the dialect's own has to say so."""
        return (self.finished or self.said_end) and not self.has_end_event

    @property
    def finished(self) -> bool:
        """Every choice seen in the last turn gave its finish reason."""
        return bool(self._speakers) and not self._unfinished

    # -- inside ------------------------------------------------------------------------------------------------

    def _speaking(self, frame: int, index: int) -> Choice:
        """The choice that says something in this turn, which may be the first thing it says."""
        if self._turn_over:
            self._turn_over = False
            if self._watcher:
                self._watcher.turn_begins(frame, self)
            self.turn += 1
            self.turns.set(frame, self.turn)
            self._speakers = {}
            self._unfinished = 0
        return self._speakers.get(index) or self._begin_choice(frame, index)

    def _begin_choice(self, frame: int, index: int) -> Choice:
        choice = self.choices.setdefault(index, Choice(index, frame))
        choice.begin_turn()
        self._speakers[index] = choice
        self._unfinished += 1
        if choice.first_frame == frame and not self.ended:  # another choice may have ended the turn already
            self._set_phase(frame, self._doing)
        return choice

    def _do(self, frame: int, doing: Phase) -> None:
        self._doing = doing
        stray = self.over and doing in ("text", "calls")  # more of a turn whose choices all gave a finish reason
        if not self.ended and not stray:
            self._set_phase(frame, doing)

    def _set_phase(self, frame: int, phase: Phase) -> None:
        if phase != self.phase.last:
            self.phase.set(frame, phase)
            self.over = phase in ENDED
            self.marked = frame

    def _close_choice(
        self, frame: int, choice: Choice, synthesis: TextTrack | None = None, *, forced: bool = False
    ) -> None:
        """The choice's turn is over; `synthesis` is given where that is done as well, not only this part of it."""
        calls = choice.close_calls(frame)
        if self._teller:
            self._teller.choice_done(frame, choice, calls, synthesis, forced=forced)

    def _say(self, frame: int, choice: int | None, kind: str, fields: dict[str, Any]) -> None:
        if self._teller:
            self._teller.tell(frame, choice, kind, fields)


# What each event does to the stage it is about.
FOLDS: dict[type, Callable[[Stage, int, Any], int]] = {
    ev.TextDelta: Stage._text,
    ev.ToolCallDelta: Stage._tool_call,
    ev.ChoiceSeen: Stage._choice_seen,
    ev.Finished: Stage._finish,
    ev.Usage: Stage._use,
    ev.ToolsRan: Stage._tools_ran,
    ev.ToolResult: Stage._result,
    ev.StatusNote: Stage.note_status,
    ev.StageDone: Stage._done,
    ev.StageCancelled: Stage._cancelled,
    ev.StageError: Stage._error,
}
