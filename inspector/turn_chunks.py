"""What the chunks of one turn add up to besides texts and calls, which the tracks have; no chunk is kept."""

from __future__ import annotations

from typing import Any

from inspector.events import JsonObject
from inspector.merging import Merging, merge

_FROM_TRACKS = frozenset({"content", "refusal", "tool_calls", "function_call", "role"})
_OF_CALLS = frozenset({"index", "id", "type", "function", "name", "arguments"})
_LAST_COUNTS = ("system_fingerprint", "service_tier", "moderation")


class TurnChunks:
    """Takes chunks in order. `choices` has what they held for each choice, by its number."""

    def __init__(self) -> None:
        self.is_empty = True
        self.choices: dict[int, ChoiceChunks] = {}
        self._first: JsonObject | None = None
        self._first_real: JsonObject | None = None
        self._last: JsonObject = {}

    def add(self, body: JsonObject) -> None:
        self.is_empty = False
        self._last |= {key: body[key] for key in _LAST_COUNTS if body.get(key) is not None}
        if "choices" not in body:
            return
        if self._first is None:
            self._first = body
        if self._first_real is None and body.get("object") == "chat.completion.chunk":
            self._first_real = body
        choices = body["choices"]
        for place, part in enumerate(choices if isinstance(choices, list) else []):
            if isinstance(part, dict):
                number = part.get("index")
                self._choice(number if type(number) is int else place).add(part)

    def _choice(self, index: int) -> ChoiceChunks:
        known = self.choices.get(index)
        if known is None:
            known = self.choices[index] = ChoiceChunks()
        return known

    def head(self) -> JsonObject:
        """The fields beside the choices."""
        # Azure begins with a filter result that is no chunk; the SDK takes its empty id and model for the answer's.
        head = (self._first or {}) | (self._first_real or {})
        head.setdefault("system_fingerprint", None)
        return head | {key: self._last[key] for key in _LAST_COUNTS if key in self._last}


class ChoiceChunks:
    """What they held for one choice."""

    def __init__(self) -> None:
        self.is_empty = True
        self.role: Any = None  # the first that was said
        self.given: set[str] = set()  # channels that had a text, be it empty
        self.head: JsonObject | None = None  # the fields beside the delta, of the first chunk
        self._fields = Merging()
        self._logprobs = Merging()
        self._of_calls: dict[str | float, Merging] = {}  # what vendors add to a call, by its id or else its number

    def add(self, part: JsonObject) -> None:
        self.is_empty = self.is_empty and not part
        if self.head is None:
            self.head = {key: value for key, value in part.items() if key not in ("delta", "message")}
        if isinstance(logprobs := part.get("logprobs"), dict):
            self._logprobs.add(logprobs)
        delta = part.get("delta")
        if isinstance(delta, dict) and not _is_status(delta):
            self._add_delta(delta)

    def _add_delta(self, delta: JsonObject) -> None:
        self.role = self.role or delta.get("role")
        self.given |= {channel for channel in ("content", "refusal") if isinstance(delta.get(channel), str)}
        if not _FROM_TRACKS.issuperset(delta):
            self._fields.add({key: value for key, value in delta.items() if key not in _FROM_TRACKS})
        fragments = delta.get("tool_calls")
        for fragment in fragments if isinstance(fragments, list) else []:
            if isinstance(fragment, dict) and not _OF_CALLS.issuperset(fragment):
                self._add_to_call(fragment)

    def _add_to_call(self, fragment: JsonObject) -> None:
        """An extra without an id and a number belongs to nobody for sure."""
        call_id, index = fragment.get("id"), fragment.get("index")
        whose = call_id if isinstance(call_id, str) and call_id else None if call_id else index
        if isinstance(whose, str if call_id else int | float):
            extras = {key: value for key, value in fragment.items() if key not in _OF_CALLS}
            self._of_calls.setdefault(whose, Merging()).add(extras)

    def fields(self) -> JsonObject:
        """What vendors add to the message."""
        return self._fields.value()

    def logprobs(self) -> JsonObject | None:
        return self._logprobs.value() or None

    def extras(self, call_id: str | None, index: int | None) -> JsonObject:
        """What vendors add to a call; Gemini's `extra_content` must be sent back."""
        found = (self._of_calls.get(whose) for whose in (call_id, index) if whose is not None)
        return merge(merging.value() for merging in found if merging is not None)


def _is_status(delta: JsonObject) -> bool:
    """Whether an agent server speaks here, and not the assistant."""
    return delta.get("role") == "system" and isinstance(delta.get("metadata"), dict)
