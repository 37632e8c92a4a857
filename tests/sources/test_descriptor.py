"""Every path that cannot be opened has its own sentence, and none hangs."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from inspector.errors import InspectorError
from inspector.sources.opening import open_path


def missing(folder: Path) -> Path:
    return folder / "gone.sse"


def below_a_file(folder: Path) -> Path:
    (folder / "file").write_bytes(b"x")
    return folder / "file" / "a.sse"


def directory(folder: Path) -> Path:
    return folder


def dangling_link(folder: Path) -> Path:
    (folder / "link").symlink_to(folder / "gone.sse")
    return folder / "link"


def link_loop(folder: Path) -> Path:
    (folder / "a").symlink_to(folder / "b")
    (folder / "b").symlink_to(folder / "a")
    return folder / "a"


def fifo_without_writer(folder: Path) -> Path:
    os.mkfifo(folder / "fifo")
    return folder / "fifo"


def unix_socket(folder: Path) -> Path:
    path = folder / "socket"
    here = os.getcwd()
    os.chdir(folder)  # the path of a socket may have 107 bytes only
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("socket")
    finally:
        os.chdir(here)
    return path


def long_name(folder: Path) -> Path:
    return folder / ("x" * 300)


CASES: list[tuple[Callable[[Path], Path], str]] = [
    (missing, " does not exist: check the path."),
    (below_a_file, " does not exist, since a part of that path is a file: check the path."),
    (directory, " is a directory: name a file in it."),
    (dangling_link, " is a symbolic link to a file that does not exist: let the link name a file."),
    (link_loop, " is a symbolic link that leads back to itself: let the link name a file."),
    (
        fifo_without_writer,
        " is a FIFO that nobody writes to: start its writer first, or pipe the stream into `-`.",
    ),
    (unix_socket, " is a socket, which cannot be opened as a file: pipe what it sends into `-`."),
    (long_name, " is too long for a file name: check the path."),
]


@pytest.mark.parametrize(("make", "sentence"), CASES, ids=[make.__name__ for make, _ in CASES])
@pytest.mark.parametrize("follow", [False, True], ids=["once", "follow"])
def test_a_path_that_is_no_input_is_refused_with_its_name_and_a_remedy(
    tmp_path: Path, make: Callable[[Path], Path], sentence: str, follow: bool
) -> None:
    path = make(tmp_path)
    with pytest.raises(InspectorError) as caught:
        open_path(path, follow=follow)
    assert str(caught.value) == f"{path}{sentence}"


ODD_PATHS = [
    ("", " does not exist: check the path."),
    ("a\0b", "a\0b is no file name: check the path."),
    ("/dev/zero", "/dev/zero is a device, not a recording: name a file, or pipe its bytes into `-`."),
    (b"gone-\xff", "gone-\udcff does not exist: check the path."),
    ("gone-{}-\x1b[2J", "gone-{}-\x1b[2J does not exist: check the path."),
]


@pytest.mark.parametrize(("path", "sentence"), ODD_PATHS, ids=["empty", "nul", "device", "non-utf8", "hostile"])
def test_an_odd_path_is_refused_with_a_sentence(path: str | bytes, sentence: str) -> None:
    with pytest.raises(InspectorError) as caught:
        open_path(path)
    assert str(caught.value) == sentence


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs /proc")
def test_a_file_that_opens_but_cannot_be_read_is_refused_when_it_is_opened() -> None:
    with pytest.raises(InspectorError) as caught:
        open_path("/proc/self/mem")
    assert str(caught.value) == (
        "/proc/self/mem cannot be read from byte 0 on (Input/output error): "
        "copy what can be read into another file and open that."
    )


ERRNOS = [
    (13, " may not be read by you: ask its owner for permission (chmod), or copy it."),
    (24, " cannot be opened, since too many files are open: open fewer at once (see ulimit -n)."),
    (5, " cannot be opened (Input/output error): check the path."),
]


@pytest.mark.parametrize(("number", "sentence"), ERRNOS, ids=["permission", "descriptors", "other"])
def test_what_the_system_refuses_has_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    path = tmp_path / "a.sse"
    path.write_bytes(b"x")

    def fail(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "open", fail)
    with pytest.raises(InspectorError) as caught:
        open_path(path)
    assert str(caught.value) == f"{path}{sentence}"


@pytest.mark.skipif(os.geteuid() != 0, reason="the case above is the same for who is not root")
def test_a_file_of_mode_000_is_refused_to_who_is_not_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "a.sse"
    path.write_bytes(b"x")
    path.chmod(0)
    os.seteuid(65534)
    try:
        with pytest.raises(InspectorError, match="may not be read by you"):
            open_path(path)
    finally:
        os.seteuid(0)


def test_a_refused_path_leaves_no_descriptor_open(tmp_path: Path) -> None:
    fifo = fifo_without_writer(tmp_path)
    before = len(os.listdir("/dev/fd"))
    for path in (fifo, Path("/proc/self/mem")):
        with pytest.raises(InspectorError):
            open_path(path)
    assert len(os.listdir("/dev/fd")) == before
