"""What one answer of a run adds up to, decoded anew from its bytes by the engine: no client library has a say."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from inspector.asides import RunBegan
from inspector.completion import Completion, last_completion
from inspector.transcript import Transcript
from inspector.wire.framing import FramingName

_PIECE_BYTES = 1024 * 1024


class Heard(NamedTuple):
    """`completion` is `None` where no chunk came. `is_whole`: a finish reason or `[DONE]` did; `error` is in words."""

    completion: Completion | None
    is_whole: bool
    error: str | None


def hear(read: Callable[[int, int], bytes], start: int, end: int, *, framing: FramingName | None = None) -> Heard:
    """Read the answer of a chat completion server that these bytes are; a framing given is taken at its word."""
    transcript = Transcript(lambda first, last: read(start + first, start + last), framing=framing)
    transcript.note(RunBegan(0.0, "chat"))  # all of it is one stage
    for at in range(start, end, _PIECE_BYTES):
        transcript.feed(read(at, min(at + _PIECE_BYTES, end)))
    transcript.finish()
    transcript.decode_all()
    n, (stage, *_) = transcript.framed - 1, transcript.stages
    found = last_completion(transcript, stage, n)
    error = (stage.error.last or "") if stage.phase.last == "error" else None
    return Heard(found, stage.is_complete, error)
