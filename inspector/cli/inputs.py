"""Which files the paths of a command name: directories and patterns are unfolded. Opens none of them."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence

from inspector.errors import InspectorError
from inspector.sources.sidecar_names import META_SUFFIX, TIMES_SUFFIX

_SUFFIXES = (".sse", ".jsonl", ".ndjson")
_PACKED = ("", ".gz", ".zst", ".zstd")
_STREAMS = tuple(suffix + packed for suffix in _SUFFIXES for packed in _PACKED)


def inputs(paths: Sequence[str]) -> list[str]:
    """Each file once, in the order of the paths, those of a directory by name. Raises `InspectorError`."""
    return list(dict.fromkeys(file for path in paths for file in _unfolded(path)))


def _unfolded(path: str) -> list[str]:
    if os.path.isdir(path):
        found = sorted(_streams(path))
        if not found:
            raise InspectorError(f"{path} has no recordings in it: files that end with {', '.join(_SUFFIXES)}.")
        return found
    if glob.has_magic(path) and not os.path.lexists(path):
        matches = [match for match in sorted(glob.glob(path, recursive=True)) if not os.path.isdir(match)]
        if not matches:
            raise InspectorError(f"No file is named like {path}.")
        return matches
    return [path]


def _streams(folder: str) -> Iterator[str]:
    """Recordings in a folder and those below it, without what is hidden and without sidecars."""
    for parent, folders, files in os.walk(folder):
        folders[:] = [each for each in folders if not each.startswith(".")]
        for name in files:
            if name.endswith(_STREAMS) and not name.endswith((META_SUFFIX, TIMES_SUFFIX)) and not name.startswith("."):
                yield os.path.join(parent, name)
