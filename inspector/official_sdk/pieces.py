"""An answer as the bytes that the SDK reads: its frames as they came, or its chunks in frames of ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from inspector.client_views.answer import Answer, chunks
from inspector.transcript import Transcript

_ENVELOPED = frozenset({"stage", "agent"})  # dialects whose frames hold more than a chunk


class Piece(NamedTuple):
    frame: int
    data: bytes


def pieces(transcript: Transcript, answer: Answer) -> Iterator[Piece]:
    """As they came where they are an event stream of chunks; in envelopes or lines of JSON the SDK would see none."""
    if transcript.framing != "sse" or transcript.dialect in _ENVELOPED:
        for chunk in chunks(transcript, answer):
            if "choices" in chunk.body:  # some stage servers send a text without any chunk around it
                yield Piece(chunk.frame, b"data: " + json.dumps(chunk.body).encode() + b"\n\n")
        return
    for n in _frames(transcript, answer):
        if transcript.is_sse(n):
            yield Piece(n, transcript.read(*transcript.span(n)))


def _frames(transcript: Transcript, answer: Answer) -> Iterator[int]:
    """Those of the answer, those before the first of all, and one that it shares with the answer before."""
    if not answer.stage.number and not answer.turn:
        yield from range(answer.start)
    for n in transcript.stages_index.frames_of(answer.stage, answer.end - 1, answer.start):
        if n == answer.start or transcript.stage_at(n) is answer.stage:
            yield n
