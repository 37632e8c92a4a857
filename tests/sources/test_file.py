"""A file is read slice by slice, and says what happened to it since."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from inspector.errors import InspectorError
from inspector.sources import store
from inspector.sources.file import FIRST_SLICE_BYTES, SLICE_BYTES
from inspector.sources.opening import open_path
from inspector.sources.source import Read
from tests.sources.reading import read_all

RECORDING = b"data: 1\n\n"


def recording(folder: Path) -> Path:
    path = folder / "a.sse"
    path.write_bytes(RECORDING)
    return path


def test_the_first_slice_is_small_and_the_others_are_not(tmp_path: Path) -> None:
    path = tmp_path / "big.sse"
    content = os.urandom(FIRST_SLICE_BYTES + SLICE_BYTES + 5)
    path.write_bytes(content)
    source = open_path(path)
    reads = list(source.reads())
    assert [len(read.data) for read in reads if isinstance(read, Read)] == [FIRST_SLICE_BYTES, SLICE_BYTES, 5]
    assert b"".join(read.data for read in reads if isinstance(read, Read)) == content
    assert source.size_hint == len(content)
    assert source.store.read(70_000, 70_010) == content[70_000:70_010]
    source.close()


OPENS: list[tuple[str, bytes]] = [
    ("empty", b""),
    ("binary", bytes(range(256))),
    ("html", b"<!doctype html><p>502"),
    ("like gzip", b"\x1f\x8b"),
    ("like gzip of another method", b"\x1f\x8b\x07 and more"),
    ("like zstd", b"\x28\xb5\x2f"),
]


@pytest.mark.parametrize("follow", [False, True], ids=["once", "follow"])
@pytest.mark.parametrize("content", [content for _, content in OPENS], ids=[name for name, _ in OPENS])
def test_every_other_file_opens_as_it_is(tmp_path: Path, content: bytes, follow: bool) -> None:
    path = tmp_path / "a.sse"
    path.write_bytes(content)
    source = open_path(path, follow=follow)
    reads = source.reads()
    if content:
        assert next(reads) == Read(content, None)
    source.cancel()
    assert list(reads) == []
    source.close()


def test_the_null_device_opens_as_empty() -> None:
    source = open_path(os.devnull)
    assert list(source.reads()) == []
    assert source.changed() is None
    source.close()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
@pytest.mark.parametrize("follow", [False, True], ids=["once", "follow"])
def test_a_file_that_hides_its_size_is_read_to_its_end(follow: bool) -> None:
    source = open_path("/proc/self/status", follow=follow)
    assert source.size_hint is None
    assert b"Pid:" in read_all(source)
    assert source.changed() is None
    source.close()


NAMES: list[str | bytes] = [b"\xff\xfe.sse", "-rf", "[/x] \x1b[2J\n.sse", "é\u202e.sse"]


@pytest.mark.parametrize("name", NAMES, ids=["non-utf8", "option", "hostile", "bidi"])
def test_a_file_of_any_name_opens_under_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str | bytes
) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path(os.fsdecode(name))
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(RECORDING)
    source = open_path(name)
    assert source.name == os.fsdecode(name)
    assert read_all(source) == RECORDING
    source.close()


def grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"more")


def cut(path: Path) -> None:
    os.truncate(path, 3)


def rewrite(path: Path) -> None:
    path.write_bytes(RECORDING[::-1])
    os.utime(path, ns=(1, 1))  # as if some time had passed


def replace(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(b"other")
    other.rename(path)


def delete(path: Path) -> None:
    path.unlink()


CHANGES: list[tuple[Callable[[Path], None], str]] = [
    (grow, " has grown since it was read: open it again, or with --follow."),
    (cut, " was cut short since it was read: open it again to see what it holds now."),
    (rewrite, " was written over since it was read: open it again to see what it holds now."),
    (replace, " was replaced by another file since it was read: open it again to see what it holds now."),
    (delete, " was deleted since it was opened: what is shown here is what is left of it."),
]


@pytest.mark.parametrize(("change", "sentence"), CHANGES, ids=[change.__name__ for change, _ in CHANGES])
def test_a_file_says_how_it_changed_since_it_was_read(
    tmp_path: Path, change: Callable[[Path], None], sentence: str
) -> None:
    path = recording(tmp_path)
    source = open_path(path)
    assert read_all(source) == RECORDING
    assert source.changed() is None
    change(path)
    assert source.changed() == f"{path}{sentence}"
    source.close()
    assert source.changed() is None


def test_a_file_that_grows_while_it_is_read_is_read_to_its_new_end(tmp_path: Path) -> None:
    path = recording(tmp_path)
    source = open_path(path)
    reads = source.reads()
    next(reads)
    grow(path)
    assert source.changed() is None
    assert [read.data for read in reads if isinstance(read, Read)] == [b"more"]
    assert source.changed() is None
    source.close()


def test_a_file_cut_while_it_is_read_says_so(tmp_path: Path) -> None:
    path = recording(tmp_path)
    source = open_path(path)
    reads = source.reads()
    next(reads)
    cut(path)
    assert list(reads) == []
    assert "was cut short" in str(source.changed())
    source.close()


def test_a_disk_that_fails_later_ends_the_reads_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise OSError(5, "Input/output error")

    path = recording(tmp_path)
    source = open_path(path)
    reads = source.reads()
    next(reads)
    monkeypatch.setattr(store, "_read_at", fail)
    with pytest.raises(InspectorError, match="cannot be read from byte 9 on"):
        next(reads)
    assert source.store.read(0, 5) == b""
    assert "cannot be read any more (Input/output error)" in str(source.changed())
    source.close()


def test_a_cancelled_file_is_read_no_further(tmp_path: Path) -> None:
    path = tmp_path / "big.sse"
    path.write_bytes(b"x" * (FIRST_SLICE_BYTES + 1))
    source = open_path(path)
    reads = source.reads()
    next(reads)
    source.cancel()
    assert list(reads) == []
    source.close()
