"""A run is recorded as it comes: bytes first, to be read back at once, and a sidecar that says what came when."""

import hashlib
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from inspector.asides import ExchangeBegan, RequestSent
from inspector.errors import InspectorError
from inspector.recording import shelf as shelf_module
from inspector.recording import tape as tape_module
from inspector.recording.tape import Tape
from tests.recording.asides import BYTES, RUN, play


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_the_recording_is_the_bytes_and_nothing_else(tmp_path: Path) -> None:
    tape = Tape.create(str(tmp_path / "a.sse"), "chat")
    play(tape, RUN)
    assert (tmp_path / "a.sse").read_bytes() == tape.store.read(0, 1000) == BYTES
    tape.release()
    assert sorted(os.listdir(tmp_path)) == ["a.meta.jsonl", "a.sse"]
    assert tape.notices() == []


def test_every_read_is_in_both_files_before_anyone_sees_it(tmp_path: Path) -> None:
    tape = Tape.create(str(tmp_path / "a.sse"), "attach")
    tape.append(b"data", 0.1234567)
    assert (tmp_path / "a.sse").read_bytes() == b"data"
    assert lines_of(tmp_path / "a.meta.jsonl")[-1] == {"type": "read", "t_s": 0.123457, "bytes": 4}
    tape.release()


def test_the_sidecar_begins_with_its_version_and_ends_with_size_and_sum(tmp_path: Path) -> None:
    tape = Tape.create(str(tmp_path / "a.sse"), "chat")
    play(tape, RUN)
    tape.close()
    tape.close()
    first, *between, last = lines_of(tmp_path / "a.meta.jsonl")
    assert first.pop("tool").startswith("stage-inspector ")
    assert len(first.pop("started")) == len("2026-11-21T05:00:00Z")
    assert first == {"type": "recording", "version": 1, "clock": "monotonic"}
    assert len(between) == len(RUN)
    assert last == {"type": "closed", "t_s": 1.75, "bytes": len(BYTES), "sha256": hashlib.sha256(BYTES).hexdigest()}
    tape.release()


def test_what_comes_after_the_end_is_read_back_and_leaves_the_files_alone(tmp_path: Path) -> None:
    tape = Tape.create(str(tmp_path / "a.sse"), "chat")
    tape.append(b"abc", 0.1)
    tape.close()
    before = (tmp_path / "a.meta.jsonl").read_bytes()
    tape.append(b"def", 0.2)
    assert tape.store.read(0, 9) == b"abcdef"
    assert tape.is_whole  # as a recording of the run that was ended
    assert (tmp_path / "a.sse").read_bytes() == b"abc"
    assert (tmp_path / "a.meta.jsonl").read_bytes() == before
    tape.release()


def test_it_is_synced_once_a_second_and_at_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    tape = Tape.create(str(tmp_path / "a.sse"), "chat")
    for hundredth in range(350):
        tape.append(b"x", hundredth / 100)
    assert len(synced) == 2 * 3
    tape.close()
    assert len(synced) == 2 * 4
    tape.release()


def test_masked_headers_and_queries_are_written_as_they_are(tmp_path: Path) -> None:
    tape = Tape.create(str(tmp_path / "a.sse"), "chat")
    tape.note(ExchangeBegan(0, "GET", "http://h/?key=****", (("x-api-key", "****"),), None))
    line = lines_of(tmp_path / "a.meta.jsonl")[-1]
    assert (line["url"], line["headers"]) == ("http://h/?key=****", [["x-api-key", "****"]])
    tape.release()


def test_a_body_too_deep_for_json_is_left_out_and_said(tmp_path: Path) -> None:
    body: Any = []
    for _ in range(100_000):
        body = [body]
    tape = Tape.create(str(tmp_path / "a.sse"), "chat")
    tape.note(ExchangeBegan(0, "POST", "u", (), body))
    while body:  # or it is taken down recursively
        body = body[0]
    tape.note(RequestSent(0.1))
    assert [line["type"] for line in lines_of(tmp_path / "a.meta.jsonl")] == ["recording", "sent"]
    assert len(tape.notices()) == 1
    assert tape.notices() == []
    tape.release()


def test_a_line_longer_than_can_be_read_is_left_out_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tape_module, "MAX_LINE_BYTES", 200)
    tape = Tape.create(str(tmp_path / "a.sse"), "chat")
    tape.note(ExchangeBegan(0, "POST", "u", (), "x" * 200))
    assert "ExchangeBegan" in tape.notices()[0]
    tape.release()


# -- where ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that unnamed recordings go to; it does not exist."""
    folder = tmp_path / "home" / "state" / "recordings"
    monkeypatch.setattr(tape_module, "shelf", lambda: str(folder))
    return folder


