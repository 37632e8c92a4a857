"""What the files beside a recording are called. Opens none."""

import os

from inspector.sources.descriptor import Path, display_name

META_SUFFIX = ".meta.jsonl"
TIMES_SUFFIX = ".times.jsonl"
PACKED_SUFFIXES = (".gz", ".zst", ".zstd")


def sidecar_of(path: Path) -> str:
    """Name the older sidecar of a recording: `a.times.jsonl` for `a.sse`, and for `a.sse.gz`."""
    return _stem_of(path) + TIMES_SUFFIX


def meta_of(path: Path) -> str:
    """Name the sidecar of a recording: `a.meta.jsonl` for `a.sse`, and for `a.sse.gz`."""
    return _stem_of(path) + META_SUFFIX


def _stem_of(path: Path) -> str:
    stem, suffix = os.path.splitext(display_name(path))
    if suffix in PACKED_SUFFIXES:
        stem, _ = os.path.splitext(stem)
    return stem
