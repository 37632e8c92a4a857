"""A file read once, slice by slice, to where it ends now; later changes it notices but does not follow."""

from collections.abc import Iterator

from inspector.sources.change import HAPPENED, Stamp, content_change, path_change, stamp_of
from inspector.sources.descriptor import Path, cannot_read
from inspector.sources.source import Item, Read
from inspector.sources.store import FileStore

FIRST_SLICE_BYTES = 64 << 10  # little, so that the first screen is soon there
SLICE_BYTES = 1 << 20

_AGAIN = " since it was read: open it again to see what it holds now."
_REMEDIES = {
    "cut": _AGAIN,
    "rewritten": _AGAIN,
    "replaced": _AGAIN,
    "deleted": " since it was opened: what is shown here is what is left of it.",
    "grown": " since it was read: open it again, or with --follow.",
}


def slice_of(store: FileStore, name: str, start: int) -> bytes:
    """Give the slice that begins at `start`, empty at the end; `InspectorError` where the disk fails."""
    length = SLICE_BYTES if start else FIRST_SLICE_BYTES
    try:
        return store.fetch(start, start + length)
    except OSError as error:
        raise cannot_read(name, start, error) from error


class FileSource:
    """A regular file, or the null device. `path` is `None` where only its descriptor is known (stdin)."""

    is_live = False
    recorded_at = None

    def __init__(self, name: str, store: FileStore, path: Path | None, size_hint: int | None) -> None:
        self.name = name
        self.store = store
        self.size_hint = size_hint
        self._path = path
        self._stamp = stamp_of(store.fd)  # of the content that was read
        self._ended = False
        self._cancelled = False

    def reads(self) -> Iterator[Item]:
        position = 0
        while not self._cancelled:
            stamp = stamp_of(self.store.fd)
            data = slice_of(self.store, self.name, position)
            if not data:
                self._end(stamp, position)
                return
            position += len(data)
            yield Read(data, None)

    def _end(self, stamp: Stamp, position: int) -> None:
        self._ended = True
        if stamp.size >= position:  # else it was cut while being read; files in /proc are 0 all the time
            self._stamp = stamp

    def cancel(self) -> None:
        self._cancelled = True

    def changed(self) -> str | None:
        if self.store.trouble:
            return f"{self.name} cannot be read any more ({self.store.trouble}): open it again, or a copy."
        what = self._change()
        if what is None or (what == "grown" and not self._ended):
            return None
        return HAPPENED[what].format(self.name) + _REMEDIES[what]

    def _change(self) -> str | None:
        gone = path_change(self._path, self.store.fd) if self._path is not None else None
        try:
            return gone or content_change(self._stamp, stamp_of(self.store.fd))
        except OSError:
            return None  # closed

    def close(self) -> None:
        self.store.close()
