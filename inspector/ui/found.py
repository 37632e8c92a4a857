"""What was found in a transcript, as the screen asks for it: how it looks, and where the next finding is.

Imports the findings only where there are some: no rule is loaded for the first screen.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from inspector.playback import next_of_kind, previous_of_kind
from inspector.stage import Stage
from inspector.transcript import Transcript
from inspector.ui.glyphs import Glyphs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.findings.rule import Finding, Severity
    from inspector.findings.tally import Tally
    from inspector.findings.watch import Findings

MOST_CHARACTERS = 300  # of a message that has one line
_SHOWN: dict[Severity, str] = {"error": "error", "warn": "error or warning", "info": "finding"}
_MARKED: tuple[Severity, ...] = ("error", "warn")  # the worst first; infos are not worth a mark


class Sign(NamedTuple):
    """A glyph with its look."""

    glyph: str
    look: str


def sign(severity: Severity, glyphs: Glyphs) -> Sign:
    """How a severity is drawn, beside its word or alone."""
    if severity == "error":
        return Sign(glyphs.invalid, "bad")
    return Sign(glyphs.warning, "warning") if severity == "warn" else Sign(glyphs.info, "dim")


def watcher_of(transcript: Transcript) -> Findings | None:
    """`None` while nobody looks for findings yet."""
    if transcript.watcher is None:
        return None
    from inspector.findings.watch import Findings

    return transcript.watcher if isinstance(transcript.watcher, Findings) else None


def tally_of(transcript: Transcript) -> Tally | None:
    watcher = watcher_of(transcript)
    return watcher.tally if watcher is not None else None


def errors_of(transcript: Transcript, stage: Stage) -> int:
    """How many errors there are in a stage, those of no stage included."""
    tally = tally_of(transcript)
    return tally.errors[stage.key] + tally.errors[None] if tally is not None else 0


def found_at(transcript: Transcript, frame: int) -> Sequence[Finding]:
    """The findings of a frame."""
    tally = tally_of(transcript)
    return tally.at(frame) if tally is not None else ()


class Marks:
    """Which frames have an error or a warning."""

    def __init__(self, transcript: Transcript, glyphs: Glyphs) -> None:
        tally = tally_of(transcript)
        self._marks = tally.marks if tally is not None else b""
        self._signs = [(_mark(each), sign(each, glyphs)) for each in _MARKED] if self._marks else []

    def worst(self, first: int, end: int) -> Sign | None:
        """That of the worst finding in these frames, `None` where there is none."""
        for mark, drawn in self._signs:
            if self._marks.find(mark, first, end) >= 0:
                return drawn
        return None


def _mark(severity: Severity) -> int:
    from inspector.findings.tally import MARKS

    return MARKS[severity]


def is_shown(finding: Finding, least: Severity) -> bool:
    """Whether it is as bad as that, or worse."""
    return _mark(finding.severity) >= _mark(least)


def is_same(one: Finding, other: Finding | None) -> bool:
    """Whether they are one finding, however often it came by then."""
    return other is not None and replace(one, count=other.count) == other


def next_finding(
    transcript: Transcript, n: int, lit: Finding | None, direction: int, least: Severity
) -> Finding | None:
    """The finding after, or with -1 before, the one that is lit; the cursor's frame counts where none is."""
    tally = tally_of(transcript)
    if tally is None:
        return None
    here = _in_order(tally, n, direction, least)
    places = [place for place, each in enumerate(here) if is_same(each, lit)]
    rest = here[places[0] + 1 :] if places else here
    if rest:
        return rest[0]
    frame = _next_frame(tally, n, direction, least)
    return _in_order(tally, frame, direction, least)[0] if frame is not None else None


def in_short(finding: Finding, glyphs: Glyphs) -> str:
    """A finding in a line, not cleaned."""
    drawn = sign(finding.severity, glyphs)
    message = finding.message[:MOST_CHARACTERS].partition("\n")[0]
    return f"{drawn.glyph} {finding.severity} {finding.code} {finding.name}: {message}"


def in_short_to_do(finding: Finding) -> str:
    """The first sentence of its advice, not cleaned."""
    first, stop, _ = finding.advice.partition(". ")
    return f"What to do: {first}{stop.strip()}"


def unlisted(transcript: Transcript, least: Severity) -> list[tuple[str, int]]:
    """Codes so bad, or worse, of which there were too many to keep, and how often each came after those."""
    tally = tally_of(transcript)
    beyond = list(tally.beyond.items()) if tally is not None else []
    return [(code, count) for code, count in beyond if tally and _mark(tally.severities[code]) >= _mark(least)]


def none_further(transcript: Transcript, least: Severity, direction: int) -> str:
    """Why there is no finding to go to."""
    if direction > 0 and (codes := ", ".join(code for code, _ in unlisted(transcript, least))):
        return f"Nothing listed comes after this. Of {codes} there is more, which is not listed."
    return f"There is no {_SHOWN[least]} {'after' if direction > 0 else 'before'} this."


def _in_order(tally: Tally, frame: int, direction: int, least: Severity) -> list[Finding]:
    return [each for each in tally.at(frame) if is_shown(each, least)][::direction]


def _next_frame(tally: Tally, n: int, direction: int, least: Severity) -> int | None:
    jump, nearest = (next_of_kind, min) if direction > 0 else (previous_of_kind, max)
    frames = [jump(tally.marks, n, mark) for mark in range(_mark(least), _mark("error") + 1)]
    return nearest([frame for frame in frames if frame is not None], default=None)
