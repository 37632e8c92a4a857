"""Bytes that can be read back by offset from a file or a spool, so that nobody keeps them in memory."""

import errno
import os
from contextlib import suppress
from threading import Lock
from typing import Protocol

from inspector.errors import InspectorError


class ByteStore(Protocol):
    """The bytes of the decoded input."""

    def read(self, start: int, end: int) -> bytes:
        """Give the bytes of [start, end): fewer where they end before, or are no longer there. Any thread."""


class FileStore:
    """A file by its open descriptor, which the store owns; offset 0 is the byte at `start_byte`."""

    _fd = -1  # none: closed, or never opened

    def __init__(self, fd: int, start_byte: int = 0) -> None:
        self._fd = fd
        self._start_byte = start_byte
        self.trouble: str | None = None  # why the last failed read failed

    @property
    def fd(self) -> int:
        return self._fd

    def read(self, start: int, end: int) -> bytes:
        try:
            return self.fetch(start, end)
        except OSError as error:
            self.trouble = error.strerror
            return b""

    def fetch(self, start: int, end: int) -> bytes:
        """Read like `read`, but raise the `OSError`."""
        pieces: list[bytes] = []
        while start < end and self._fd >= 0:
            piece = _read_at(self._fd, end - start, self._start_byte + start)
            if not piece:
                break
            pieces.append(piece)
            start += len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def close(self) -> None:
        fd, self._fd = self._fd, -1
        if fd >= 0:
            with suppress(OSError):
                os.close(fd)

    def __del__(self) -> None:
        self.close()  # a store replaced by a restart is let go by its last reader


class AppendStore(FileStore):
    """A file that only grows, open for reading and appending; `size` is how much was appended here."""

    def __init__(self, fd: int) -> None:
        super().__init__(fd)
        self.size = 0

    def append(self, data: bytes | memoryview) -> None:
        """Write it all; where that fails, `size` says how far it went."""
        rest = memoryview(data)
        while rest:
            written = _append(self._fd, rest)
            if not written:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            self.size += written
            rest = rest[written:]

    def sync(self) -> None:
        """Wait until the disk has it. `OSError` where it may have lost some."""
        os.fsync(self._fd)


class Spool(AppendStore):
    """A temporary file without a name, mode 0600, for input that cannot be read twice."""

    def __init__(self) -> None:
        super().__init__(_unlinked_file())

    def append(self, data: bytes | memoryview) -> None:
        try:
            super().append(data)
        except OSError as error:
            raise InspectorError(
                f"The temporary file that keeps the input cannot grow past {self.size} bytes "
                f"({error.strerror}): free some space, or set TMPDIR to a folder that has it."
            ) from error


def _unlinked_file() -> int:
    import tempfile  # 8 ms that opening a plain file must not pay

    try:
        with tempfile.TemporaryFile(buffering=0) as file:
            return os.dup(file.fileno())
    except OSError as error:
        raise InspectorError(
            f"No temporary file can be made to keep the input ({error.strerror}): "
            "set TMPDIR to a folder that you may write to."
        ) from error


_SEEKING = Lock()


def _seek_and_read(fd: int, length: int, offset: int, /) -> bytes:
    with _SEEKING:
        os.lseek(fd, offset, os.SEEK_SET)
        return os.read(fd, length)


def _seek_and_append(fd: int, data: memoryview, /) -> int:
    with _SEEKING:
        os.lseek(fd, 0, os.SEEK_END)
        return os.write(fd, data)


# Windows has no pread: there one lock keeps a seek together with its read or write.
_HAS_PREAD = hasattr(os, "pread")
_read_at = os.pread if _HAS_PREAD else _seek_and_read
_append = os.write if _HAS_PREAD else _seek_and_append
