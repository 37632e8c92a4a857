"""A recording copied, with its sidecar, to where nothing is yet: also one that is still being made."""

from __future__ import annotations

import os
import stat
from contextlib import ExitStack
from typing import NamedTuple

from inspector.errors import InspectorError
from inspector.recording.beside import is_regular
from inspector.recording.creating import check_name, create, not_made, remove
from inspector.recording.tape import Tape
from inspector.sources.descriptor import Path, display_name, open_path_fd
from inspector.sources.sidecar_names import meta_of, sidecar_of
from inspector.sources.store import AppendStore, ByteStore, FileStore

_SLICE_BYTES = 1 << 20


class _Part(NamedTuple):
    store: ByteStore
    size: int
    to: str


def copy_recording(recording: Tape | Path, to: Path) -> str:
    """Copy what there is so far, also what found no place in the file, and give the name of the copy.

    `InspectorError`: nothing can be made there, something is there already, or the disk fails; then nothing is left.
    """
    name = display_name(to)
    check_name(name)
    with ExitStack() as opened:
        parts = _of_tape(recording, name) if isinstance(recording, Tape) else _of_path(recording, name, opened)
        made: list[AppendStore] = []
        try:
            for part in parts:
                made.append(create(part.to))
                opened.callback(made[-1].close)
                _pour(part, made[-1])
        except (OSError, ValueError, InspectorError) as error:
            for part, file in zip(parts, made, strict=False):
                file.close()
                remove(part.to)
            raise error if isinstance(error, InspectorError) else not_made(name, error) from error
    return name


def _of_tape(tape: Tape, to: str) -> list[_Part]:
    lines_size = tape.lines.size  # first, so that the sidecar does not tell of bytes that the copy has not
    return [_Part(tape.store, tape.store.size, to), _Part(tape.lines, lines_size, meta_of(to))]


def _of_path(path: Path, to: str, opened: ExitStack) -> list[_Part]:
    beside = [(meta_of(path), meta_of(to)), (sidecar_of(path), sidecar_of(to))]
    sidecars = [_of_file(each, its_to, opened) for each, its_to in beside if is_regular(each)]
    return [_of_file(path, to, opened), *sidecars[:1]]


def _of_file(path: Path, to: str, opened: ExitStack) -> _Part:
    fd, info = open_path_fd(path)
    store = FileStore(fd)
    opened.callback(store.close)
    if not stat.S_ISREG(info.st_mode):
        raise InspectorError(f"{display_name(path)} is no regular file: only a recording in a file can be copied.")
    return _Part(store, os.fstat(fd).st_size, to)


def _pour(part: _Part, file: AppendStore) -> None:
    while file.size < part.size:
        data = part.store.read(file.size, min(file.size + _SLICE_BYTES, part.size))
        if not data:
            raise InspectorError(f"What is to be copied cannot be read from byte {file.size} on: open it again.")
        file.append(data)
    file.sync()
