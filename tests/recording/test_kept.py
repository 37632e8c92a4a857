"""Bytes stay whole over file, spool and memory, wherever each of them gives up."""

import errno
import os
from pathlib import Path

import pytest

from inspector.recording.creating import create
from inspector.recording.kept import Kept, Memory
from inspector.sources import store as store_module
from inspector.sources.store import Spool

PIECES = [b"one ", b"two ", b"three ", b"four "]
WHOLE = b"".join(PIECES)


def give_up_after(sizes: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the files written to take so many bytes, each in its turn, and then fail."""
    taken: dict[int, int] = {}
    write = os.write

    def append(fd: int, data: memoryview) -> int:
        number = list(taken).index(fd) if fd in taken else len(taken)
        left = sizes[number] - taken.setdefault(fd, 0)
        if not left:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        taken[fd] += min(left, len(data))
        return write(fd, data[:left])

    monkeypatch.setattr(store_module, "_append", append)


@pytest.mark.parametrize("of_file", range(0, len(WHOLE) + 1, 3))
@pytest.mark.parametrize("of_spool", range(0, len(WHOLE) + 1, 4))
def test_nothing_is_lost_wherever_file_and_spool_give_up(
    of_file: int, of_spool: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_up_after([of_file, of_spool, 0], monkeypatch)
    kept = Kept(create(str(tmp_path / "a.sse")))
    told = [error for piece in PIECES if (error := kept.append(piece))]
    assert [error.errno for error in told] == ([errno.ENOSPC] if of_file < len(WHOLE) else [])
    assert kept.size == len(WHOLE)
    assert kept.file_size == min(of_file, len(WHOLE))
    assert (tmp_path / "a.sse").read_bytes() == WHOLE[:of_file]
    for start in range(len(WHOLE)):
        for end in (start, start + 1, start + 7, len(WHOLE) + 9):
            assert kept.read(start, end) == WHOLE[start:end]
    kept.close()
    assert kept.read(0, 9) == b""


def test_without_a_file_it_is_a_spool() -> None:
    kept = Kept(None)
    assert (kept.read(0, 1), kept.sync(), kept.append(b"abc")) == (b"", None, None)
    assert (kept.read(1, 9), kept.file_size) == (b"bc", 0)
    kept.close()


def test_without_a_folder_for_spools_it_is_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    kept = Kept(None)
    kept.append(b"abc")
    assert kept.read(0, 9) == b"abc"
    kept.close()


def test_a_failed_sync_ends_the_file_and_keeps_what_is_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Kept(create(str(tmp_path / "a.sse")))
    kept.append(b"abc")

    def fail(fd: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", fail)
    assert isinstance(kept.sync(), OSError)
    assert (kept.sync(), kept.append(b"def"), kept.read(0, 9)) == (None, None, b"abcdef")
    assert kept.file_size == 3
    kept.close()


def test_a_file_that_others_cut_gives_what_is_left_and_nothing_moved(tmp_path: Path) -> None:
    kept = Kept(create(str(tmp_path / "a.sse")))
    kept.append(b"abcdef")
    kept.leave_file()
    kept.append(b"ghi")
    os.truncate(tmp_path / "a.sse", 2)
    assert kept.read(0, 9) == b"ab"
    assert kept.read(6, 9) == b"ghi"
    kept.close()


def test_a_write_that_takes_nothing_is_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "_append", lambda fd, data: 0)
    spool = Spool()
    with pytest.raises(Exception, match="No space left"):
        spool.append(b"a")
    spool.close()


def test_memory_gives_what_it_has() -> None:
    memory = Memory()
    memory.append(b"abc")
    assert (memory.size, memory.read(1, 9), memory.read(9, 12)) == (3, b"bc", b"")
