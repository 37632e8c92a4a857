"""A recording read back is the recording: its reads cut at the asides, and a word where the two files do not fit."""

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from inspector.asides import Aside, RequestSent
from inspector.recording.beside import has_sidecar
from inspector.recording.recorded import RecordedSource
from inspector.recording.tape import Tape
from inspector.sources import file as file_module
from inspector.sources.loading import open_source
from inspector.sources.packing import packing_of
from inspector.sources.source import Item, Notice, Read
from tests.recording.asides import ASIDES, BYTES, RUN, asides, joined, play, reads
from tests.sources.reading import data_of, notices_of


def record(path: Path, items: list[Aside | Read], *, close: bool = True) -> None:
    tape = Tape.create(str(path), "chat")
    play(tape, items)
    if close:
        tape.close()
    tape.store.leave_file()
    tape.lines.leave_file()
    tape.release()


def read_back(path: Path) -> tuple[list[Item], list[float | None]]:
    """The items, and the time of every byte."""
    source = open_source(str(path))
    items = list(source.reads())
    size = len(data_of(items))
    times = [source.recorded_at(byte) for byte in range(size)] if isinstance(source, RecordedSource) else []
    source.close()
    return items, times


def times_of(items: list[Aside | Read]) -> list[float | None]:
    return [item.at_s for item in items if isinstance(item, Read) for _ in item.data]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.sse"


def test_a_run_comes_back_exactly(path: Path) -> None:
    record(path, RUN)
    items, times = read_back(path)
    assert items == joined(RUN)
    assert times == times_of(RUN)


def test_when_a_run_began_comes_back_with_it(path: Path) -> None:
    tape = Tape.create(str(path), "chat")
    tape.release()
    source = open_source(str(path))
    assert isinstance(source, RecordedSource)
    assert source.started is None
    assert list(source.reads()) == []
    assert source.started == tape.started
    source.close()


def test_what_the_user_was_told_comes_back_where_it_was_said(path: Path) -> None:
    tape = Tape.create(str(path), "chat")
    tape.remark("Before all.", 0.0)
    tape.append(b"data: 1\n\n", 0.5)
    tape.remark("In between.", 0.5)
    tape.append(b"data: 2\n\n", 1.0)
    tape.remark("At the end.", 1.5)
    tape.release()
    read = Read(b"data: 1\n\n", None), Read(b"data: 2\n\n", None)
    said = [Notice(each) for each in ("Before all.", "In between.", "At the end.")]
    items = read_back(path)[0]
    assert notices_of(items) == [each.sentence for each in said]
    assert data_of(items) == b"".join(each.data for each in read)
    assert items[0] == said[0]
    path.write_bytes(b"data: 1\n\n")
    assert notices_of(read_back(path)[0])[:2] == ["Before all.", "In between."]


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(items=st.lists(asides | reads, max_size=30), close=st.booleans(), slice_bytes=st.integers(1, 50))
def test_any_run_comes_back_exactly_however_its_file_is_sliced(
    items: list[Aside | Read], close: bool, slice_bytes: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assume(not packing_of(data_of([item for item in items if isinstance(item, Read)])))  # it would be unpacked
    path = tmp_path_factory.mktemp("any") / "a.sse"
    record(path, items, close=close)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file_module, "FIRST_SLICE_BYTES", slice_bytes)
        patch.setattr(file_module, "SLICE_BYTES", slice_bytes)
        back, times = read_back(path)
    assert joined(back) == joined(items)
    assert times == times_of(items)


def test_a_run_without_a_byte_comes_back(path: Path) -> None:
    record(path, list(ASIDES))
    assert read_back(path)[0] == ASIDES


def test_compressed_it_is_the_same(path: Path) -> None:
    record(path, RUN)
    packed = path.with_name("a.sse.gz")
    packed.write_bytes(gzip.compress(BYTES))
    path.unlink()
    assert read_back(packed) == (joined(RUN), times_of(RUN))


def test_the_bytes_alone_are_the_file_and_nothing_more(path: Path) -> None:
    record(path, RUN)
    path.with_name("a.meta.jsonl").unlink()
    source = open_source(str(path))
    assert not isinstance(source, RecordedSource)
    source.close()


def test_what_is_no_file_has_no_sidecar(path: Path) -> None:
    record(path, RUN)
    assert has_sidecar(path)
    assert not has_sidecar("/dev/null")
    assert not has_sidecar("a\0b")


def test_the_older_sidecar_gives_times(path: Path) -> None:
    path.write_bytes(b"abcdef")
    path.with_name("a.times.jsonl").write_bytes(b'{"t_s": 0.5, "bytes": 4}\n{"t_s": 1, "bytes": 2}\n')
    assert read_back(path) == ([Read(b"abcdef", None)], [0.5] * 4 + [1.0] * 2)


