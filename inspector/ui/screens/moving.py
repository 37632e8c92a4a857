"""Moves the cursor of the main screen: by a step, to a place, by playing. Says so where there is nowhere to go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.timer import Timer

from inspector import playback
from inspector.ui.document import Document
from inspector.ui.found import in_short, in_short_to_do, none_further
from inspector.ui.glyphs import Glyphs
from inspector.ui.keys import Keymap
from inspector.ui.pane import Pane
from inspector.ui.screens.showing import Showing

if TYPE_CHECKING:
    from inspector.findings.rule import Finding
    from inspector.ui.goto import Place

TICK_S = 1 / 30
ADVICE_HEIGHT = 24  # rows of a terminal in which there is room to say along with a finding what to do
_SIDES = {1: "after", -1: "before"}
_SPEEDS: dict[str, Callable[[float], float]] = {
    "faster": playback.faster,
    "slower": playback.slower,
    "normal": lambda speed: 1.0,
}


class Moving(Showing):
    """`clock` gives seconds, for playing."""

    def __init__(
        self,
        documents: Sequence[Document],
        glyphs: Glyphs,
        keymap: Keymap,
        clock: Callable[[], float],
        *,
        may_send: bool,
    ) -> None:
        super().__init__(documents, glyphs, keymap, may_send=may_send)
        self._clock = clock
        self._played_at_s = 0.0
        self._player: Timer | None = None

    def _moved(self, moved: bool, otherwise: str = "") -> None:
        if moved:
            self.show_moment()
        elif otherwise:
            self.say(otherwise)

    def on_pane_cursor_wanted(self, message: Pane.CursorWanted) -> None:
        self._moved(self.document.move_to(message.frame))

    # -- stepping and going ------------------------------------------------------------------------------------

    def action_step(self, by: int) -> None:
        self._moved(self.document.step(by))

    def action_boundary(self, direction: int) -> None:
        otherwise = f"No call, result, phase or stage begins {_SIDES[direction]} this."
        self._moved(self.document.to_boundary(direction), otherwise)

    def action_stage(self, direction: int) -> None:
        self._moved(self.document.to_stage(direction), f"There is no stage {_SIDES[direction]} this.")

    def action_call_delta(self, direction: int) -> None:
        otherwise = f"There is no piece of a tool call {_SIDES[direction]} this."
        self._moved(self.document.to_call_delta(direction), otherwise)

    def action_finding(self, direction: int) -> None:
        finding = self.document.to_finding(direction)
        self.show_moment()
        if finding is None:
            self.say(none_further(self.document.transcript, self.document.least, direction))
        else:
            has_room = self.size.height >= ADVICE_HEIGHT
            self.say(in_short(finding, self.glyphs), *([in_short_to_do(finding)] if has_room else []))

    def action_findings(self) -> None:
        from inspector.ui.screens.findings import FindingList

        self.app.clear_notifications()  # the list says it all, and they would lie over it
        self.app.push_screen(FindingList(self.document, self.glyphs), self._show_finding)

    def _show_finding(self, finding: Finding | None) -> None:
        if finding is not None:
            self.document.light(finding)
            self.body.show_bytes()
            self.show_moment()

    def action_start(self) -> None:
        self._moved(self.document.to_start())

    def action_end(self) -> None:
        self.document.to_end()
        self.show_moment()

    def action_go_to(self) -> None:
        from inspector.ui.screens.go_to import GoTo

        self.app.push_screen(GoTo(self.document), self._go)

    def action_stages(self) -> None:
        from inspector.ui.screens.stages import StageList

        self.app.push_screen(StageList(self.document, self.glyphs), self._go)

    def _go(self, place: Place | None) -> None:
        if place is not None:
            self._moved(self.document.move_to(place.frame, place.stage))

    def _go_to_frame(self, frame: int | None) -> None:
        self._moved(self.document.move_to(frame, self.document.stage))

    # -- playing -----------------------------------------------------------------------------------------------

    def action_play(self) -> None:
        self.document.toggle_play()
        self._played_at_s = self._clock()
        if self._player is None:
            self._player = self.set_interval(TICK_S, self.tick)
        self._player.resume()
        self.show_moment()

    def action_speed(self, change: str) -> None:
        self.document.speed = _SPEEDS[change](self.document.speed)
        self.show_moment()

    def tick(self) -> None:
        """Play on by the time that has passed since the last tick."""
        now_s = self._clock()
        moved = self.document.play(now_s - self._played_at_s)
        self._played_at_s = now_s
        if self.document.playhead is None:
            if self._player is not None:
                self._player.pause()
            self.show_moment()
        elif moved:
            self.show_moment()
