"""What a pane is asked to show, and what it has to draw with. Draws nothing itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from inspector.choice import Choice
from inspector.stage import Stage
from inspector.transcript import Transcript
from inspector.ui.glyphs import UNICODE, Glyphs
from inspector.ui.wraps import Wraps

if TYPE_CHECKING:
    from inspector.findings.rule import Finding


class Moment(NamedTuple):
    """The transcript after frame `n`; -1 is before everything. `choice` is the one on show.

    `lit` is the finding of this frame that the user was led to, if any; `now_s` is how long the run goes on, while
    its tools run; `wanted` is the stage that the user asked for, where a frame may have several.
    """

    transcript: Transcript
    n: int
    choice: int = 0
    lit: Finding | None = None
    now_s: float | None = None
    wanted: Stage | None = None

    @property
    def stage(self) -> Stage | None:
        return self.wanted or (self.transcript.stage_at(self.n) if self.n >= 0 else None)

    @property
    def chosen(self) -> Choice | None:
        """The choice on show, once it has said something."""
        stage = self.stage
        choice = stage.choices.get(self.choice) if stage else None
        return choice if choice and choice.first_frame <= self.n else None


@dataclass(frozen=True, slots=True)
class Canvas:
    """`unfolded` names what the user opened that is folded otherwise, or folded that is open otherwise."""

    width: int
    glyphs: Glyphs = UNICODE
    wraps: Wraps = field(default_factory=Wraps)
    unfolded: frozenset[str] = frozenset()
