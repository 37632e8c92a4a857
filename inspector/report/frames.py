"""`export --to frames`: every frame with its bytes' range and what the standard makes of it (CLI.md)."""

from __future__ import annotations

from collections.abc import Iterator

from inspector.report.lines import line
from inspector.transcript import Transcript


def frames(transcript: Transcript, to: int, *, stage: str | None, dispatched_only: bool) -> Iterator[str]:
    last_id = ""
    for n in range(to + 1):
        frame = transcript.frame(n, last_id)
        last_id = frame.id
        if dispatched_only and not frame.dispatched:
            continue
        if stage is not None and ((at := transcript.stage_at(n)) is None or at.key != stage):
            continue
        yield line(
            {
                "frame": n,
                "event": frame.event or "message",
                "data": frame.text,
                "id": frame.id,
                "retry": frame.retry,
                "start": frame.start,
                "end": frame.end,
                "complete": frame.complete,
                "dispatched": frame.dispatched,
                "comments": frame.comments,
                "unknown": frame.unknown,
            }
            | ({"note": frame.note} if frame.note else {})
        )
