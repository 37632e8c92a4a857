"""The chunks of one answer: of one turn of a stage, which is what a client adds up. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from inspector.completion import bodies
from inspector.dialects.openai_chat import read_chunk
from inspector.events import Event, JsonObject, ToolCallDelta
from inspector.stage import Stage
from inspector.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Answer:
    """The frames from `start` to before `end`, as far as they are the stage's."""

    stage: Stage
    turn: int
    start: int
    end: int


class AnswerChunk(NamedTuple):
    frame: int
    body: JsonObject

    @property
    def id(self) -> str | None:
        given = self.body.get("id")
        return given if given and isinstance(given, str) else None

    @property
    def fragments(self) -> list[ToolCallDelta]:
        """Those in `tool_calls`, as the wire had them."""
        events: list[Event] = []
        read_chunk(self.body, events)
        return [each for each in events if isinstance(each, ToolCallDelta) and each.origin == "wire"]


def answer_at(transcript: Transcript, n: int, stage: Stage | None = None) -> Answer | None:
    """The answer that frame `n` belongs to, as far as it is decoded; of a frame with several, that of this stage."""
    stage = stage or (transcript.stage_at(n) if n >= 0 else None)
    return next((each for each in answers(transcript, stage) if n < each.end), None) if stage is not None else None


def answers(transcript: Transcript, stage: Stage) -> list[Answer]:
    """All answers of a stage so far."""
    starts = [max(stage.first_frame, 0), *(frame for frame, _ in stage.turns.history()), transcript.decoded]
    return [Answer(stage, turn, start, end) for turn, (start, end) in enumerate(pairwise(starts))]


def chunks(transcript: Transcript, answer: Answer) -> Iterator[AnswerChunk]:
    for frame, body in bodies(transcript, answer.stage, answer.start, answer.end - 1):
        yield AnswerChunk(frame, body)
