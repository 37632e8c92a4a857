"""A whole source into a transcript, without a screen and without a thread; knows no particular source."""

from __future__ import annotations

import os
from collections.abc import Callable

from inspector.errors import InspectorError
from inspector.events import JsonObject
from inspector.recording.beside import has_sidecar, is_as_recorded, recording_of
from inspector.sources.descriptor import Path
from inspector.sources.opening import open_path, open_stdin
from inspector.sources.source import Notice, Read, Restart, Source
from inspector.telling import Listener
from inspector.transcript import Transcript
from inspector.watching import Watcher
from inspector.wire.framing import FramingName

STDIN = "-"


def open_source(path: str, *, follow: bool = False, forced_framing: bool = False) -> Source:
    """The source of a path, `-` being standard input. Raises `InspectorError`."""
    if path == STDIN:
        if os.isatty(0):
            raise InspectorError("Standard input is a terminal: pipe a stream into `-`, or name a file.")
        return open_stdin(forced_framing=forced_framing)
    named = recording_of(path)
    source = open_path(named, follow=follow, forced_framing=forced_framing or is_as_recorded(named))
    return source if follow else _with_sidecar(source, named)


def _with_sidecar(source: Source, path: Path) -> Source:
    if not has_sidecar(path):
        return source
    from inspector.recording.recorded import RecordedSource  # not paid for where there is none

    return RecordedSource(source, path)


def framed(
    path: str,
    *,
    framing: FramingName | None = None,
    dialect: str | None = None,
    listener: Listener | None = None,
    watch: Callable[[Transcript], Watcher] | None = None,
    tools: dict[str, JsonObject] | None = None,
) -> Transcript:
    """The transcript of a path with all its frames known and none decoded yet. Raises `InspectorError`.

    `tools` are the schemas of those on offer, where the user knows them.
    """
    source = open_source(path, forced_framing=framing is not None)
    transcript = Transcript(source.store.read, framing=framing, dialect=dialect, listener=listener, watch=watch)
    transcript.tools = tools
    for item in source.reads():
        if isinstance(item, Read):
            transcript.feed(item.data)
        elif isinstance(item, Notice):
            transcript.notices.append(item.sentence)
        elif not isinstance(item, Restart):  # which only a file that is followed has
            transcript.note(item)
    transcript.finish()
    transcript.times = source.recorded_at
    return transcript
