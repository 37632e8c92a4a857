"""The times of a recording's reads, by byte, from its sidecar."""

import os
from pathlib import Path

import pytest

from inspector.sources.sidecar import parse_times, size_mismatch, times_beside
from inspector.sources.sidecar_names import sidecar_of
from inspector.sources.times import Times
from tests.shared import SHARED, needs_shared


def times_of(*reads: tuple[int, float | None]) -> Times:
    times = Times()
    for read_bytes, at_s in reads:
        times.add(read_bytes, at_s)
    return times


def test_each_byte_came_with_its_read() -> None:
    times = times_of((2, 0.1), (0, 0.2), (3, 0.4), (0, 0.5))
    assert [times.at(byte) for byte in range(6)] == [0.1, 0.1, 0.4, 0.4, 0.4, None]
    assert times.size == 5


def test_a_read_of_unknown_time_has_none() -> None:
    times = times_of((2, None), (2, 0.5))
    assert [times.at(byte) for byte in (1, 2)] == [None, 0.5]


def test_no_reads_have_no_times() -> None:
    assert Times().at(0) is None


NAMES = [
    ("a/b.sse", "a/b.times.jsonl"),
    ("a.b.sse", "a.b.times.jsonl"),
    ("b.sse.gz", "b.times.jsonl"),
    ("b.sse.zst", "b.times.jsonl"),
    (b"\xff.sse", "\udcff.times.jsonl"),
    ("plain", "plain.times.jsonl"),
]


@pytest.mark.parametrize(("path", "sidecar"), NAMES, ids=[sidecar[:9] for _, sidecar in NAMES[:-2]] + ["x", "y"])
def test_the_sidecar_has_the_name_of_the_recording(path: str | bytes, sidecar: str) -> None:
    assert sidecar_of(path) == sidecar


GOOD = b'{"t_s": 0.5, "bytes": 3}\n'
READABLE: list[tuple[str, bytes, list[int]]] = [
    ("empty", b"", []),
    ("whole", GOOD * 2, [3, 6]),
    ("without the last line feed", GOOD + GOOD[:-1], [3, 6]),
    ("torn", GOOD + GOOD[:9], [3]),
    ("other fields, CRLF, blank lines", b'{"bytes": 1, "t_s": 2, "x": null}\r\n\n', [1]),
]


@pytest.mark.parametrize(("content", "ends"), [case[1:] for case in READABLE], ids=[case[0] for case in READABLE])
def test_a_readable_sidecar_gives_its_reads(tmp_path: Path, content: bytes, ends: list[int]) -> None:
    (tmp_path / "a.times.jsonl").write_bytes(content)
    times, notice = times_beside(tmp_path / "a.sse")
    assert notice is None
    assert times is not None
    assert list(times.ends) == ends


MALFORMED: list[tuple[str, bytes, int]] = [
    ("no JSON", b"hello\n", 1),
    ("no JSON and no line feed", b"hello", 1),
    ("no object", GOOD + b"[1, 2]\n", 2),
    ("no time", b'{"bytes": 3}\n', 1),
    ("no size", b'{"t_s": 3}\n', 1),
    ("negative size", b'{"t_s": 1, "bytes": -3}\n', 1),
    ("size no integer", b'{"t_s": 1, "bytes": 3.0}\n', 1),
    ("size a truth value", b'{"t_s": 1, "bytes": true}\n', 1),
    ("size too big", b'{"t_s": 1, "bytes": 99999999999999999999}\n', 1),
    ("sum too big", b'{"t_s": 1, "bytes": 9007199254740992}\n' * 1100, 1024),
    ("time not finite", b'{"t_s": NaN, "bytes": 3}\n', 1),
    ("time too big", b'{"t_s": 1' + b"0" * 400 + b', "bytes": 3}\n', 1),
    ("too many digits", b'{"t_s": 1' + b"0" * 4050 + b', "bytes": 3}\n', 1),
    ("too deep", b"[" * 4000 + b"\n", 1),
    ("not UTF-8", b"\xff\n", 1),
    ("a line without end", GOOD + b'{"t_s": ' + b" " * 9000, 2),
    ("a bad line before the last", GOOD[:9] + b"\n" + GOOD, 1),
]


@pytest.mark.parametrize(("content", "number"), [case[1:] for case in MALFORMED], ids=[case[0] for case in MALFORMED])
def test_a_malformed_sidecar_is_not_used_and_its_first_bad_line_is_named(
    tmp_path: Path, content: bytes, number: int
) -> None:
    sidecar = tmp_path / "a.times.jsonl"
    sidecar.write_bytes(content)
    assert times_beside(tmp_path / "a.sse") == (
        None,
        f"The times in {sidecar} are not used, since its line {number} is not the time and size of a read: "
        "remove it, or record again.",
    )


def test_a_recording_without_sidecar_has_no_times_and_no_notice(tmp_path: Path) -> None:
    assert times_beside(tmp_path / "a.sse") == (None, None)


def test_a_sidecar_that_is_no_file_is_not_used(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.times.jsonl")
    times, notice = times_beside(tmp_path / "a.sse")
    assert times is None
    assert "since it is no regular file" in str(notice)


def test_a_sidecar_that_cannot_be_opened_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "a.times.jsonl").symlink_to(tmp_path / "a.times.jsonl")
    times, notice = times_beside(tmp_path / "a.sse")
    assert times is None
    assert "since Too many levels of symbolic links" in str(notice)


def test_reads_that_do_not_add_up_are_told(tmp_path: Path) -> None:
    times = times_of((3, 0.1))
    assert size_mismatch(tmp_path / "a.sse", times, 3) is None
    assert size_mismatch(tmp_path / "a.sse", times, 4) == (
        f"The times in {tmp_path / 'a.times.jsonl'} are not used, since its reads add up to 3 bytes "
        "and the recording has 4: remove it, or record again."
    )


@needs_shared
@pytest.mark.parametrize("path", sorted((SHARED / "stages").glob("*.sse")), ids=lambda path: path.stem)
def test_the_sidecars_of_real_recordings_add_up(path: Path) -> None:
    times, notice = times_beside(path)
    assert notice is None
    assert times is not None
    size = path.stat().st_size
    assert size_mismatch(path, times, size) is None
    assert times.at(0) is not None
    assert times.at(size - 1) == times.at_s[-1]


def test_a_sidecar_of_many_reads_is_read_line_by_line() -> None:
    assert parse_times(iter([GOOD] * 1000)).size == 3000
