"""A recording opened with what its sidecar tells: the bytes cut at the asides. Knows no transcript and no screen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from inspector.asides import Aside
from inspector.recording.beside import has_meta
from inspector.recording.lines import Fact, NoticeSaid, ReadCame, RecordingBegan, RecordingClosed
from inspector.recording.meta import facts_beside
from inspector.sources.descriptor import Path
from inspector.sources.sidecar import size_mismatch, times_beside
from inspector.sources.sidecar_names import meta_of
from inspector.sources.source import Item, Notice, Read, Source
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


class RecordedSource:
    """A `Source` around that of a file, which it owns. Its reads have no `at_s`: nothing arrives live.

    The file is one that is not followed, and so never begins anew.
    """

    def __init__(self, source: Source, path: Path) -> None:
        self._source = source
        self._path = path
        self.started: str | None = None  # the UTC time, once it is read
        self._cancelled = False
        self._times = Times()
        self._older: Times | None = None  # the same, where it is the older sidecar that told them
        self._facts: Iterator[Fact] = iter(())  # what the sidecar tells ...
        self._fact: Fact | None = None  # ... and the next of it
        self._why_not: str | None = None  # it tells no more
        self._closed: RecordingClosed | None = None
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

    def recorded_at(self, byte: int) -> float | None:
        """Give the arrival of the byte at this offset, as far as the sidecar was read: along with the bytes."""
        return self._times.at(byte)

    def reads(self) -> Iterator[Item]:
        yield from self._open()
        yield from self._due(0)
        for item in self._source.reads():
            match item:
                case Read():
                    yield from self._cut(item)
                case _:
                    yield item
        if not self._cancelled:
            yield from self._misfit()

    def _open(self) -> Iterator[Notice]:
        if has_meta(self._path):
            self._facts = facts_beside(self._path)
            self._advance()
            return
        self._older, why_not = times_beside(self._path)
        self._times = self._older or self._times
        if why_not is not None:
            yield Notice(why_not)

    def _advance(self) -> None:
        try:
            self._fact = next(self._facts, None)
        except ValueError as error:
            self._fact, self._why_not = None, str(error)

    def _cut(self, read: Read) -> Iterator[Item]:
        self._hash.update(read.data)
        start, base = 0, self._position
        self._position += len(read.data)
        for item in self._due(self._position):
            if not isinstance(item, Notice) and (end := self._times.size - base) > start:
                yield Read(read.data[start:end], read.at_s)
                start = end
            yield item
        if start < len(read.data):
            yield Read(read.data[start:], read.at_s)

    def _due(self, end: int) -> Iterator[Aside | Notice]:
        """What stands up to byte `end`: at the end of the reads told of so far."""
        while (fact := self._fact) is not None:
            match fact:
                case ReadCame():
                    if self._times.size >= end:
                        return
                    self._times.add(fact.size, fact.at_s)
                case RecordingClosed():
                    self._closed = fact
                case RecordingBegan():
                    self.started = fact.started
                case _ if self._times.size > end:
                    return
                case NoticeSaid():
                    yield Notice(fact.sentence)
                case _:
                    yield fact
            self._advance()
        if self._why_not is not None:
            yield Notice(self._why_not)
            self._why_not = None

    def _misfit(self) -> Iterator[Notice]:
        """Say what does not fit, now that the whole size is known."""
        if self._older is not None:
            if mismatch := size_mismatch(self._path, self._older, self._position):
                self._times = Times()
                yield Notice(mismatch)
            return
        yield from self._told_too_much()
        if self._closed and self._closed.size != self._position:
            yield Notice(_OTHER_SIZE.format(self.name, self._closed.size, self._position))
        elif self._closed and self._hash.hexdigest() != self._closed.sha256:
            yield Notice(_OTHER_BYTES.format(self.name))

    def _told_too_much(self) -> Iterator[Notice]:
        """Pass over what is told of bytes that are not there."""
        told = self._times.size
        while (fact := self._fact) is not None:
            if isinstance(fact, ReadCame):
                told += fact.size
            elif isinstance(fact, RecordingClosed):
                self._closed = fact
            self._advance()
        if told > self._position and not self._closed:
            yield Notice(_TOO_MUCH.format(meta_of(self._path), told, self._position))

    def cancel(self) -> None:
        self._cancelled = True
        self._source.cancel()

    def changed(self) -> str | None:
        return self._source.changed()

    def close(self) -> None:
        self._facts = iter(())  # whose file is closed with it
        self._source.close()
