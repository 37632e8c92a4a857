"""The `chat.completion` objects that a stage adds up to after any frame.

Texts and calls come from the tracks; what no track keeps (logprobs, annotations, vendors' fields) is merged anew from
the chunks, so that nothing has to be kept for it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Literal

from inspector.calls import Call
from inspector.choice import Choice
from inspector.events import Chunk, Event, JsonObject
from inspector.stage import Stage
from inspector.stages import Stages
from inspector.tracks import decode
from inspector.transcript import Transcript
from inspector.turn_chunks import ChoiceChunks, TurnChunks

_NOTHING = ChoiceChunks()  # never added to


@dataclass(frozen=True, slots=True)
class Completion:
    """One turn of a stage; `phase` is what the turn was for."""

    turn: int
    phase: Literal["text", "calls", "synthesis"]
    body: JsonObject


def completions(transcript: Transcript, stage: Stage, n: int) -> list[Completion]:
    """The completions of `stage` after frame `n`, one for each turn that has begun."""
    turns = _turns(stage, n)
    starts = [turn.start for turn in turns]
    for frame, body in bodies(transcript, stage, turns[0].start, n):
        turns[bisect_right(starts, frame) - 1].chunks.add(body)
    return [turn.completion() for turn in turns if turn.has_said_something]


def last_completion(transcript: Transcript, stage: Stage, n: int, said: TurnChunks | None = None) -> Completion | None:
    """The last one of `completions`; the turns before it are not looked at.

    `said` is what the chunks of the last turn add up to, where that is known already.
    """
    *before, last = _turns(stage, n)
    if said is not None and (known := replace(last, chunks=said)).has_said_something:
        return known.completion()
    for turn in reversed(before if said is not None else [*before, last]):
        for _, body in bodies(transcript, stage, turn.start, turn.end - 1):
            turn.chunks.add(body)
        if turn.has_said_something:
            return turn.completion()
    return None


def _turns(stage: Stage, n: int) -> list[_Turn]:
    starts = [stage.first_frame, *(frame for frame, _ in stage.turns.history() if frame <= n)]
    spans = zip(starts, [*starts[1:], n + 1], strict=True)
    return [_Turn(stage, number, start, end) for number, (start, end) in enumerate(spans)]


def bodies(transcript: Transcript, stage: Stage, start: int, n: int) -> Iterator[tuple[int, JsonObject]]:
    """The chunks of `stage` from frame `start` to frame `n`."""
    for frame in transcript.stages_index.frames_of(stage, n, start):
        events = transcript.events(frame)
        chunks = [event.body for event in events if isinstance(event, Chunk)]
        owners = [transcript.stage_at(frame)] if len(chunks) < 2 else _owners(transcript, stage, frame, events)
        for body, owner in zip(chunks, owners, strict=False):
            if owner is stage:
                yield frame, body


def _owners(transcript: Transcript, stage: Stage, frame: int, events: Sequence[Event]) -> list[Stage | None]:
    """The stage of each chunk in a frame of several, told by how often it turned to another one before the chunk."""
    fold = Stages(has_end_event=stage.has_end_event)
    turns = []
    for event in events:
        fold.apply(frame, [event])
        if isinstance(event, Chunk):
            turns.append(len(fold.turned_to(frame)))
    owners: list[Stage | None] = [*transcript.stages_index.turned_to(frame)]
    if turns[-1] > len(owners):  # what comes first goes on with the stage at hand, which the fold knows nothing of
        owners.insert(0, transcript.stage_at(frame - 1))
    return [owners[min(turn, len(owners)) - 1] for turn in turns]


@dataclass(frozen=True, slots=True)
class _Turn:
    """The frames from `start` to before `end` of one stage, and what their chunks add up to."""

    stage: Stage
    number: int
    start: int
    end: int
    chunks: TurnChunks = field(default_factory=TurnChunks)

    @property
    def has_said_something(self) -> bool:
        return not self.chunks.is_empty and bool(self._choices())

    def completion(self) -> Completion:
        body = self._head()
        body["choices"] = [self._choice(choice) for choice in self._choices()]
        if any("tool_calls" in choice["message"] or "function_call" in choice["message"] for choice in body["choices"]):
            return Completion(self.number, "calls", body)
        return Completion(self.number, "synthesis" if self._after_tools else "text", body)

    @property
    def _after_tools(self) -> bool:
        return self.stage.synthesis_began(self.start)

    def _head(self) -> JsonObject:
        head: JsonObject = {"id": None, "created": None, "model": self.stage.model.at(self.end - 1)}
        head |= self.chunks.head()
        head |= {"object": "chat.completion", "usage": self.stage.usage.last_in(self.start, self.end)}
        head.pop("obfuscation", None)
        return head

    def _choices(self) -> list[Choice]:
        """The choices of this turn; what comes after tools ran is choice 0's, with or without a chunk of its own."""
        known = [choice for _, choice in sorted(self.stage.choices.items()) if choice.first_frame < self.end]
        return [choice for choice in known if not (choice.index and self.number and self._said(choice).is_empty)]

    def _said(self, choice: Choice) -> ChoiceChunks:
        return self.chunks.choices.get(choice.index, _NOTHING)

    def _choice(self, choice: Choice) -> JsonObject:
        said = self._said(choice)
        finish = choice.finish.last_in(self.start, self.end)
        message = self._message(choice, said) | said.fields()
        given = {"index": choice.index, "finish_reason": finish, "logprobs": said.logprobs(), "message": message}
        return (said.head or {}) | given

    def _message(self, choice: Choice, said: ChoiceChunks) -> JsonObject:
        message: JsonObject = {
            "role": said.role or "assistant",
            "content": self._text(choice, "content", said),
            "refusal": self._text(choice, "refusal", said),
        }
        calls = self._calls(choice)
        if listed := [call for call in calls if call.origin != "function_call"]:
            message["tool_calls"] = [
                self._call(call) | {"index": place} | said.extras(call.id.last, call.index)
                for place, call in enumerate(listed)
            ]
        for call in calls:
            if call.origin == "function_call":
                message["function_call"] = self._call(call)["function"]
        return message

    def _calls(self, choice: Choice) -> list[Call]:
        first = bisect_left(choice.calls, self.number, key=attrgetter("turn"))
        last = bisect_right(choice.calls, self.number, lo=first, key=attrgetter("turn"))
        return [call for call in choice.calls[first:last] if call.opened < self.end]

    def _call(self, call: Call) -> JsonObject:
        n = self.end - 1
        function = {"name": call.name.at(n), "arguments": call.arguments.text_at(n)}
        return {"id": call.id.first_at(n), "type": "function", "function": function}

    def _text(self, choice: Choice, channel: str, said: ChoiceChunks) -> str | None:
        """The text of this turn; `None` where the wire never gave one."""
        synthesis = channel == "content" and choice.index == 0 and self._after_tools
        track = self.stage.synthesis if synthesis else getattr(choice, channel)
        text = decode(track.slice(track.size_at(self.start - 1), track.size_at(self.end - 1)))
        return text or ("" if channel in said.given else None)
