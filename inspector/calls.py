"""One tool call as it grows: its tracks and what its arguments are worth as JSON after any frame."""

from __future__ import annotations

from typing import Literal, TypeAlias

from inspector.events import Origin, ToolCallDelta
from inspector.json_scan import JsonScanner, Verdict
from inspector.tracks import ScalarTrack, TextTrack

MatchedBy: TypeAlias = Literal["index", "id", "position", "guess"]
_SURE: tuple[MatchedBy, ...] = ("index", "id", "position", "guess")  # surest first


class Call:
    """`slot` numbers a choice's calls in order of appearance; `index` is the number the wire gave at first."""

    __slots__ = (
        "_matched_by",
        "_scanner",
        "arguments",
        "done",
        "id",
        "index",
        "matched_by",
        "name",
        "opened",
        "origin",
        "slot",
        "turn",
    )

    def __init__(self, slot: int, turn: int, index: int | None, opened: int, origin: Origin) -> None:
        self.slot = slot
        self.turn = turn
        self.index = index
        self.opened = opened
        self.origin = origin
        self.matched_by: ScalarTrack[MatchedBy] = ScalarTrack()
        self.id: ScalarTrack[str] = ScalarTrack()
        self.name: ScalarTrack[str] = ScalarTrack()
        self.arguments = TextTrack()
        self.done: int | None = None
        self._matched_by: MatchedBy | None = None  # the last one, at hand
        self._scanner = JsonScanner()

    def json_at(self, n: int) -> Verdict:
        """What the arguments are worth after frame `n`."""
        return self.verdict(self.arguments.size_at(n))

    def verdict(self, size: int) -> Verdict:
        """What the first `size` bytes of the arguments are worth; scans only what was not scanned before."""
        scanned = self._scanner.size
        if scanned < size:
            self._scanner.feed(self.arguments.slice(scanned, size))
        return self._scanner.verdict(size)

    def add(self, frame: int, delta: ToolCallDelta, matched_by: MatchedBy) -> None:
        """Take a fragment that belongs to this call, `matched_by` saying how that is known."""
        if matched_by != self._matched_by:
            self._match(frame, matched_by)
        _, _, call_id, name, arguments, _, _ = delta
        if call_id and call_id != self.id.last:  # every id is kept; results name the first
            self.id.set(frame, call_id)
        if name:
            self._rename(frame, name)
        if arguments:
            self.arguments.append(frame, arguments)

    def _rename(self, frame: int, name: str) -> None:
        """Take a name, or the next piece of one. The wire may repeat a name, never change it later."""
        known = self.name.last
        if known is None:
            self.name.set(frame, name)
        elif name != known and not self.arguments.size:
            self.name.set(frame, known + name)

    def _match(self, frame: int, matched_by: MatchedBy) -> None:
        """Keep the least sure way in which a fragment was held to belong to this call."""
        known = self._matched_by
        if known is None or _SURE.index(matched_by) > _SURE.index(known):
            self._matched_by = matched_by
            self.matched_by.set(frame, matched_by)
