"""Rows R2 and R3: whatever write or sync fails, the run goes on with a notice, and the disk has a beginning of it."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inspector.recording import creating as creating_module
from inspector.recording import tape as tape_module
from inspector.recording.lines import line_of
from inspector.recording.tape import Tape
from inspector.sources import store as store_module
from inspector.sources.loading import open_source
from inspector.sources.source import Read
from inspector.sources.store import AppendStore
from tests.recording.asides import ASIDES, BYTES, RUN, play
from tests.sources.reading import data_of, notices_of

CODES = [errno.ENOSPC, errno.EFBIG, errno.EIO, errno.EROFS, errno.EDQUOT]


class Failing:
    """Stands for the disk: the calls from number `first` on fail, `count` of them, the first after half its bytes."""

    def __init__(self, first: int, code: int, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls = 0
        self._failing = range(first, first + count)
        self._error = OSError(code, os.strerror(code))
        monkeypatch.setattr(store_module, "_append", self._hooked(os.write, half=True))
        monkeypatch.setattr(os, "fsync", self._hooked(os.fsync, half=False))

    def _hooked(self, call: Callable[..., Any], *, half: bool) -> Callable[..., Any]:
        def hooked(fd: int, *data: memoryview) -> Any:
            number = self.calls
            self.calls += 1
            if half and number + 1 in self._failing and number not in self._failing and len(data[0]) > 1:
                return call(fd, data[0][: len(data[0]) // 2])
            if number in self._failing:
                raise self._error
            return call(fd, *data)

        return hooked


def record(path: Path) -> Tape:
    tape = Tape.create(str(path), "chat")
    play(tape, RUN)
    tape.close()
    return tape


def is_whole(tape: Tape) -> bool:
    """Whether all can be read back from it: the bytes, and every line between the first and the last."""
    lines = tape.lines.read(0, tape.lines.size).splitlines(keepends=True)
    asides = [line for line in lines[1:-1] if b'"type":"read"' not in line]
    return tape.store.read(0, 1000) == BYTES and asides == [line_of(aside) for aside in ASIDES]


READS = sum(isinstance(item, Read) for item in RUN)
CALLS = 1 + len(RUN) + READS + 1 + 4 + 1  # lines, bytes, syncs at 1.5 s and at the end, and a half


@pytest.mark.parametrize("count", [1, 2, 1000], ids=["once", "twice", "for ever"])
@pytest.mark.parametrize("number", range(CALLS))
def test_whichever_call_fails_nothing_of_the_run_is_lost_and_the_disk_has_a_beginning(
    number: int, count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = CODES[number % len(CODES)]
    disk = Failing(number, code, count, monkeypatch)
    tape = record(tmp_path / "a.sse")
    notices = tape.notices()
    assert len(notices) in ((0,) if disk.calls <= number else (1,) if count == 1 else (1, 2))
    assert all(os.strerror(code) in notice and "keep a copy" in notice for notice in notices)
    assert tape.is_whole == (not notices)
    assert is_whole(tape)
    assert BYTES.startswith((tmp_path / "a.sse").read_bytes())
    source = open_source(str(tmp_path / "a.sse"))
    items = list(source.reads())
    assert notices_of(items) == []
    assert data_of(items) == (tmp_path / "a.sse").read_bytes()
    told = [item for item in items if item in ASIDES]
    assert told == ASIDES[: len(told)]
    source.close()
    tape.release()


def test_the_calls_that_were_made_to_fail_are_all_there_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Failing(10_000, errno.EIO, 1, monkeypatch)
    record(tmp_path / "a.sse").release()
    assert disk.calls == CALLS - 1


def test_a_sidecar_that_stops_lets_the_bytes_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tape = Tape.create(str(tmp_path / "a.sse"), "chat")
    monkeypatch.setattr(tape.lines._parts[0].store, "append", _no_space)
    play(tape, RUN)
    tape.close()
    assert (tmp_path / "a.sse").read_bytes() == BYTES
    (notice,) = tape.notices()
    assert notice.startswith(f"{tmp_path / 'a.meta.jsonl'} stops here (No space left on device)")
    assert is_whole(tape)
    tape.release()


def _no_space(data: bytes) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
def test_a_full_disk_from_the_first_byte_on_is_one_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    pair = creating_module.Pair(*(AppendStore(os.open("/dev/full", os.O_RDWR)) for _ in range(2)))
    tape = Tape("full.sse", pair)
    play(tape, RUN)
    tape.close()
    assert len(tape.notices()) == 2  # the sidecar's first line comes before the first byte
    assert tape.store.read(0, 1000) == BYTES
    tape.release()


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES, errno.ENOSPC, errno.EMFILE])
def test_a_state_directory_where_nothing_can_be_made_is_a_notice(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tape_module, "shelf", lambda: str(tmp_path))
    monkeypatch.setattr(creating_module, "create", _refusing(code))
    tape = Tape.create(None, "chat")
    play(tape, RUN)
    tape.close()
    (notice,) = tape.notices()
    assert os.strerror(code) in notice
    assert is_whole(tape)
    tape.release()


def _refusing(code: int) -> Callable[[str], AppendStore]:
    def create(path: str) -> AppendStore:
        raise OSError(code, os.strerror(code), path)

    return create


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_only_be_read_is_a_notice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.chmod(0o500)
    monkeypatch.setattr(tape_module, "shelf", lambda: str(tmp_path))
    tape = Tape.create(None, "chat")
    assert len(tape.notices()) == 1
    tape.release()
    tmp_path.chmod(0o700)
