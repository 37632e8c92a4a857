"""`export --to completion`: the completion objects that stages add up to (CLI.md)."""

from __future__ import annotations

from collections.abc import Iterator

from inspector.completion import completions
from inspector.report.lines import line
from inspector.transcript import Transcript


def completion_lines(transcript: Transcript, n: int, *, stage: str | None) -> Iterator[str]:
    for each in transcript.stages:
        if stage in (None, each.key):
            for found in completions(transcript, each, n):
                yield line({"stage": each.key, "phase": found.phase, "completion": found.body})
