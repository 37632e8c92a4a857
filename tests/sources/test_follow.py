"""A followed file shows what is appended at once, and starts anew when its bytes are no longer the ones read."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.sources.follow import FollowSource
from inspector.sources.opening import open_path
from inspector.sources.source import Notice, Read, Restart
from tests.sources.reading import Pump, until

OLD = b"data: old\n\n" * 1000  # longer than the tail that is compared
SOON_S = 0.3


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "live.sse"
    path.write_bytes(OLD)
    return path


@pytest.fixture
def pump(path: Path) -> Iterator[Pump]:
    with Pump(open_path(path, follow=True)) as pump:
        until(lambda: pump.data == OLD)
        yield pump


def append(path: Path, data: bytes) -> None:
    with path.open("ab") as file:
        file.write(data)


def test_what_is_appended_is_seen_within_300_ms_with_its_time(path: Path, pump: Pump) -> None:
    for part in (b"data: ha", b"lf\n\n"):
        size = len(pump.data)
        append(path, part)
        assert pump.wait_for_more_than(size) < SOON_S
    first, *later = [item for item in pump.items if isinstance(item, Read)]
    assert first.at_s is None
    assert [read.data for read in later] == [b"data: ha", b"lf\n\n"]
    times = [read.at_s for read in later if read.at_s is not None]
    assert len(times) == 2
    assert 0 < times[0] < times[1]
    assert pump.notices == []


@pytest.mark.parametrize("suffix", ["meta", "times"])
def test_that_a_sidecar_is_not_read_along_is_said_first(path: Path, suffix: str) -> None:
    path.with_suffix(f".{suffix}.jsonl").touch()
    with Pump(open_path(path, follow=True)) as pump:
        until(lambda: pump.data == OLD)
    assert [f"{path} is followed, so what stands beside it is not read" in each for each in pump.notices] == [True]
    assert isinstance(pump.items[0], Notice)


def test_a_file_that_was_empty_is_followed_too(tmp_path: Path) -> None:
    path = tmp_path / "new.sse"
    path.touch()
    with Pump(open_path(path, follow=True)) as pump:
        append(path, b"data: 1\n\n")
        until(lambda: pump.data == b"data: 1\n\n")


REWRITES = [
    ("shorter", b"data: new\n\n", "was cut short"),
    ("as long", OLD.replace(b"old", b"new"), "was written over"),
    ("longer", OLD.replace(b"old", b"new") + b"data: end\n\n", "was written over"),
]


@pytest.mark.parametrize(("content", "happened"), [case[1:] for case in REWRITES], ids=[case[0] for case in REWRITES])
def test_a_file_written_anew_in_place_is_shown_from_its_start(
    path: Path, pump: Pump, content: bytes, happened: str
) -> None:
    with path.open("r+b") as file:
        file.truncate(0)
        file.write(content)
    assert until(lambda: pump.data == content and pump.notices) < SOON_S
    assert pump.notices == [f"{path} {happened}: it is shown anew from its start."]
    assert pump.source.changed() is None


def test_a_cut_file_keeps_its_store(path: Path, pump: Pump) -> None:
    assert isinstance(pump.source, FollowSource)
    store = pump.source.store
    os.truncate(path, 11)
    until(lambda: pump.data == OLD[:11])
    assert [item for item in pump.items if isinstance(item, Restart)] == [Restart(store)]


def test_a_replaced_file_is_read_to_its_old_end_and_then_anew(path: Path, pump: Pump) -> None:
    assert isinstance(pump.source, FollowSource)
    old_store = pump.source.store
    new = path.with_name("new")
    new.write_bytes(b"data: new\n\n")
    append(path, b"last words")
    new.rename(path)
    assert until(lambda: pump.data == b"data: new\n\n") < SOON_S
    kinds = [type(item) for item in pump.items]
    assert kinds == [Read, Read, Restart, Notice, Read]
    assert pump.notices == [f"{path} was replaced by another file: it is shown anew from its start."]
    assert old_store.read(0, len(OLD) + 10) == OLD + b"last words"
    assert pump.source.store.read(6, 9) == b"new"


def test_a_deleted_file_is_noticed_once_and_a_new_one_of_its_name_is_shown(path: Path, pump: Pump) -> None:
    path.unlink()
    assert until(lambda: pump.notices) < SOON_S
    time.sleep(0.12)  # two more looks
    assert pump.notices == [f"{path} was deleted: what was read stays, and a new file of that name will be shown."]
    assert pump.data == OLD
    path.write_bytes(b"data: reborn\n\n")
    until(lambda: pump.data == b"data: reborn\n\n")
    assert "was replaced by another file" in pump.notices[1]


def test_a_path_that_becomes_a_fifo_or_a_folder_is_noticed_and_the_old_bytes_stay(path: Path, pump: Pump) -> None:
    path.unlink()
    path.mkdir()
    until(lambda: f"{path} is a directory: name a file in it." in pump.notices)
    path.rmdir()
    os.mkfifo(path)
    until(lambda: f"{path} is no regular file any more: what was read stays." in pump.notices)
    assert pump.data == OLD


def test_cancelling_ends_it_within_250_ms(path: Path, pump: Pump) -> None:
    pump.source.cancel()
    assert until(lambda: pump.ended) < 0.25


def test_a_file_rewritten_while_it_is_first_read_starts_anew(tmp_path: Path) -> None:
    path = tmp_path / "big.sse"
    path.write_bytes(b"a" * 2_000_000)
    source = open_path(path, follow=True)
    reads = source.reads()
    assert isinstance(next(reads), Read)
    path.write_bytes(b"b" * 2_000_000)
    assert isinstance(next(reads), Restart)
    assert isinstance(next(reads), Notice)
    third = next(reads)
    assert isinstance(third, Read)
    assert third.data[:1] == b"b"
    source.cancel()
    source.close()
