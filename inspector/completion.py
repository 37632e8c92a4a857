"""The `chat.completion` objects that a stage adds up to after any frame.

Texts and calls come from the tracks; what no track keeps (logprobs, annotations, vendors' fields) is merged anew from
the chunks, so that nothing has to be kept for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from inspector.calls import Call
from inspector.events import Chunk, JsonObject
from inspector.merging import merge
from inspector.stage import Choice, Stage
from inspector.tracks import decode
from inspector.transcript import Transcript

_FROM_TRACKS = frozenset({"content", "refusal", "tool_calls", "function_call", "role"})
_LAST_COUNTS = ("usage", "system_fingerprint", "service_tier")


@dataclass(frozen=True, slots=True)
class Completion:
    """One turn of a stage; `phase` is what the turn was for."""

    turn: int
    phase: Literal["text", "calls", "synthesis"]
    body: JsonObject


def completions(transcript: Transcript, stage: Stage, n: int) -> list[Completion]:
    """The completions of `stage` after frame `n`, one for each turn that has begun."""
    bodies = list(_bodies(transcript, stage, n))
    starts = [stage.first_frame, *(frame for frame, _ in stage.turns.history() if frame <= n)]
    ends = [*starts[1:], n + 1]
    turns = [
        _Turn(stage, number, start, end, [body for frame, body in bodies if start <= frame < end])
        for number, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]
    return [turn.completion() for turn in turns if turn.chunks]


def _bodies(transcript: Transcript, stage: Stage, n: int) -> Iterator[tuple[int, JsonObject]]:
    for frame in transcript.stages_index.frames_of(stage, n):
        for event in transcript.events(frame):
            if isinstance(event, Chunk):
                yield frame, event.body


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
        body["choices"] = [self._choice(choice) for choice in self._choices()]
        if any("tool_calls" in choice["message"] or "function_call" in choice["message"] for choice in body["choices"]):
            return Completion(self.number, "calls", body)
        return Completion(self.number, "synthesis" if self._after_tools else "text", body)

    @property
    def _after_tools(self) -> bool:
        return self.stage.synthesis_began(self.start)

    def _head(self) -> JsonObject:
        # Azure begins with a filter result that is no chunk; the SDK takes the first real one, and so do we.
        real = [body for body in self.chunks if body.get("object") == "chat.completion.chunk"]
        first = next(iter(real or [body for body in self.chunks if "choices" in body]), {})
        head = {"system_fingerprint": None, "usage": None, **first, "object": "chat.completion"}
        head.pop("obfuscation", None)
        for key in _LAST_COUNTS:
            given = [body[key] for body in self.chunks if body.get(key) is not None]
            if given:
                head[key] = given[-1]
        return head

    def _choices(self) -> list[Choice]:
        choices = [choice for _, choice in sorted(self.stage.choices.items()) if choice.first_frame < self.end]
        return choices[:1] if self.number else choices

    def _choice(self, choice: Choice) -> JsonObject:
        parts = list(self._parts(choice.index))
        head = {key: value for key, value in (parts[0] if parts else {}).items() if key not in ("delta", "message")}
        deltas = [part["delta"] for part in parts if isinstance(part.get("delta"), dict)]
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
            message["tool_calls"] = [self._call(call) | {"index": place} for place, call in enumerate(listed)]
        for call in calls:
            if call.origin == "function_call":
                message["function_call"] = self._call(call)["function"]
        return message

    def _call(self, call: Call) -> JsonObject:
        n = self.end - 1
        function = {"name": call.name.at(n), "arguments": call.arguments.text_at(n)}
        return {"id": call.id.first_at(n), "type": "function", "function": function}

    def _text(self, choice: Choice, channel: str, deltas: list[Any]) -> str | None:
        """The text of this turn; `None` where the wire never gave one."""
        synthesis = channel == "content" and choice.index == 0 and self._after_tools
        track = self.stage.synthesis if synthesis else getattr(choice, channel)
        text = decode(track.slice(track.size_at(self.start - 1), track.size_at(self.end - 1)))
        return text or ("" if any(isinstance(delta.get(channel), str) for delta in deltas) else None)
