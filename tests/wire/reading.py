"""Pieces of an input into frames, through the framers alone or through a transcript."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from inspector.transcript import Transcript
from inspector.wire import lines, sse
from inspector.wire.frame import Frame
from inspector.wire.framing import FramingName
from tests.wire.standard import StandardEvent


def sse_ends(pieces: Sequence[bytes]) -> list[int]:
    """Where the framer sees frames end; what comes after the last of them is no whole frame."""
    ends = array("Q")
    framer = sse.SseFramer(ends)
    for piece in pieces:
        framer.feed(piece)
    return list(ends)


def line_ends(pieces: Sequence[bytes]) -> list[int]:
    ends = array("Q")
    framer = lines.LineFramer(ends)
    for piece in pieces:
        framer.feed(piece)
    return list(ends)


def sse_frames(data: bytes, ends: Sequence[int]) -> list[Frame]:
    """The blocks between the ends as the parser reads them, the rest of the data being a last, cut one."""
    frames: list[Frame] = []
    start, last_id = 0, ""
    for end in [*ends, len(data)]:
        if start < end:
            complete = end in ends[-1:] or end < len(data) or not sse.has_content(data[start:], start)
            frames.append(sse.parse(data[start:end], len(frames), start, complete=complete, last_id=last_id))
            last_id = frames[-1].id
        start = end
    return frames


def opened(
    data: bytes,
    pieces: Sequence[bytes] | None = None,
    *,
    framing: FramingName | None = None,
    line_cap: int = 64 * 1024 * 1024,
) -> Transcript:
    """A transcript of the whole input, fed in these pieces and not decoded yet."""
    transcript = Transcript(lambda start, end: data[start:end], framing=framing, line_cap=line_cap)
    for piece in [data] if pieces is None else pieces:
        transcript.feed(piece)
    transcript.finish()
    return transcript


def frames_of(transcript: Transcript) -> list[Frame]:
    frames: list[Frame] = []
    last_id = ""
    for n in range(transcript.framed):
        frames.append(transcript.frame(n, last_id))
        last_id = frames[-1].id
    return frames


def dispatched(frames: Sequence[Frame]) -> list[StandardEvent]:
    """What a client by the standard sees of these frames."""
    return [StandardEvent(f.event or "message", f.text, f.id, f.retry) for f in frames if f.dispatched]


def tiles(transcript: Transcript, size: int) -> bool:
    """Whether every byte of an input of this size belongs to exactly one frame, in order."""
    at = 0
    for n in range(transcript.framed):
        start, end = transcript.span(n)
        if start != at or end <= start:
            return False
        at = end
    return at == size
