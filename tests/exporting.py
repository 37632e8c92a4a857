"""Everything that can be exported of an input, for tests that only ask that it can be."""

from __future__ import annotations

from inspector.report.completions import completion_lines
from inspector.report.events import EventLines
from inspector.report.frames import frames
from inspector.report.state import states
from inspector.report.text import text
from inspector.transcript import Transcript
from inspector.wire.framing import FramingName


def all_said(data: bytes, framing: FramingName | None = None) -> tuple[Transcript, list[str]]:
    """The transcript of a whole input, decoded, and all lines of all reports after its last frame."""
    lines: list[str] = []
    transcript = Transcript(
        lambda start, end: data[start:end], framing=framing, listener=EventLines(lines.append, snapshots=True)
    )
    transcript.feed(data)
    transcript.finish()
    transcript.decode_all()
    n = transcript.framed - 1
    lines += states(transcript, n, stage=None)
    lines += completion_lines(transcript, n, stage=None)
    lines += text(transcript, n, stage=None)
    lines += frames(transcript, n, stage=None, dispatched_only=False)
    return transcript, lines
