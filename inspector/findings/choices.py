"""What frames have of choices and calls, read anew; asked only for what is found. Judges nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from inspector.calls import Call
from inspector.events import Chunk, Event, JsonObject, ToolCallDelta
from inspector.findings.fragments import fragments_in, index_of, sent_as
from inspector.findings.recent import Recent
from inspector.json_place import Path
from inspector.transcript import Transcript

_Arguments: TypeAlias = dict[str | int | None, tuple[int, Path]]  # by id, else index: of the first, its place and path


class _Sent:
    """What one frame has."""

    def __init__(self, events: Sequence[Event]) -> None:
        self.choices: dict[int, tuple[JsonObject, Path]] = {}
        self.arguments: dict[int, _Arguments] = {}  # by choice
        body: JsonObject = {}
        fragments = fragments_in(body)
        for place, event in enumerate(events):
            if isinstance(event, Chunk):
                body, fragments = event.body, fragments_in(event.body)
                self._note_choices(body)
            elif isinstance(event, ToolCallDelta):
                sent, path = sent_as(body, event, fragments)
                field = ("function", "arguments") if "function" in sent else ("arguments",)
                known = self.arguments.setdefault(event.choice, {})
                known.setdefault(event.id or event.index, (place, (*path, *field)))

    def _note_choices(self, body: JsonObject) -> None:
        choices = body.get("choices")
        for position, sent in enumerate(choices if isinstance(choices, list) else ()):
            if isinstance(sent, dict):
                self.choices.setdefault(index_of(sent, position), (sent, ("choices", position)))


class Choices:
    """Looks up one frame after another; many signs may be in the same one."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._looked: Recent[_Sent] = Recent()

    def sent(self, n: int, choice: int) -> tuple[JsonObject, Path]:
        """A choice as frame `n` has it, and its path in the chunk; an empty one where the frame does not have it."""
        return self._look_up(n).choices.get(choice, ({}, ("choices",)))

    def arguments(self, n: int, call: Call, choice: int) -> Path:
        """Where frame `n` has the arguments that it brought for a call."""
        places = self._look_up(n).arguments.get(choice, {})
        keys = (*(call_id for _, call_id in call.id.history()), call.index)
        found = [places[key] for key in keys if key is not None and key in places]
        return min(found or places.values(), default=(0, ("choices",)))[1]

    def _look_up(self, n: int) -> _Sent:
        return self._looked.get((n, self._transcript.span(n)), lambda: _Sent(self._transcript.events(n)))
