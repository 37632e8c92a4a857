"""What a person types to go somewhere, and the frame it means. Reads the transcript, moves nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias, assert_never

from inspector.stage import Stage
from inspector.transcript import Transcript

FORMS = "42, 1.5s, 50%, call 1, stage 2"
_NO_COMMAS = "A comma may be a point or nothing: write 1.5s, or 12000."
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0}


@dataclass(frozen=True, slots=True)
class ToFrame:
    frame: int


@dataclass(frozen=True, slots=True)
class ToTime:
    at_s: float


@dataclass(frozen=True, slots=True)
class ToShare:
    """A share of all decoded frames; 1 is the last of them."""

    share: float


@dataclass(frozen=True, slots=True)
class ToCall:
    """A call of the current stage, by the number the pane shows."""

    slot: int


@dataclass(frozen=True, slots=True)
class ToStage:
    """A stage by its id on the wire, or else by its place, the first one being 1."""

    name: str


class Place(NamedTuple):
    """A frame, and the stage of it that is meant, if one is: a frame may have several."""

    frame: int
    stage: Stage | None = None


Target: TypeAlias = ToFrame | ToTime | ToShare | ToCall | ToStage

_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Target]], ...] = (
    (re.compile(r"(\d{1,12})"), lambda m: ToFrame(int(m[1]))),
    (re.compile(r"(\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})\s*(ms|s|m)"), lambda m: ToTime(float(m[1]) * _SECONDS[m[2]])),
    (re.compile(r"(\d{1,3}(?:\.\d{1,9})?)\s*%"), lambda m: ToShare(float(m[1]) / 100)),
    (re.compile(r"call\s*(\d{1,9})"), lambda m: ToCall(int(m[1]))),
    (re.compile(r"stage\s*(\d{1,9}|\s\S.*)"), lambda m: ToStage(m[1].strip())),
)


def parse(text: str) -> Target | None:
    """The target that was typed, `None` where it has none of the forms."""
    for form, target in _FORMS:
        if match := form.fullmatch(text.strip()):
            return target(match)
    return None


def unread(text: str) -> str:
    """Why what was typed is no target."""
    return _NO_COMMAS if "," in text else f"Where is that? One of: {FORMS}"


def find(target: Target, transcript: Transcript, stage: Stage | None) -> Place | str:
    """Where a target is, with this stage on show, or a sentence (not cleaned) why there is none."""
    match target:
        case ToFrame(frame):
            return _frame(frame, transcript)
        case ToTime(at_s):
            return _time(at_s, transcript)
        case ToShare(share):
            return _share(share, transcript)
        case ToCall(slot):
            return _call(slot, stage)
        case ToStage(name):
            return _stage(name, transcript)
        case _:
            assert_never(target)


def place_of(stage: Stage) -> Place:
    """Where a stage begins. That of a run begins with its request, before all frames."""
    return Place(max(stage.first_frame, 0), stage)


def _frame(frame: int, transcript: Transcript) -> Place | str:
    if frame < transcript.decoded:
        return Place(frame)
    if frame < transcript.framed:
        return f"Frame {frame} is not decoded yet, only {transcript.decoded} are: wait, or go to an earlier one."
    return f"There is no frame {frame}: the stream has {_counted(transcript.framed, 'frame')}, the first one is 0."


def _share(share: float, transcript: Transcript) -> Place | str:
    if share > 1:
        return f"There is no {share * 100:g}%: the last frame is at 100%."
    return Place(max(round(share * (transcript.decoded - 1)), 0))


def _time(at_s: float, transcript: Transcript) -> Place | str:
    decoded = transcript.decoded
    if not decoded or transcript.time_of(decoded - 1) is None:
        return "No times were recorded with this stream: go by frame (42) or by share (50%)."
    # Frames without a time, at the start of a followed file, were there before all that have one.
    came = bisect_right(range(decoded), at_s, key=lambda n: transcript.time_of(n) or 0.0)
    return Place(max(came - 1, 0))


def _call(slot: int, stage: Stage | None) -> Place | str:
    calls = [call for choice in list(stage.choices.values()) for call in choice.calls] if stage else []
    for call in calls:
        if call.slot == slot:
            return Place(call.opened, stage)
    return f"There is no call {slot} in this stage: it has {_counted(len(calls), 'call')}, the first one is 0."


def _stage(name: str, transcript: Transcript) -> Place | str:
    stages = transcript.stages
    for stage in stages:
        if stage.key == name:
            return place_of(stage)
    if name.isascii() and name.isdigit() and 0 < int(name) <= len(stages):
        return place_of(stages[int(name) - 1])
    return f"There is no stage {name}: the stream has {_counted(len(stages), 'stage')}, the first one is 1."


def _counted(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"
