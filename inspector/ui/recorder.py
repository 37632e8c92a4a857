"""Where the run of a source is being recorded, and how a copy of a recording is kept. Records nothing itself."""

from __future__ import annotations

import os
from typing import Protocol, cast

from inspector.sources.source import Source


class Tape(Protocol):
    """What is asked of `inspector.recording.Tape`. `path` is `None` where no file could be made."""

    @property
    def path(self) -> str | None: ...

    @property
    def started(self) -> str: ...

    @property
    def is_whole(self) -> bool: ...


def tape_of(source: Source) -> Tape | None:
    """The tape of a live source; other sources have none."""
    return cast("Tape | None", getattr(source, "tape", None))


def started_of(source: Source) -> str | None:
    """The UTC time at which a run or its recording began, where that is known; not cleaned."""
    return cast("str | None", getattr(tape_of(source) or source, "started", None))


def recording_path(source: Source) -> str | None:
    """The file that has the bytes of a source, not cleaned."""
    tape = tape_of(source)
    return tape.path if tape is not None else source.name


def proposed_name(source: Source) -> str:
    return os.path.basename(recording_path(source) or "run.sse")


def keep(source: Source, path: str) -> str:
    """Copy the recording, as far as it goes, to where nothing is yet; gives the name. `InspectorError`."""
    from inspector.recording import tape as tapes  # 8 ms and more that only this pays
    from inspector.recording.copying import copy_recording

    tape = tape_of(source)
    return copy_recording(tape if isinstance(tape, tapes.Tape) else source.name, os.path.expanduser(path))