def test_the_older_sidecar_of_another_size_is_not_used(path: Path) -> None:
    path.write_bytes(b"abcdef")
    path.with_name("a.times.jsonl").write_bytes(b'{"t_s": 0.5, "bytes": 4}\n')
    items, times = read_back(path)
    assert "since its reads add up to 4 bytes and the recording has 6" in notices_of(items)[0]
    assert times == [None] * 6


def test_of_two_sidecars_the_newer_kind_is_used(path: Path) -> None:
    record(path, RUN)
    path.with_name("a.times.jsonl").write_bytes(b"rubbish\n")
    assert read_back(path)[0] == joined(RUN)


# -- where the two do not fit ----------------------------------------------------------------------------------------


def test_a_killed_recorder_may_have_written_more_bytes_than_it_told_of(path: Path) -> None:
    record(path, RUN, close=False)
    path.write_bytes(BYTES + b"data: in flight")
    items, times = read_back(path)
    assert data_of(items) == BYTES + b"data: in flight"
    assert notices_of(items) == []
    assert times == times_of(RUN) + [None] * len(b"data: in flight")


@pytest.mark.parametrize("close", [True, False], ids=["closed", "killed"])
@pytest.mark.parametrize("size", [0, 1, 30, len(BYTES) - 1])
def test_what_the_sidecar_tells_of_bytes_that_are_not_there_is_left_out_and_said(
    size: int, close: bool, path: Path
) -> None:
    record(path, RUN, close=close)
    path.write_bytes(BYTES[:size])
    items, _ = read_back(path)
    assert data_of(items) == BYTES[:size]
    (notice,) = notices_of(items)
    assert f"{len(BYTES)} bytes" in notice
    assert f"has {size}" in notice
    told = [item for item in items if not isinstance(item, Read | Notice)]
    assert told == ASIDES[: len(told)]
    assert len(told) == (4 if size < 32 else 10)


def test_bytes_that_were_added_to_a_closed_recording_are_told(path: Path) -> None:
    record(path, RUN)
    path.write_bytes(BYTES + b"more")
    items, _ = read_back(path)
    assert "is not what was recorded, which had" in notices_of(items)[0]
    assert joined(item for item in items if not isinstance(item, Notice)) == [*joined(RUN), Read(b"more", None)]


def test_bytes_that_were_changed_are_told_at_the_end(path: Path) -> None:
    record(path, RUN)
    path.write_bytes(BYTES.replace(b"1", b"3"))
    items, _ = read_back(path)
    assert "since its bytes were changed" in notices_of(items)[-1]
    assert len(items) == len(joined(RUN)) + 1


def test_a_size_that_only_unpacking_tells_is_told_at_the_end(path: Path) -> None:
    record(path, RUN)
    path.write_bytes(gzip.compress(BYTES + b"more"))
    items, _ = read_back(path)
    assert len(notices_of(items)) == 1
    assert isinstance(items[-1], Notice)


BAD = [
    (b'{"type":"recording","version":9}\n', "since it is of version 9, and this stage-inspector reads version 1:"),
    (b"rubbish\n", "since its line 1 is not what a recorder writes there: what follows is shown without times,"),
]


@pytest.mark.parametrize(("content", "why"), BAD, ids=["another version", "rubbish"])
def test_a_bad_sidecar_is_not_used_and_the_bytes_are_shown(content: bytes, why: str, path: Path) -> None:
    path.write_bytes(BYTES)
    path.with_name("a.meta.jsonl").write_bytes(content)
    items, times = read_back(path)
    assert data_of(items) == BYTES
    assert why in notices_of(items)[0]
    assert times == [None] * len(BYTES)


@pytest.mark.parametrize("kind", ["folder", "looping link", "dangling link"])
def test_a_sidecar_that_cannot_be_read_is_not_used(kind: str, path: Path) -> None:
    path.write_bytes(BYTES)
    sidecar = path.with_name("a.meta.jsonl")
    if kind == "folder":
        sidecar.mkdir()
    else:
        sidecar.symlink_to(sidecar if kind == "looping link" else path.with_name("nothing"))
    items, _ = read_back(path)
    assert data_of(items) == BYTES
    assert len(notices_of(items)) == 1


def test_a_cancelled_reading_is_no_misfit(path: Path) -> None:
    record(path, [Read(b"x" * 100_000, 0.5), RequestSent(0.6)])
    source = open_source(str(path))
    items = []
    for item in source.reads():
        items.append(item)
        source.cancel()
    assert [type(item) for item in items] == [Read]
    assert (source.name, source.changed(), source.size_hint) == (str(path), None, 100_000)
    source.close()


def test_many_asides_in_one_slice_cost_no_more_than_their_number(path: Path) -> None:
    items: list[Aside | Read] = []
    for number in range(10_000):
        items += [Read(b"x" * 50, number / 1e6), RequestSent(number / 1e6)]
    record(path, items)
    assert joined(read_back(path)[0]) == joined(items)
