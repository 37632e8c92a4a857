"""Standard input and FIFOs are read as they come, with the time at which each read arrived."""

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.errors import InspectorError
from inspector.sources.opening import STDIN_NAME, open_path, open_stdin
from inspector.sources.pipe import PipeInlet
from inspector.sources.source import Read, Source
from tests.sources.reading import Pump, read_all, until


@pytest.fixture
def pipe() -> Iterator[tuple[Source, int]]:
    """An open source and the descriptor that writes to it, which the test closes."""
    read_fd, write_fd = os.pipe()
    source = open_stdin(read_fd)
    os.close(read_fd)  # the source has its own
    yield source, write_fd
    source.close()


def test_each_write_is_a_read_with_its_time(pipe: tuple[Source, int]) -> None:
    source, write_fd = pipe
    with Pump(source) as pump:
        for part in (b"data: 1", b"\n\n", b"data: 2\n\n"):
            size = len(pump.data)
            os.write(write_fd, part)
            assert pump.wait_for_more_than(size) < 0.25
        os.close(write_fd)
        until(lambda: pump.ended)
        assert [item.data for item in pump.items if isinstance(item, Read)] == [
            b"data: 1",
            b"\n\n",
            b"data: 2\n\n",
        ]
        assert source.store.read(0, 99) == b"data: 1\n\ndata: 2\n\n"
    assert source.name == STDIN_NAME
    assert source.size_hint is None
    assert source.changed() is None


def test_times_count_from_the_opening() -> None:
    read_fd, write_fd = os.pipe()
    ticks = iter([100.0, 100.5, 102.0])
    inlet = PipeInlet("stdin", read_fd, clock=lambda: next(ticks))
    reads = inlet.reads()
    for data, at_s in ((b"a", 0.5), (b"b", 2.0)):
        os.write(write_fd, data)
        assert next(reads) == Read(data, at_s)
    os.close(write_fd)
    assert list(reads) == []
    inlet.close()


def test_a_blocked_read_ends_within_250_ms_of_its_cancelling(pipe: tuple[Source, int]) -> None:
    source, write_fd = pipe
    with Pump(source) as pump:
        os.write(write_fd, b"data: 1\n\n")
        until(lambda: pump.data)
        source.cancel()
        assert until(lambda: pump.ended) < 0.25
    os.close(write_fd)


def test_a_file_on_standard_input_is_read_from_where_it_stands_without_times(tmp_path: Path) -> None:
    path = tmp_path / "a.sse"
    path.write_bytes(b"skip data: 1\n\n")
    with path.open("rb", buffering=0) as file:
        file.seek(5)
        source = open_stdin(file.fileno())
    items = list(source.reads())
    assert items == [Read(b"data: 1\n\n", None)]
    assert source.store.read(0, 4) == b"data"
    assert source.changed() is None
    path.write_bytes(b"")
    assert source.changed() == (
        "standard input was cut short since it was read: open it again to see what it holds now."
    )
    source.close()


def test_the_null_device_on_standard_input_is_empty() -> None:
    with open(os.devnull, "rb") as file:
        source = open_stdin(file.fileno())
    assert list(source.reads()) == []
    source.close()


def test_a_socket_on_standard_input_is_read() -> None:
    ours, theirs = socket.socketpair()
    with ours:
        source = open_stdin(ours.fileno())
    with theirs:
        theirs.sendall(b"data: 1\n\n")
    assert read_all(source) == b"data: 1\n\n"
    source.close()


def test_a_pipe_that_another_made_non_blocking_is_waited_for(pipe: tuple[Source, int]) -> None:
    source, write_fd = pipe
    with Pump(source) as pump:
        os.set_blocking(write_fd, False)
        os.write(write_fd, b"x")
        until(lambda: pump.data == b"x")
        os.close(write_fd)
        until(lambda: pump.ended)
    assert pump.error is None


ERRORS = [(BlockingIOError(11, "Try again"), None), (ConnectionResetError(104, "Connection reset"), "byte 1")]


@pytest.mark.parametrize(("error", "told"), ERRORS, ids=["another reader was quicker", "reset"])
def test_a_failing_read_is_tried_again_or_told(
    monkeypatch: pytest.MonkeyPatch, error: OSError, told: str | None
) -> None:
    outcomes: list[bytes | OSError] = [b"a", error, b""]

    def read(*_: object) -> bytes:
        outcome = outcomes.pop(0)
        if isinstance(outcome, OSError):
            raise outcome
        return outcome

    with open(os.devnull, "rb") as file:
        source = open_stdin(file.fileno())
    monkeypatch.setattr(os, "read", read)
    with Pump(source) as pump:
        until(lambda: pump.ended)
    assert pump.data == b"a"
    assert told in str(pump.error) if told else pump.error is None


def test_a_closed_standard_input_is_refused() -> None:
    read_fd, write_fd = os.pipe()
    os.close(write_fd)
    os.close(read_fd)
    with pytest.raises(InspectorError, match="standard input is closed: pipe a stream into it"):
        open_stdin(read_fd)


def test_a_folder_on_standard_input_is_refused(tmp_path: Path) -> None:
    fd = os.open(tmp_path, os.O_RDONLY)
    with pytest.raises(InspectorError, match="standard input is a directory"):
        open_stdin(fd)
    os.close(fd)


def test_a_fifo_with_a_writer_is_read_as_it_comes(tmp_path: Path) -> None:
    path = tmp_path / "fifo"
    os.mkfifo(path)
    go_on = threading.Event()

    def write() -> None:
        with path.open("wb", buffering=0) as file:
            assert go_on.wait(3)
            file.write(b"data: 1\n\n")

    writer = threading.Thread(target=write)
    writer.start()
    with Pump(_opened_when_somebody_writes(path)) as pump:
        assert pump.data == b""
        go_on.set()
        until(lambda: pump.ended)
        assert pump.data == b"data: 1\n\n"
    writer.join()


def _opened_when_somebody_writes(path: Path) -> Source:
    opened: list[Source] = []

    def try_it() -> bool:
        try:
            opened.append(open_path(path))
        except InspectorError:
            return False
        return True

    until(try_it)
    return opened[0]


def test_what_a_fifo_holds_when_it_is_opened_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "fifo"
    os.mkfifo(path)
    other_reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with path.open("wb", buffering=0) as file:
        file.write(b"data: 1\n\n")
        source = open_path(path)
        os.close(other_reader)
        file.write(b"data: 2\n\n")
    assert read_all(source) == b"data: 1\n\ndata: 2\n\n"
    source.close()
