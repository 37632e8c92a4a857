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
        self._done: dict[tuple[int, str | int], Any] = {}  # what was told of each text and call when it was done

    def tell(self, frame: int, choice: int | None, kind: str, fields: dict[str, Any]) -> None:
        self._listener(frame, self._stage, choice, kind, fields)

    def chunk(self, frame: int, chunk: Chunk) -> None:
        fields = {"object": chunk.body.get("object"), "model": chunk.body.get("model")}
        self.tell(frame, None, "chunk", fields | ({"repaired": chunk.repaired} if chunk.repaired else {}))

    def call_delta(self, frame: int, call: Call, delta: ToolCallDelta, matched_by: MatchedBy) -> None:
        fields = {"slot": call.slot, "turn": call.turn, "index": delta.index, "id": delta.id, "name": delta.name}
        fields |= {"arguments_delta": delta.arguments or "", "matched_by": matched_by}
        self.tell(frame, delta.choice, "tool_call.delta", fields)

    def choice_done(
        self, frame: int, choice: Choice, calls: list[Call], synthesis: TextTrack | None, *, forced: bool
    ) -> None:
        """A done event for every text and call that is new, or changed, since the last one."""
        texts: list[tuple[str, TextTrack]] = [*choice.texts.items()]
        if not choice.index and synthesis:
            texts.append(("synthesis", synthesis))
        for name, track in texts:
            if track.size and self._is_news(choice, name, track.size):
                self.tell(frame, choice.index, f"{name}.done", {name: track.text_at(frame)} | _forced(forced))
        for call in calls:
            if self._is_news(choice, call.slot, (call.arguments.size, call.name.last, call.id.last)):
                self._call_done(frame, choice.index, call, forced=forced)

    def _is_news(self, choice: Choice, what: str | int, now: Any) -> bool:
        before = self._done.get((choice.index, what))
        self._done[choice.index, what] = now
        return bool(before != now)

    def _call_done(self, frame: int, choice: int, call: Call, *, forced: bool) -> None:
        fields = {"slot": call.slot, "turn": call.turn, "index": call.index, "id": call.id.first_at(frame)}
        fields |= {"name": call.name.last, "arguments": call.arguments.text_at(frame)}
        self.tell(frame, choice, "tool_call.done", fields | _forced(forced))


def _forced(forced: bool) -> dict[str, bool]:
    return {"forced": True} if forced else {}
