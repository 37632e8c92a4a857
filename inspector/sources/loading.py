"""A whole source into a transcript, without a screen and without a thread; knows no particular source."""

from __future__ import annotations

from inspector.sources.opening import open_path, open_stdin
from inspector.sources.sidecar import times_beside
from inspector.sources.source import Notice, Read, Source
from inspector.stage import Listener
from inspector.transcript import Transcript
from inspector.wire.framing import FramingName

STDIN = "-"


def open_source(path: str, *, follow: bool = False, forced_framing: bool = False) -> Source:
    """The source of a path, `-` being standard input. Raises `InspectorError`."""
    if path == STDIN:
        return open_stdin(forced_framing=forced_framing)
    return open_path(path, follow=follow, forced_framing=forced_framing)


def framed(
    path: str, *, framing: FramingName | None = None, dialect: str | None = None, listener: Listener | None = None
) -> Transcript:
    """The transcript of a path with all its frames known and none decoded yet. Raises `InspectorError`."""
    source = open_source(path, forced_framing=framing is not None)
    transcript = Transcript(source.store.read, framing=framing, dialect=dialect, listener=listener)
    for item in source.reads():
        if isinstance(item, Read):
            transcript.feed(item.data)
        elif isinstance(item, Notice):
            transcript.notices.append(item.sentence)
    transcript.finish()
    if path != STDIN:
        times, why_not = times_beside(path)
        transcript.times = times.at if times else None
        transcript.notices += [why_not] if why_not else []
    return transcript
