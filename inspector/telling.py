"""The typed events of `export --to events` (CLI.md), told as a stage is folded, to whoever listens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from inspector.calls import Call, MatchedBy
from inspector.choice import Choice
from inspector.events import Chunk, ToolCallDelta
from inspector.tracks import TextTrack

# (frame, stage key, choice, type, fields)
Listener: TypeAlias = Callable[[int, str | None, int | None, str, dict[str, Any]], None]


class Teller:
    """Tells one stage's events, and remembers which texts were told to be done."""

    def __init__(self, stage: str, listener: Listener) -> None:
        self._stage = stage
        self._listener = listener
        self._done: dict[tuple[int, str], int] = {}  # size of each text when its done event was told

    def tell(self, frame: int, choice: int | None, kind: str, fields: dict[str, Any]) -> None:
        self._listener(frame, self._stage, choice, kind, fields)

    def chunk(self, frame: int, chunk: Chunk) -> None:
        fields = {"object": chunk.body.get("object"), "model": chunk.body.get("model")}
        self.tell(frame, None, "chunk", fields | ({"repaired": chunk.repaired} if chunk.repaired else {}))

    def call_delta(self, frame: int, call: Call, delta: ToolCallDelta, matched_by: MatchedBy) -> None:
        fields = {"slot": call.slot, "turn": call.turn, "index": delta.index, "id": delta.id, "name": delta.name}
        fields |= {"arguments_delta": delta.arguments or "", "matched_by": matched_by}
        self.tell(frame, delta.choice, "tool_call.delta", fields)

    def call_done(self, frame: int, choice: int, call: Call, *, forced: bool) -> None:
        fields = {"slot": call.slot, "turn": call.turn, "index": call.index, "id": call.id.first_at(frame)}
        fields |= {"name": call.name.last, "arguments": call.arguments.text_at(frame)}
        self.tell(frame, choice, "tool_call.done", fields | _forced(forced))

    def texts_done(self, frame: int, choice: Choice, synthesis: TextTrack, *, forced: bool) -> None:
        """A done event for every text that grew since the last one."""
        texts: list[tuple[str, TextTrack]] = [*choice.texts.items()]
        if not choice.index:
            texts.append(("synthesis", synthesis))
        for name, track in texts:
            if track.size > self._done.get((choice.index, name), 0):
                self._done[choice.index, name] = track.size
                self.tell(frame, choice.index, f"{name}.done", {name: track.text_at(frame)} | _forced(forced))


def _forced(forced: bool) -> dict[str, bool]:
    return {"forced": True} if forced else {}
