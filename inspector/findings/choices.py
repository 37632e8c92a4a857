"""Where the fields of a choice stand in its chunks, read anew; asked only for what is found. Judges nothing."""

from __future__ import annotations

from inspector.events import Chunk, JsonObject
from inspector.findings.fragments import index_of
from inspector.json_place import Path
from inspector.transcript import Transcript


def choice_in(transcript: Transcript, n: int, choice: int) -> tuple[JsonObject, Path]:
    """This choice as frame `n` has it, and its path in the chunk; an empty one where the frame does not have it."""
    for event in transcript.events(n):
        choices = event.body.get("choices") if isinstance(event, Chunk) else None
        for position, sent in enumerate(choices if isinstance(choices, list) else ()):
            if isinstance(sent, dict) and index_of(sent, position) == choice:
                return sent, ("choices", position)
    return {}, ("choices",)
