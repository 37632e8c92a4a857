"""The stages of one transcript: which stage an event belongs to, and what each frame was, for the index.

A stage is known by its id on the wire; without one, a completion is a stage (CLI.md, "Stages").
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from inspector import events as ev
from inspector import run
from inspector.asides import Aside, ExchangeBegan, RunBegan, RunEnded
from inspector.kinds import CHUNK, END, UNDECODED
from inspector.stage import FOLDS, Stage
from inspector.telling import Listener
from inspector.watching import Watcher
from inspector.wire.frame import Frame


class Stages:
    """Folds events into stages. One thread applies, others read at frames that are decoded."""

    def __init__(
        self, *, has_end_event: bool, listener: Listener | None = None, watcher: Watcher | None = None
    ) -> None:
        self.all: list[Stage] = []
        self.kinds = bytearray()  # a kind (`kinds.py`) for each decoded frame
        self.boundaries = array("I")  # frames in which a call, a result, a phase or a stage began
        self._has_end_event = has_end_event
        self._listener = listener
        self.watcher = watcher
        self._latest: dict[str | None, Stage] = {}  # by id on the wire
        self._times: dict[str, int] = {}  # how often an id began
        self._keys: set[str] = set()
        self.current: Stage | None = None  # what the last frame was about
        self._run: Stage | None = None  # the one stage of a chat run
        self._is_live = False
        self._stream_ended = False
        self._is_closed = False
        self._turns = array("i")  # frames at which the current stage changes ...
        self._turned_to = array("I")  # ... and the number of the stage it changes to
        # What is not about the current stage alone.
        self._handlers: dict[type, Callable[[int, Any], int]] = {
            ev.Chunk: self._chunk,
            ev.StageMark: self._mark,
            ev.StreamEnd: self._stream_end,
            ev.Undecoded: self._undecoded,
        }

    def apply(self, frame: int, events: Sequence[ev.Event], framed: Frame | None = None) -> None:
        """Fold what `frame` said, which is `None` in `framed` if it is a lone `data: …` line. Each once, in order."""
        watcher = self.watcher
        if watcher is not None:
            watcher.begin(frame, events, framed)
        kind = 0
        for event in events:
            fold = FOLDS.get(type(event))
            if fold is not None:
                said = fold(self.current or self._begin(frame, None), frame, event)
            else:
                said = self._handlers[type(event)](frame, event)
            if said > kind:
                kind = said
        stage = self.current
        if stage is not None and stage.marked == frame:
            self.boundaries.append(frame)
        self.kinds.append(kind)
        if watcher is not None:
            watcher.end(stage)

    def note(self, frame: int, aside: Aside) -> None:
        """Fold what the client's side knows after `frame`, -1 being before all."""
        kind = 0
        if isinstance(aside, RunBegan):
            self._is_live = True
            if aside.kind == "chat":
                self._run = self._begin(frame, None, is_run=True)
        elif isinstance(aside, RunEnded):
            self._run_ended(frame, aside)
        elif isinstance(aside, ExchangeBegan) and self._run is None:
            self._stream_ended = True  # what the next answer says is no part of this one's stages
        elif (fold := run.FOLDS.get(type(aside))) is not None:
            kind = fold(self._run or self.current or self._begin(frame, None), frame, aside)
        if frame >= 0:
            self.kinds[frame] = max(self.kinds[frame], kind)
            stage = self.current
            if stage is not None and stage.marked == frame and (not self.boundaries or self.boundaries[-1] < frame):
                self.boundaries.append(frame)
        if self.watcher is not None:
            self.watcher.noted(frame, aside)

    def close(self, frame: int) -> None:
        """The input ended after `frame`: stages that did not end before are done or cut now."""
        for stage in self.all:
            stage.end(frame, "done" if stage.is_complete else "cut", forced=True)
        if self.watcher is not None and not self._is_closed:
            self.watcher.input_over(frame)
        self._is_closed = True

    def at(self, n: int) -> Stage | None:
        """The stage that frame `n` belongs to: the last one that anything was said of up to there."""
        turned = bisect_right(self._turns, n)
        return self.all[self._turned_to[turned - 1]] if turned else None

    def turned_to(self, n: int) -> list[Stage]:
        """The stages that frame `n` turned to, in order."""
        first, last = bisect_left(self._turns, n), bisect_right(self._turns, n)
        return [self.all[number] for number in self._turned_to[first:last]]

    def frames_of(self, stage: Stage, n: int, start: int = -1) -> Iterator[int]:
        """The frames up to `n` that may hold something of `stage`, in order: also those in which another one begins.

        Those before `start` are left out.
        """
        done = max(stage.first_frame, start) - 1
        turn = bisect_left(self._turns, start) - 1  # a stage that another one ends in frame `start` is in it as well
        for visit in stage.visits[bisect_left(stage.visits, turn) :]:
            end = self._turns[visit + 1] if visit + 1 < len(self._turns) else n
            yield from range(max(self._turns[visit], done + 1, 0), min(end, n) + 1)
            done = max(done, end)

    def last_frame_of(self, stage: Stage, n: int) -> int:
        """The last frame up to `n` that is of `stage`, before any other that came after it."""
        visit = stage.visits[-1]
        following = self._turns[visit + 1] if visit + 1 < len(self._turns) else n + 1
        return max(self._turns[visit], min(following - 1, n))

    # -- which stage ---------------------------------------------------------------------------------------------

    def _chunk(self, frame: int, event: ev.Chunk) -> int:
        stage = self.current
        if stage is None or stage.over or self._stream_ended or self._latest.get(event.stage) is not stage:
            stage = self._enter(frame, event)
        return stage.chunk(frame, event)

    def _enter(self, frame: int, event: ev.Chunk) -> Stage:
        if self._run is not None:
            return self._turn_to(frame, self._run)
        known = self._latest.get(event.stage)
        if known is None or self._begins(known, event.body):
            if known is not None:
                known.end(frame, "done")
            return self._begin(frame, event.stage)
        return self._turn_to(frame, known)

    def _begins(self, stage: Stage, body: ev.JsonObject) -> bool:
        """Whether a chunk after what `stage` has is the first of another one."""
        if self._has_end_event:
            return stage.ended
        if self._stream_ended:
            return True
        return stage.over and _starts_anew(stage.last_chunk, body)

    def _begin(self, frame: int, wire_id: str | None, *, is_run: bool = False) -> Stage:
        number = len(self.all)
        key = self._key(f"s{number + 1}" if wire_id is None else wire_id)
        stage = Stage(
            number,
            key,
            frame,
            has_end_event=self._has_end_event,
            is_run=is_run,
            is_live=self._is_live,
            listener=self._listener,
            watcher=self.watcher,
        )
        self.all.append(stage)
        self._latest[wire_id] = stage
        self._stream_ended = False
        return self._turn_to(frame, stage)

    def _key(self, name: str) -> str:
        """The name, or `name#2` for one that began before; never one that another stage has."""
        times = self._times.get(name, 0) + 1
        while (key := name if times == 1 else f"{name}#{times}") in self._keys:
            times += 1
        self._times[name] = times
        self._keys.add(key)
        return key

    def _turn_to(self, frame: int, stage: Stage) -> Stage:
        if stage is not self.current:
            self.current = stage
            self._turned_to.append(stage.number)
            self._turns.append(frame)
            stage.visits.append(len(self._turns) - 1)  # last: who asks looks here first
            stage.marked = frame
        return stage

    def _mark(self, frame: int, event: ev.StageMark) -> int:
        known = self._run or self._latest.get(event.stage)
        if known is None and event.stage is None:
            known = self.current  # what names no stage is about the one at hand
        self._turn_to(frame, known) if known else self._begin(frame, event.stage)
        return CHUNK

    def _stream_end(self, frame: int, event: ev.StreamEnd) -> int:
        if self._run is not None:
            self._run.said_end = True
        elif not self._has_end_event:
            self._stream_ended = True
            if self.current is not None and not self.current.ended:
                self.current.end(frame, "done")
        return END

    def _run_ended(self, frame: int, aside: RunEnded) -> None:
        """A chat run ends with its run. Of what a server streamed, the stages that did not end end as the run did."""
        if self._run is not None:
            run.end(self._run, frame, aside)
        else:
            open_stages = [stage for stage in self.all if not stage.over]
            if not open_stages and (aside.how == "error" or not self.all):
                open_stages = [self.current or self._begin(frame, None)]
            for stage in open_stages:
                run.end(stage, frame, aside)

    def _undecoded(self, frame: int, event: ev.Undecoded) -> int:
        if self._listener:
            stage = self.current
            fields = {"reason": event.reason, "raw": event.raw}
            self._listener(frame, stage.key if stage else None, None, "undecoded", fields)
        return UNDECODED


def _starts_anew(last: ev.JsonObject, body: ev.JsonObject) -> bool:
    """A finished completion goes on with usage, filter results, or stray deltas under its own id."""
    choices = body.get("choices")
    if not isinstance(choices, list) or not choices:
        return False
    before, now = last.get("id"), body.get("id")
    if before and now:
        return bool(before != now)
    delta = choices[0].get("delta") if isinstance(choices[0], dict) else None
    return isinstance(delta, dict) and bool(delta.get("role"))
