"""Which source a path or standard input makes: the one module that front ends need to open something."""

import os
import stat

from inspector.errors import InspectorError
from inspector.sources.descriptor import Path, cannot_open, cannot_read, display_name, open_path_fd, refuse
from inspector.sources.file import FileSource
from inspector.sources.follow import FollowSource
from inspector.sources.packing import HEAD_BYTES, codec_of, packing_of
from inspector.sources.pipe import READ_BYTES, PipeInlet
from inspector.sources.source import Source
from inspector.sources.spooled import Spooled
from inspector.sources.store import FileStore

STDIN_NAME = "standard input"


def open_path(path: Path, *, follow: bool = False, forced_framing: bool = False) -> Source:
    """Open a file or FIFO; `InspectorError`, one sentence not yet cleaned, where that cannot be.

    `follow` goes on with what is appended until cancelled; `forced_framing` takes compressed bytes as is.
    """
    name = display_name(path)
    fd, info = open_path_fd(path)
    if stat.S_ISFIFO(info.st_mode):
        return _fifo(name, fd, may_unpack=not forced_framing)
    store = FileStore(fd)
    try:
        return _file(name, store, path, follow=follow, may_unpack=not forced_framing)
    except InspectorError:
        store.close()
        raise


def open_stdin(fd: int = 0, *, forced_framing: bool = False) -> Source:
    """Open a duplicate of `fd`, whose own may then be given to the terminal; a file there has no times."""
    try:
        own_fd = os.dup(fd)
    except OSError as error:
        raise cannot_open(STDIN_NAME, error) from error
    info = os.fstat(own_fd)
    if stat.S_ISREG(info.st_mode):
        store = FileStore(own_fd, start_byte=os.lseek(own_fd, 0, os.SEEK_CUR))
        return _file(STDIN_NAME, store, None, follow=False, may_unpack=not forced_framing)
    if stat.S_ISDIR(info.st_mode):
        os.close(own_fd)
        refuse(STDIN_NAME, info)
    return Spooled(PipeInlet(STDIN_NAME, own_fd), may_unpack=not forced_framing)


def _file(name: str, store: FileStore, path: Path | None, *, follow: bool, may_unpack: bool) -> Source:
    try:
        head = store.fetch(0, HEAD_BYTES)  # also finds a file that opens but cannot be read
    except OSError as error:
        raise cannot_read(name, 0, error) from error
    size = os.fstat(store.fd).st_size
    tells_its_size = size >= len(head)  # files in /proc do not, so that nothing can be told from it
    if path is not None and follow and tells_its_size:
        inlet: FollowSource | FileSource = FollowSource(name, store, path)
    else:
        inlet = FileSource(name, store, path, size if tells_its_size else None)
    packing = packing_of(head) if may_unpack else None
    if packing is None:
        return inlet
    codec_of(packing, name)  # fails here rather than in the worker thread
    return Spooled(inlet, may_unpack=True)


def _fifo(name: str, fd: int, *, may_unpack: bool) -> Source:
    try:
        first = os.read(fd, READ_BYTES)
    except BlockingIOError:  # nothing yet, but somebody holds the other end
        return Spooled(PipeInlet(name, fd), may_unpack=may_unpack)
    if first:
        return Spooled(PipeInlet(name, fd, first), may_unpack=may_unpack)
    os.close(fd)
    raise InspectorError(
        f"{name} is a FIFO that nobody writes to: start its writer first, or pipe the stream into `-`."
    )
