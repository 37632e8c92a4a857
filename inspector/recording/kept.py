"""Bytes that are never lost while the run goes on: in a file as far as that goes, then elsewhere. Knows no line."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from inspector.errors import InspectorError
from inspector.sources.store import AppendStore, Spool


class _Growing(Protocol):
    @property
    def size(self) -> int: ...

    def append(self, data: bytes | memoryview) -> None: ...

    def read(self, start: int, end: int) -> bytes: ...

    def close(self) -> None: ...


class Memory:
    """The last resort: a store that keeps its bytes in memory."""

    def __init__(self) -> None:
        self._data = bytearray()

    @property
    def size(self) -> int:
        return len(self._data)

    def append(self, data: bytes | memoryview) -> None:
        self._data += data

    def read(self, start: int, end: int) -> bytes:
        return bytes(self._data[start:end])

    def close(self) -> None:
        self._data = bytearray()


class _Part(NamedTuple):
    start: int
    store: _Growing


class Kept:
    """A `ByteStore` that one thread appends to and any may read: a file, then a spool, then memory."""

    def __init__(self, file: AppendStore | None) -> None:
        self.size = 0
        self._file = file  # `None`: there was none, or it is written no more
        self._parts: tuple[_Part, ...] = () if file is None else (_Part(0, file),)
        self._is_full = file is None  # the last part, so that the next byte needs another

    @property
    def file_size(self) -> int:
        """How many of the bytes are in the file."""
        first = self._parts[0].store if self._parts else None
        return first.size if isinstance(first, AppendStore) and not isinstance(first, Spool) else 0

    def append(self, data: bytes) -> OSError | None:
        """Keep it all; give why the file ended, where it did so now."""
        rest, why = memoryview(data), None
        while rest:
            store = self._growing()
            before = store.size  # how far a failing write went, only this tells
            try:
                store.append(rest)
            except OSError as error:
                why = error
                self.leave_file()
            except InspectorError:
                self._is_full = True
            written = store.size - before
            self.size += written
            rest = rest[written:]
        return why

    def _growing(self) -> _Growing:
        if self._is_full:
            self._parts += (_Part(self.size, self._next_store()),)
            self._is_full = False
        return self._parts[-1].store

    def _next_store(self) -> _Growing:
        if not any(isinstance(part.store, Spool) for part in self._parts):
            try:
                return Spool()
            except InspectorError:
                pass
        return Memory()

    def leave_file(self) -> None:
        """Write no more to the file; what is in there can still be read."""
        if self._file is not None:
            self._file = None
            self._is_full = True

    def sync(self) -> OSError | None:
        """Wait until the disk has what is in the file; give why the file ended, where it did so now."""
        try:
            if self._file is not None:
                self._file.sync()
        except OSError as error:
            self.leave_file()
            return error
        return None

    def read(self, start: int, end: int) -> bytes:
        parts = self._parts
        ends = [part.start for part in parts[1:]] + [end]
        pieces: list[bytes] = []
        for part, part_end in zip(parts, ends, strict=False):
            wanted = min(part_end, end) - start
            if wanted <= 0:
                continue
            piece = part.store.read(start - part.start, start - part.start + wanted)
            pieces.append(piece)
            start += len(piece)
            if len(piece) < wanted:
                break  # what follows does not follow this
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def close(self) -> None:
        """Give the descriptors back; it then reads as empty."""
        self.leave_file()
        for part in self._parts:
            part.store.close()
