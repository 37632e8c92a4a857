"""A recording opened with what its sidecar tells: the bytes cut at the asides. Knows no transcript and no screen."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator

from inspector.asides import Aside
from inspector.recording.beside import has_sidecar, meta_beside
from inspector.recording.lines import RecordingClosed
from inspector.sources.descriptor import Path
from inspector.sources.sidecar import meta_of, size_mismatch, times_beside
from inspector.sources.source import Item, Notice, Read, Restart, Source
from inspector.sources.store import ByteStore
from inspector.sources.times import Times

_OTHER_SIZE = (
    "{} is not what was recorded, which had {} bytes, and this has {}: "
    "its times, requests and results are shown as far as they go."
)
_OTHER_BYTES = (
    "{} is not what was recorded, since its bytes were changed (their sha256 is another): "
    "its times, requests and results may not be theirs."
)
_TOO_MUCH = "{} tells of {} bytes, and the recording has {}: what it tells of the others is left out."


def recorded(source: Source, path: Path) -> Source:
    """Give the source of a path with what its sidecar tells: a `RecordedSource`, but where there is no sidecar."""
    if has_sidecar(path):
        return RecordedSource(source, path)
    return source


class RecordedSource:
    """A `Source` around that of a file, which it owns. Its reads have no `at_s`: nothing arrives live."""

    def __init__(self, source: Source, path: Path) -> None:
        self._source = source
        self._path = path
        self._cancelled = False
        self._forget()

    def _forget(self) -> None:
        self._times = Times()
        self._older: Times | None = None  # the same, where it is the older sidecar that told them
        self._asides: deque[tuple[int, Aside]] = deque()
        self._closed: RecordingClosed | None = None
        self._is_other = False  # than what was recorded, and that was said
        self._hash = hashlib.sha256()
        self._position = 0

    @property
    def name(self) -> str:
        return self._source.name

    @property
    def store(self) -> ByteStore:
        return self._source.store

    @property
    def size_hint(self) -> int | None:
        return self._source.size_hint

    @property
    def is_live(self) -> bool:
        return self._source.is_live

    def at(self, byte: int) -> float | None:
        """Give the arrival of the byte at this offset. The sidecar is read when the reads begin; any thread."""
        return self._times.at(byte)

    def reads(self) -> Iterator[Item]:
        yield from self._load()
        yield from self._due()
        for item in self._source.reads():
            match item:
                case Read():
                    yield from self._cut(item)
                case Restart():
                    self._forget()  # those bytes are not the ones that were recorded
                    yield item
                case _:
                    yield item
        if not self._cancelled:
            yield from self._misfit()

    def _load(self) -> Iterator[Notice]:
        meta, why_not = meta_beside(self._path)
        if meta is not None:
            self._times, self._asides, self._closed = meta.times, deque(meta.asides), meta.closed
            yield from self._other_size(self.size_hint)
        elif why_not is None:
            self._older, why_not = times_beside(self._path)
            self._times = self._older or self._times
        if why_not is not None:
            yield Notice(why_not)

    def _other_size(self, size: int | None) -> Iterator[Notice]:
        if self._closed and size is not None and size != self._closed.size and not self._is_other:
            self._is_other = True
            yield Notice(_OTHER_SIZE.format(self.name, self._closed.size, size))

    def _cut(self, read: Read) -> Iterator[Item]:
        if self._closed and not self._is_other:
            self._hash.update(read.data)
        start, end = 0, len(read.data)
        while self._asides and (length := self._asides[0][0] - self._position) < end - start:
            yield from self._piece(read.data[start : start + length], read.at_s)
            start += length
        yield from self._piece(read.data[start:], read.at_s)

    def _piece(self, data: bytes, at_s: float | None) -> Iterator[Item]:
        self._position += len(data)
        if data:
            yield Read(data, at_s)
        yield from self._due()

    def _due(self) -> Iterator[Aside]:
        while self._asides and self._asides[0][0] <= self._position:
            yield self._asides.popleft()[1]

    def _misfit(self) -> Iterator[Notice]:
        """Say what does not fit, now that the whole size is known."""
        if self._older is not None:
            if mismatch := size_mismatch(self._path, self._older, self._position):
                self._times = Times()
                yield Notice(mismatch)
        elif self._closed:
            yield from self._other_size(self._position)
            if not self._is_other and self._hash.hexdigest() != self._closed.sha256:
                yield Notice(_OTHER_BYTES.format(self.name))
        elif self._times.size > self._position:
            yield Notice(_TOO_MUCH.format(meta_of(self._path), self._times.size, self._position))

    def cancel(self) -> None:
        self._cancelled = True
        self._source.cancel()

    def changed(self) -> str | None:
        return self._source.changed()

    def close(self) -> None:
        self._source.close()
