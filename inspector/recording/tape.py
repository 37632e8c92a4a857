"""A live run being recorded: its bytes, and beside them its sidecar. Knows no network, and interprets nothing."""

from __future__ import annotations

import hashlib
import time

from inspector import __version__
from inspector.asides import Aside, RunKind
from inspector.recording.creating import Pair, create_asked
from inspector.recording.kept import Kept
from inspector.recording.lines import (
    MAX_LINE_BYTES,
    VERSION,
    Fact,
    NoticeSaid,
    ReadCame,
    RecordingBegan,
    RecordingClosed,
    line_of,
)
from inspector.recording.shelf import create_named, shelf
from inspector.sources.sidecar_names import meta_of

SYNC_S = 1.0  # how much a power cut may cost; a kill costs nothing, since every read is written at once

_STOPPED = (
    "The recording {} stops after {} bytes ({}): what follows is shown, and kept until this is closed; "
    "keep a copy elsewhere."
)
_SIDECAR_STOPPED = (
    "{} stops here ({}): the bytes are still recorded, but no times, requests and results from here on; "
    "keep a copy elsewhere."
)
_UNNAMED = "This run is not recorded, since {} cannot be used ({}): name a file with --record, or keep a copy."
_UNNOTED = "The sidecar leaves out a line of type {}, which is nested too deeply or too long for it."


class Tape:
    """Made by `create`. All but `store` and `is_whole` is for one thread, the one that the bytes come in.

    `store` reads back all bytes from offset 0, whatever happened to the file, from any thread, until `release`.
    `is_whole`: the two files at `path` have all so far; once false it stays so.
    """

    @classmethod
    def create(cls, path: str | None, kind: RunKind) -> Tape:
        """Begin a recording at `path`, else under a new name in the user's state directory.

        `InspectorError` where something is at `path` already, or nothing can be made there.
        """
        if path is not None:
            return cls(path, create_asked(path))
        folder = shelf()
        try:
            return cls(*create_named(folder, kind))
        except OSError as error:
            tape = cls(None, None)
            tape._say(_UNNAMED.format(error.filename or folder, _reason(error)))
            return tape

    def __init__(self, path: str | None, pair: Pair | None) -> None:
        self.path = path
        self.is_whole = path is not None
        self.store = Kept(pair and pair.recording)
        self.lines = Kept(pair and pair.sidecar)  # of the sidecar, also those that found no place in its file
        self._hash = hashlib.sha256()
        self._notices: list[str] = []
        self._at_s = 0.0
        self._synced_at_s = 0.0
        self._is_closed = False
        self.started = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        self._put(RecordingBegan(VERSION, f"stage-inspector {__version__}", self.started, "monotonic"))

    def append(self, data: bytes, at_s: float) -> None:
        """Record a read: when this returns, no kill can lose it. Trouble becomes a notice."""
        self._stop(self.store.append(data))
        self._hash.update(data)
        self._put(ReadCame(at_s, len(data)))
        self._pass(at_s)

    def note(self, aside: Aside) -> None:
        """Record an aside, which stands after what was appended so far."""
        self._put(aside)
        self._pass(aside.at_s)

    def remark(self, sentence: str, at_s: float) -> None:
        """Record what the user is told of the run."""
        self._put(NoticeSaid(at_s, sentence))
        self._pass(at_s)

    def notices(self) -> list[str]:
        """Give the sentences for the user that are new since the last call; not cleaned."""
        new, self._notices = self._notices, []
        return new

    def close(self) -> None:
        """End the recording with size and sum, on the disk. Once is enough; what comes later is only kept."""
        if self._is_closed:
            return
        self._is_closed = True
        self._put(RecordingClosed(self._at_s, self.store.size, self._hash.hexdigest()))
        self._sync()
        self.store.leave_file()
        self.lines.leave_file()

    def release(self) -> None:
        """Close, and give the descriptors back: nothing can be read or copied from here then."""
        self.close()
        self.store.close()
        self.lines.close()

    def _put(self, fact: Fact) -> None:
        try:
            line = line_of(fact)
        except (ValueError, RecursionError):  # nested too deeply for JSON, or a number of 5,000 digits
            line = b""
        if 0 < len(line) <= MAX_LINE_BYTES:
            self._stop_lines(self.lines.append(line))
        else:
            self._say(_UNNOTED.format(type(fact).__name__))

    def _pass(self, at_s: float) -> None:
        self._at_s = at_s
        if at_s - self._synced_at_s >= SYNC_S:
            self._synced_at_s = at_s
            self._sync()

    def _sync(self) -> None:
        self._stop(self.store.sync())
        self._stop_lines(self.lines.sync())

    def _stop(self, error: OSError | None) -> None:
        if error is not None:
            size = self.store.file_size
            self.is_whole = False
            self.lines.leave_file()  # which must not tell of bytes that are not there
            self._say(_STOPPED.format(self.path, size, _reason(error)))

    def _stop_lines(self, error: OSError | None) -> None:
        if error is not None and self.path is not None:
            self.is_whole = False
            self._say(_SIDECAR_STOPPED.format(meta_of(self.path), _reason(error)))

    def _say(self, sentence: str) -> None:
        self._notices.append(sentence)


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
