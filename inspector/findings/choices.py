"""What frames have of choices and calls, read anew; asked only for what is found. Judges nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from inspector.calls import Call
from inspector.events import Chunk, Event, JsonObject, TextDelta, ToolCallDelta
from inspector.findings.fragments import fragments_in, index_of, sent_as
from inspector.findings.objects import places
from inspector.findings.recent import Recent
from inspector.json_place import Path
from inspector.transcript import Transcript

_Arguments: TypeAlias = dict[str | int | None, tuple[int, Path]]  # by id, else index: of the first, its place and path


class SentChoice(NamedTuple):
    choice: JsonObject  # as sent; empty where the chunk does not have it
    path: Path  # of it in the chunk


class _Sent:
    """What one frame has."""

    def __init__(self, events: Sequence[Event]) -> None:
        self.choices: dict[int, list[SentChoice]] = {}  # by index, that of each chunk
        self.texts: dict[tuple[int, str], list[tuple[SentChoice, str]]] = {}  # what each says, by choice and channel
        self.arguments: dict[int, _Arguments] = {}  # by choice
        body: JsonObject = {}
        fragments = fragments_in(body)
        for place, (event, begin) in enumerate(zip(events, places(events), strict=True)):
            if isinstance(event, Chunk):
                body, fragments = event.body, fragments_in(event.body)
                self._note_choices(body, begin)
            elif isinstance(event, TextDelta):
                self._note_text(event, begin)
            elif isinstance(event, ToolCallDelta):
                sent, path = sent_as(body, event, fragments)
                field = ("function", "arguments") if "function" in sent else ("arguments",)
                known = self.arguments.setdefault(event.choice, {})
                known.setdefault(event.id or event.index, (place, (*path, *field)))

    def _note_choices(self, body: JsonObject, begin: Path) -> None:
        choices = body.get("choices")
        for position, sent in enumerate(choices if isinstance(choices, list) else ()):
            if isinstance(sent, dict):
                known = self.choices.setdefault(index_of(sent, position), [])
                known.append(SentChoice(sent, (*begin, "choices", position)))

    def _note_text(self, event: TextDelta, begin: Path) -> None:
        known = self.choices.get(event.choice)
        is_there = known is not None and known[-1].path[: len(begin)] == begin
        choice = known[-1] if known and is_there else SentChoice({}, (*begin, "choices"))
        self.texts.setdefault((event.choice, event.channel), []).append((choice, event.text))


class Choices:
    """Looks up one frame after another; many signs may be in the same one."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._looked: Recent[_Sent] = Recent()

    def sent(self, n: int, choice: int, field: str = "index") -> SentChoice:
        """A choice as frame `n` has it, of several chunks the first that has something in this field of it."""
        known = self._look_up(n).choices.get(choice) or [SentChoice({}, ("choices",))]
        return next((each for each in known if each.choice.get(field)), known[0])

    def texts(self, n: int, choice: int, channel: str) -> list[tuple[SentChoice, str]]:
        """What frame `n` says in a channel, each piece with the choice that holds it."""
        return self._look_up(n).texts.get((choice, channel), [])

    def arguments(self, n: int, call: Call, choice: int) -> Path:
        """Where frame `n` has the arguments that it brought for a call."""
        places = self._look_up(n).arguments.get(choice, {})
        keys = (*(call_id for _, call_id in call.id.history()), call.index)
        found = [places[key] for key in keys if key is not None and key in places]
        return min(found or places.values(), default=(0, ("choices",)))[1]

    def _look_up(self, n: int) -> _Sent:
        return self._looked.get((n, self._transcript.span(n)), lambda: _Sent(self._transcript.events(n)))
