"""The `chat.completion` objects that a stage adds up to after any frame.

Texts and calls come from the tracks; what no track keeps (logprobs, annotations, vendors' fields) is merged anew from
the chunks, so that nothing has to be kept for it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from inspector.calls import Call
from inspector.choice import Choice
from inspector.events import Chunk, Event, JsonObject
from inspector.merging import merge
from inspector.stage import Stage
from inspector.stages import Stages
from inspector.tracks import decode
from inspector.transcript import Transcript

_FROM_TRACKS = frozenset({"content", "refusal", "tool_calls", "function_call", "role"})
_OF_CALLS = frozenset({"index", "id", "type", "function", "name", "arguments"})
_LAST_COUNTS = ("system_fingerprint", "service_tier", "moderation")


@dataclass(frozen=True, slots=True)
class Completion:
    """One turn of a stage; `phase` is what the turn was for."""

    turn: int
    phase: Literal["text", "calls", "synthesis"]
    body: JsonObject


def completions(transcript: Transcript, stage: Stage, n: int) -> list[Completion]:
    """The completions of `stage` after frame `n`, one for each turn that has begun."""
    found = list(_bodies(transcript, stage, n))
    frames, bodies = [frame for frame, _ in found], [body for _, body in found]
    starts = [stage.first_frame, *(frame for frame, _ in stage.turns.history() if frame <= n)]
    ends = [*starts[1:], n + 1]
    turns = [
        _Turn(stage, number, start, end, bodies[bisect_left(frames, start) : bisect_left(frames, end)])
        for number, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]
    return [turn.completion() for turn in turns if turn.chunks and turn.choices()]


def _bodies(transcript: Transcript, stage: Stage, n: int) -> Iterator[tuple[int, JsonObject]]:
    for frame in transcript.stages_index.frames_of(stage, n):
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
    """The frames from `start` to before `end` of one stage, and their chunks."""

    stage: Stage
    number: int
    start: int
    end: int
    chunks: list[JsonObject]

    def completion(self) -> Completion:
        body = self._head()
        body["choices"] = [self._choice(choice) for choice in self.choices()]
        if any("tool_calls" in choice["message"] or "function_call" in choice["message"] for choice in body["choices"]):
            return Completion(self.number, "calls", body)
        return Completion(self.number, "synthesis" if self._after_tools else "text", body)

    @property
    def _after_tools(self) -> bool:
        return self.stage.synthesis_began(self.start)

    def _head(self) -> JsonObject:
        # Azure begins with a filter result that is no chunk; the SDK takes its empty id and model for the answer's.
        given = [body for body in self.chunks if "choices" in body]
        real = [body for body in given if body.get("object") == "chat.completion.chunk"]
        head: JsonObject = {"id": None, "created": None, "model": self.stage.model.at(self.end - 1)}
        for body in (given[:1], (real or given)[:1]):
            head |= body[0] if body else {}
        head.setdefault("system_fingerprint", None)
        for key in _LAST_COUNTS:
            head |= next(({key: body[key]} for body in reversed(self.chunks) if body.get(key) is not None), {})
        usage = next((usage for frame, usage in reversed(self.stage.usage.history()) if self._has(frame)), None)
        head |= {"object": "chat.completion", "usage": usage}
        head.pop("obfuscation", None)
        return head

    def choices(self) -> list[Choice]:
        """The choices of this turn; what comes after tools ran is choice 0's, with or without a chunk of its own."""
        known = [choice for _, choice in sorted(self.stage.choices.items()) if choice.first_frame < self.end]
        return [choice for choice in known if not (choice.index and self.number) or any(self._parts(choice.index))]

    def _choice(self, choice: Choice) -> JsonObject:
        parts = list(self._parts(choice.index))
        head = {key: value for key, value in (parts[0] if parts else {}).items() if key not in ("delta", "message")}
        deltas = [delta for part in parts if isinstance(delta := part.get("delta"), dict) and not _is_status(delta)]
        extras = merge({key: value for key, value in delta.items() if key not in _FROM_TRACKS} for delta in deltas)
        logprobs = merge(part["logprobs"] for part in parts if isinstance(part.get("logprobs"), dict))
        message = self._message(choice, deltas) | extras
        finish = next((reason for frame, reason in reversed(choice.finish.history()) if self._has(frame)), None)
        given = {"index": choice.index, "finish_reason": finish, "logprobs": logprobs or None, "message": message}
        return head | given

    def _has(self, frame: int) -> bool:
        return self.start <= frame < self.end

    def _parts(self, index: int) -> Iterator[JsonObject]:
        """What the chunks hold for one choice."""
        for body in self.chunks:
            choices = body.get("choices")
            for place, part in enumerate(choices if isinstance(choices, list) else []):
                if isinstance(part, dict):
                    number = part.get("index")
                    if (number if type(number) is int else place) == index:
                        yield part

    def _message(self, choice: Choice, deltas: list[JsonObject]) -> JsonObject:
        message: JsonObject = {
            "role": next((delta["role"] for delta in deltas if delta.get("role")), "assistant"),
            "content": self._text(choice, "content", deltas),
            "refusal": self._text(choice, "refusal", deltas),
        }
        calls = [call for call in choice.calls if call.turn == self.number and call.opened < self.end]
        listed = [call for call in calls if call.origin != "function_call"]
        if listed:
            extras = [merge(self._extras(call, deltas)) for call in listed]
            message["tool_calls"] = [
                self._call(call) | {"index": place} | extras[place] for place, call in enumerate(listed)
            ]
        for call in calls:
            if call.origin == "function_call":
                message["function_call"] = self._call(call)["function"]
        return message

    def _call(self, call: Call) -> JsonObject:
        n = self.end - 1
        function = {"name": call.name.at(n), "arguments": call.arguments.text_at(n)}
        return {"id": call.id.first_at(n), "type": "function", "function": function}

    def _extras(self, call: Call, deltas: list[JsonObject]) -> Iterator[JsonObject]:
        """What vendors add to a call; Gemini's `extra_content` must be sent back."""
        for delta in deltas:
            fragments = delta.get("tool_calls")
            for fragment in fragments if isinstance(fragments, list) else []:
                if isinstance(fragment, dict) and not _OF_CALLS.issuperset(fragment) and _is_of(fragment, call):
                    yield {key: value for key, value in fragment.items() if key not in _OF_CALLS}

    def _text(self, choice: Choice, channel: str, deltas: list[Any]) -> str | None:
        """The text of this turn; `None` where the wire never gave one."""
        synthesis = channel == "content" and choice.index == 0 and self._after_tools
        track = self.stage.synthesis if synthesis else getattr(choice, channel)
        text = decode(track.slice(track.size_at(self.start - 1), track.size_at(self.end - 1)))
        return text or ("" if any(isinstance(delta.get(channel), str) for delta in deltas) else None)


def _is_status(delta: JsonObject) -> bool:
    """Whether an agent server speaks here, and not the assistant."""
    return delta.get("role") == "system" and isinstance(delta.get("metadata"), dict)


def _is_of(fragment: JsonObject, call: Call) -> bool:
    """By its id, or else by its number; an extra without either belongs to nobody for sure."""
    if fragment.get("id"):
        return bool(fragment["id"] == call.id.last)
    return call.index is not None and bool(fragment.get("index") == call.index)
