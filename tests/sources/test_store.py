"""Stores give any bytes back, from any thread, and a spool leaves no trace."""

import os
import stat
import threading
from pathlib import Path

import pytest

from inspector.errors import InspectorError
from inspector.sources import store
from inspector.sources.store import FileStore, Spool

RANGES = [
    (0, 3, b"012"),
    (7, 100, b"789"),
    (10, 20, b""),
    (5, 5, b""),
    (6, 2, b""),
]


def file_store(folder: Path, start_byte: int = 0) -> FileStore:
    path = folder / "file"
    path.write_bytes(b"0123456789")
    return FileStore(os.open(path, os.O_RDONLY), start_byte)


@pytest.mark.parametrize(("start", "end", "data"), RANGES, ids=[f"{a}-{b}" for a, b, _ in RANGES])
def test_a_range_gives_its_bytes_and_fewer_at_the_end(tmp_path: Path, start: int, end: int, data: bytes) -> None:
    assert file_store(tmp_path).read(start, end) == data
    spool = Spool()
    spool.append(b"01234")
    spool.append(b"56789")
    assert spool.read(start, end) == data


def test_a_system_without_pread_reads_and_appends_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_read_at", store._seek_and_read)
    monkeypatch.setattr(store, "_append", store._seek_and_append)
    assert file_store(tmp_path).read(2, 4) == b"23"
    spool = Spool()
    spool.append(b"ab")
    assert spool.read(0, 1) == b"a"
    spool.append(b"c")
    assert spool.read(0, 9) == b"abc"


def test_offset_0_may_lie_inside_the_file(tmp_path: Path) -> None:
    assert file_store(tmp_path, start_byte=4).read(0, 2) == b"45"


def test_a_closed_store_is_empty_and_closes_twice(tmp_path: Path) -> None:
    opened = file_store(tmp_path)
    opened.close()
    opened.close()
    assert opened.read(0, 5) == b""


def test_a_store_that_nobody_holds_gives_its_descriptor_back(tmp_path: Path) -> None:
    opened = file_store(tmp_path)
    fd = opened.fd
    del opened
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(fd)


def test_a_read_that_fails_is_empty_and_says_why_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise OSError(5, "Input/output error")

    opened = file_store(tmp_path)
    monkeypatch.setattr(store, "_read_at", fail)
    assert opened.read(0, 5) == b""
    assert opened.trouble == "Input/output error"


def test_a_spool_is_private_and_has_no_name() -> None:
    spool = Spool()
    info = os.fstat(spool.fd)
    assert stat.S_IMODE(info.st_mode) == 0o600
    assert info.st_nlink == 0


def test_a_spool_that_cannot_grow_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> int:
        raise OSError(28, "No space left on device")

    spool = Spool()
    spool.append(b"abc")
    monkeypatch.setattr(store, "_append", fail)
    with pytest.raises(InspectorError, match=r"past 3 bytes \(No space left on device\): free some space"):
        spool.append(b"d")
    assert spool.read(0, 9) == b"abc"


def test_a_spool_that_cannot_be_made_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.TemporaryFile", _no_room)
    with pytest.raises(InspectorError, match="set TMPDIR to a folder that you may write to"):
        Spool()


def _no_room(**_: object) -> object:
    raise OSError(30, "Read-only file system")


def test_a_spool_is_read_while_it_grows() -> None:
    spool = Spool()
    wrong: list[bytes] = []

    def look() -> None:
        for _ in range(300):
            size = spool.size
            if spool.read(0, size) != (b"0123456789" * 300)[:size]:
                wrong.append(spool.read(0, size))

    reader = threading.Thread(target=look)
    reader.start()
    for _ in range(300):
        spool.append(b"0123456789")
    reader.join()
    assert wrong == []
