"""A recording is copied whole, while it is made and after, and onto nothing that is there."""

import errno
import os
import stat
from pathlib import Path

import pytest

from inspector.errors import InspectorError
from inspector.recording.copying import copy_recording
from inspector.recording.tape import Tape
from inspector.sources import store as store_module
from inspector.sources.loading import open_source
from tests.recording.asides import BYTES, RUN, joined, play


@pytest.fixture
def tape(tmp_path: Path) -> Tape:
    made = Tape.create(str(tmp_path / "a.sse"), "chat")
    play(made, RUN)
    return made


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_closed_recording_is_copied_byte_by_byte(tape: Tape, tmp_path: Path) -> None:
    tape.close()
    files = contents(tmp_path)
    for what in (tape, tmp_path / "a.sse"):
        assert copy_recording(what, tmp_path / "b.sse") == str(tmp_path / "b.sse")
        copied = contents(tmp_path)
        assert (copied["b.sse"], copied["b.meta.jsonl"]) == (files["a.sse"], files["a.meta.jsonl"])
        assert stat.S_IMODE(os.stat(tmp_path / "b.sse").st_mode) == 0o600
        (tmp_path / "b.sse").unlink()
        (tmp_path / "b.meta.jsonl").unlink()
    tape.release()


def test_one_that_goes_on_is_copied_as_far_as_it_is(tape: Tape, tmp_path: Path) -> None:
    copy_recording(tape, tmp_path / "b.sse")
    tape.append(b"more", 2.0)
    source = open_source(str(tmp_path / "b.sse"))
    assert list(source.reads()) == joined(RUN)
    source.close()
    tape.release()


def test_what_found_no_place_on_the_disk_is_in_the_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tape = Tape.create(str(tmp_path / "a.sse"), "chat")
    play(tape, RUN[:5])
    tape.store.leave_file()
    tape.lines.leave_file()
    play(tape, RUN[5:])
    tape.close()
    assert contents(tmp_path)["a.sse"] != BYTES
    copy_recording(tape, tmp_path / "b.sse")
    source = open_source(str(tmp_path / "b.sse"))
    assert list(source.reads()) == joined(RUN)
    source.close()
    tape.release()


def test_the_older_sidecar_is_copied_under_its_kind_of_name(tmp_path: Path) -> None:
    (tmp_path / "a.sse").write_bytes(b"abc")
    (tmp_path / "a.times.jsonl").write_bytes(b"{}")
    copy_recording(tmp_path / "a.sse", tmp_path / "b.sse")
    assert sorted(os.listdir(tmp_path)) == ["a.sse", "a.times.jsonl", "b.sse", "b.times.jsonl"]


def test_bytes_alone_are_copied_alone(tmp_path: Path) -> None:
    (tmp_path / "a.sse").write_bytes(b"abc" * 1_000_000)
    copy_recording(tmp_path / "a.sse", tmp_path / "b.sse")
    assert contents(tmp_path)["b.sse"] == b"abc" * 1_000_000
    assert sorted(os.listdir(tmp_path)) == ["a.sse", "b.sse"]


@pytest.mark.parametrize("name", ["b.sse", "b.meta.jsonl"])
def test_nothing_is_replaced_and_nothing_left_beside_it(name: str, tape: Tape, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"precious")
    before = contents(tmp_path)
    with pytest.raises(InspectorError, match=rf"{name} exists already"):
        copy_recording(tape, tmp_path / "b.sse")
    assert contents(tmp_path) == before
    tape.release()


@pytest.mark.parametrize(("to", "why"), [("a.meta.jsonl", "beside a recording"), ("a\0", "is no file name")])
def test_a_name_that_cannot_be_is_refused(to: str, why: str, tape: Tape, tmp_path: Path) -> None:
    with pytest.raises(InspectorError, match=why):
        copy_recording(tape, f"{tmp_path}/{to}")
    tape.release()


def test_only_a_file_can_be_copied(tmp_path: Path) -> None:
    with pytest.raises(InspectorError, match="is no regular file"):
        copy_recording("/dev/null", tmp_path / "b.sse")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("number", [0, 1])
def test_a_disk_that_fails_leaves_nothing(
    number: int, tape: Tape, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, write, calls = contents(tmp_path), os.write, []

    def append(fd: int, data: memoryview) -> int:
        calls.append(fd)
        if len(calls) > number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(fd, data)

    monkeypatch.setattr(store_module, "_append", append)
    with pytest.raises(InspectorError, match="cannot be made on a full disk"):
        copy_recording(tape, tmp_path / "b.sse")
    assert contents(tmp_path) == before
    tape.release()


def test_a_source_that_was_cut_meanwhile_is_told(tape: Tape, tmp_path: Path) -> None:
    os.truncate(tmp_path / "a.sse", 5)
    with pytest.raises(InspectorError, match="cannot be read from byte 5 on"):
        copy_recording(tape, tmp_path / "b.sse")
    assert sorted(contents(tmp_path)) == ["a.meta.jsonl", "a.sse"]
    tape.release()
