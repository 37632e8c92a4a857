"""Where the run of a source is being recorded, as far as the app has to know. Records nothing."""

from __future__ import annotations

from typing import Protocol, cast

from inspector.sources.source import Source


class Tape(Protocol):
    """What is asked of `inspector.recording.Tape`. `path` is `None` where no file could be made."""

    @property
    def path(self) -> str | None: ...

    @property
    def is_whole(self) -> bool: ...


def tape_of(source: Source) -> Tape | None:
    """The tape of a live source; other sources have none."""
    return cast("Tape | None", getattr(source, "tape", None))
