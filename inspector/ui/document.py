"""Where the user is in one opened source: the cursor, whether it follows the end, how it plays. Draws nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from inspector import pace, playback
from inspector.asides import ToolBegan
from inspector.kinds import CALL
from inspector.playback import Playhead
from inspector.run import running
from inspector.stage import Stage
from inspector.transcript import Transcript
from inspector.ui.feed import Feed
from inspector.ui.found import next_finding
from inspector.ui.moment import Moment
from inspector.ui.unsent import Unsent

if TYPE_CHECKING:
    from inspector.findings.rule import Finding, Severity


class Document:
    """The cursor is a frame number, -1 while no frame is decoded; all panes show the moment after that frame."""

    def __init__(self, feed: Feed, *, follow: bool = False, clock: Callable[[], float] = time.monotonic) -> None:
        self.feed = feed
        self._clock = clock
        self._began_at_s: float | None = None  # when the run that is live began, by that clock
        self.cursor = playback.BEFORE_ALL
        self.choice = 0
        self.speed = 1.0
        self.playhead: Playhead | None = None  # `None` while paused
        self._dismissed: set[int] = set()  # the numbers of the notices that the user has read
        self.least: Severity = "warn"  # what is found that is not as bad is not listed, nor gone to
        self._lit: Finding | None = None
        self._wanted: tuple[int, int] | None = None  # a frame, and the number of the stage wanted there
        self._follows: bool | None = True if follow else None  # `None`: the user has not moved yet
        self._seen: Transcript | None = None

    @property
    def name(self) -> str:
        """The name of the source, not cleaned."""
        return self.feed.source.name

    @property
    def how_it_is_read(self) -> str:
        """Framing and dialect with the evidence for them, in words."""
        transcript = self.transcript
        framing = f"{transcript.framing}: {transcript.framing_evidence}"
        return f"{framing}; {transcript.dialect}: {transcript.evidence}"

    @property
    def transcript(self) -> Transcript:
        return self.feed.transcript

    @property
    def last(self) -> int:
        """The last frame the cursor may be on."""
        return self.transcript.decoded - 1

    @property
    def behind(self) -> int:
        """How many decoded frames came after the cursor."""
        return self.last - self.cursor

    @property
    def follows(self) -> bool:
        """Whether the cursor stays on the last frame as more come. A live stream is followed until the user moves."""
        return self.feed.is_live if self._follows is None else self._follows

    @property
    def is_unsent(self) -> bool:
        """Nothing is open yet: the first request is still to be written."""
        return isinstance(self.feed.source, Unsent)

    @property
    def is_over(self) -> bool:
        """No frame will come any more."""
        return self.feed.state in ("ended", "stopped")

    @property
    def is_running(self) -> bool:
        """A run of ours that goes on, and can be cancelled."""
        return self.feed.source.is_live and not self.is_over and self.transcript.exchanges.run_end is None

    @property
    def run_s(self) -> float | None:
        """Seconds since the run began that goes on; `None` where none does."""
        return self._clock() - self._began_at_s if self.is_running and self._began_at_s is not None else None

    @property
    def tools(self) -> list[ToolBegan]:
        """The tools of our run that run at the cursor."""
        stage = self.stage if self.is_running else None
        return running(stage, self.cursor) if stage is not None else []

    @property
    def moment(self) -> Moment:
        """What the panes are to show."""
        now_s = self.run_s if self.tools else None
        return Moment(self.transcript, self.cursor, self.choice, self.lit, now_s, self.wanted)

    @property
    def notices(self) -> list[str]:
        """The sentences that are not dismissed, not cleaned: how a run failed, then the newest first."""
        return [sentence for _, sentence in self._standing()]

    def dismiss(self) -> None:
        """Take away the first of the notices, if there is one."""
        self._dismissed.update(number for number, _ in self._standing()[:1])

    def _standing(self) -> list[tuple[int, str]]:
        """The notices with their numbers; -1 is how a run failed, since others may still come."""
        end = self.transcript.exchanges.run_end
        failed = [(-1, end.message)] if end is not None and end.message else []
        every = [*failed, *reversed(list(enumerate(self.transcript.notices)))]
        return [each for each in every if each[0] not in self._dismissed]

    # -- moving ------------------------------------------------------------------------------------------------

    def catch_up(self) -> None:
        """The transcript grew, or is another one."""
        if self.transcript is not self._seen:
            self._seen = self.transcript
            self.cursor, self.choice = playback.BEFORE_ALL, 0
            self._dismissed.clear()
            self.playhead = self._lit = self._wanted = None
        self.cursor = playback.clamp(self.last if self.follows else self.cursor, self.transcript.decoded)
        self._set_the_clock()

    def _set_the_clock(self) -> None:
        """What was heard last happened at least as long ago as it took to be heard."""
        latest_s = pace.latest_s(self.transcript) if self.is_running else None
        if latest_s is not None:
            began_at_s = self._clock() - latest_s
            self._began_at_s = min(began_at_s, self._began_at_s if self._began_at_s is not None else began_at_s)

    def move_to(self, n: int | None, stage: Stage | None = None) -> bool:
        """Put the cursor on frame `n`, and show this stage of it; false where it is there, or can move no further."""
        if n is None or (n == self.cursor and stage in (None, self.stage)):
            return False
        before = self.cursor, self.stage
        self.cursor = playback.clamp(n, self.transcript.decoded)
        self._follows, self._lit = False, None
        self._wanted = (self.cursor, stage.number) if stage is not None else None
        if self.playhead is not None:
            self.playhead = Playhead(self.cursor)
        return (self.cursor, self.stage) != before

    @property
    def stage(self) -> Stage | None:
        """The stage on show: that of the cursor's frame. Of several in one frame it is the last, or the wanted one."""
        return self.wanted or self.transcript.stage_at(self.cursor)

    @property
    def wanted(self) -> Stage | None:
        """The stage that the user asked for, as long as the cursor stays."""
        stages = self.transcript.stages  # which are others when the dialect turns out to be another
        if self._wanted is None or self._wanted[0] != self.cursor or self._wanted[1] >= len(stages):
            return None
        return stages[self._wanted[1]]

    def step(self, by: int) -> bool:
        return self.move_to(self.cursor + by)

    def to_boundary(self, direction: int) -> bool:
        jump = playback.next_boundary if direction > 0 else playback.previous_boundary
        return self.move_to(jump(self.transcript.boundaries, self.cursor))

    def to_call_delta(self, direction: int) -> bool:
        jump = playback.next_of_kind if direction > 0 else playback.previous_of_kind
        return self.move_to(jump(self.transcript.kinds, self.cursor, CALL))

    @property
    def lit(self) -> Finding | None:
        """The finding that the user was led to, as long as the cursor stays there."""
        return self._lit if self._lit is not None and self._lit.frame == self.cursor else None

    def to_finding(self, direction: int) -> Finding | None:
        """To the finding after or before the one that is lit, or else the cursor; `None` where there is none."""
        finding = next_finding(self.transcript, self.cursor, self.lit, direction, self.least)
        if finding is not None:
            self.light(finding)
        return finding

    def light(self, finding: Finding) -> None:
        """Go to a finding and its stage, and light its bytes."""
        stages = self.transcript.stages
        self.move_to(finding.frame, next((each for each in stages if each.key == finding.stage), None))
        self._follows, self._lit = False, finding

    def to_stage(self, direction: int) -> bool:
        """To the first frame of the stage after or before the one the cursor is in."""
        number = -1 if self.stage is None else self.stage.number
        stages = self.transcript.stages
        if 0 <= number + direction < len(stages):
            stage = stages[number + direction]
            return self.move_to(stage.first_frame, stage)
        return False

    def to_start(self) -> bool:
        return self.move_to(min(0, self.last))

    def to_end(self) -> None:
        """To the last frame, and on with it as more come."""
        self.move_to(self.last)
        self._follows = True

    # -- playing -----------------------------------------------------------------------------------------------

    def toggle_play(self) -> None:
        if self.playhead is not None:
            self.playhead = None
            return
        if self.follows and not self.is_over:  # a live stream stands still, and goes on coming in
            self._follows = False
            return
        if self.is_over and self.cursor >= self.last:
            self.cursor = min(0, self.last)
        self._follows = False
        self.playhead = Playhead(self.cursor)

    def play(self, elapsed_s: float) -> bool:
        """Move on as far as so many seconds lead; false where the cursor did not move."""
        if self.playhead is None:
            return False
        before = self.cursor
        transcript = self.transcript
        self.playhead = playback.play(self.playhead, elapsed_s * self.speed, transcript.decoded, transcript.time_of)
        self.cursor = self.playhead.frame
        if self.is_over and self.cursor >= self.last:
            self.playhead = None
        return self.cursor != before

    # -- choices -----------------------------------------------------------------------------------------------

    @property
    def choices(self) -> list[int]:
        """The choices of the stage at the cursor that said something by then."""
        stage = self.stage
        if stage is None:
            return []
        return sorted(each.index for each in list(stage.choices.values()) if each.first_frame <= self.cursor)

    def next_choice(self) -> bool:
        choices = self.choices
        if len(choices) < 2:
            return False
        self.choice = next((index for index in choices if index > self.choice), choices[0])
        return True