def test_the_shelf_is_in_the_state_directory_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_state_dir", lambda *name, **_: str(tmp_path.joinpath(*name)))
    assert shelf_module.shelf() == str(tmp_path / "stage-inspector" / "recordings")


def test_recordings_of_the_same_second_have_names_of_their_own(state: Path) -> None:
    tapes = [Tape.create(None, "chat") for _ in range(3)]
    assert len({tape.path for tape in tapes}) == 3
    assert all(name.endswith((".sse", ".meta.jsonl")) and "-chat" in name for name in os.listdir(state))
    for tape in tapes:
        tape.release()


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_files_are_for_the_user_alone_whatever_the_umask(umask: int, state: Path) -> None:
    old = os.umask(umask)
    try:
        tape = Tape.create(None, "chat")
    finally:
        os.umask(old)
    modes = [stat.S_IMODE(os.stat(state / name).st_mode) for name in os.listdir(state)]
    assert modes == [0o600, 0o600]
    folders = [stat.S_IMODE(os.stat(folder).st_mode) for folder in (state, state.parent, state.parents[1])]
    assert folders == [0o700] * 3
    tape.release()


def test_a_umask_that_takes_even_from_the_owner_leaves_files_that_can_be_read(tmp_path: Path) -> None:
    old = os.umask(0o777)
    try:
        tape = Tape.create(str(tmp_path / "a.sse"), "chat")
    finally:
        os.umask(old)
    assert [stat.S_IMODE(os.stat(tmp_path / name).st_mode) for name in os.listdir(tmp_path)] == [0o600, 0o600]
    tape.release()


def test_without_a_folder_it_is_kept_for_the_screen_and_said(state: Path) -> None:
    state.parents[1].write_bytes(b"a file")
    tape = Tape.create(None, "chat")
    play(tape, RUN)
    tape.close()
    assert tape.path is None
    assert not tape.is_whole
    assert tape.store.read(0, 1000) == BYTES
    (notice,) = tape.notices()
    assert notice.startswith(f"This run is not recorded, since {state.parents[1]}")
    tape.release()


# -- R4, R8: nothing is ever replaced ----------------------------------------------------------------------------------


def _file(path: Path) -> None:
    path.write_bytes(b"precious")


def _link(path: Path) -> None:
    path.symlink_to(path.with_name("elsewhere"))


TAKEN = [("a file", _file), ("a link to nothing", _link), ("a folder", Path.mkdir), ("a FIFO", os.mkfifo)]


@pytest.mark.parametrize("make", [case[1] for case in TAKEN], ids=[case[0] for case in TAKEN])
@pytest.mark.parametrize("name", ["a.sse", "a.meta.jsonl"])
def test_what_is_there_stays_and_nothing_is_left_beside_it(make: Any, name: str, tmp_path: Path) -> None:
    make(tmp_path / name)
    before = os.lstat(tmp_path / name)
    with pytest.raises(InspectorError, match=rf"{name} exists already, and a recording replaces nothing"):
        Tape.create(str(tmp_path / "a.sse"), "chat")
    assert os.listdir(tmp_path) == [name]
    after = os.lstat(tmp_path / name)
    assert (after.st_ino, after.st_size, after.st_mtime_ns) == (before.st_ino, before.st_size, before.st_mtime_ns)


REFUSED = [
    ("no/a.sse", "since there is no such folder"),
    ("file/a.sse", "a part of that path is a file"),
    ("a.meta.jsonl", "is the name of a file beside a recording"),
    ("a.times.jsonl", "is the name of a file beside a recording"),
    ("a" * 300, "is too long for a file name"),
    ("a\0b", "is no file name"),
]


@pytest.mark.parametrize(("name", "why"), REFUSED, ids=[case[1] + case[0][:3] for case in REFUSED])
def test_a_name_that_cannot_be_is_refused_in_a_sentence(name: str, why: str, tmp_path: Path) -> None:
    _file(tmp_path / "file")
    with pytest.raises(InspectorError, match=why) as refused:
        Tape.create(f"{tmp_path}/{name}", "chat")
    assert str(refused.value).endswith((".",))
    assert os.listdir(tmp_path) == ["file"]


def test_of_two_recorders_one_is_refused(tmp_path: Path) -> None:
    first = Tape.create(str(tmp_path / "a.sse"), "chat")
    with pytest.raises(InspectorError):
        Tape.create(str(tmp_path / "a.sse"), "chat")
    play(first, RUN)
    assert (tmp_path / "a.sse").read_bytes() == BYTES
    first.release()
