"""A file that grows: read to its end, then polled; starts anew when it is cut, rewritten or replaced."""

import os
import stat
import time
from collections.abc import Callable, Iterator

from inspector.errors import InspectorError
from inspector.sources.change import HAPPENED, Stamp, path_change, stamp_of
from inspector.sources.descriptor import Path, open_path_fd
from inspector.sources.file import slice_of
from inspector.sources.sidecar_names import meta_of, sidecar_of
from inspector.sources.source import Item, Notice, Read, Restart
from inspector.sources.store import FileStore

POLL_S = 0.05
_TAIL_BYTES = 4096  # kept to tell a file that grew from one that was written anew and is as long by now

_ANEW = ": it is shown anew from its start."
_WATCHED = ": what was read stays, and a new file of that name will be shown."
_NOT_READ = (
    "{} is followed, so what stands beside it is not read: its times, requests and results are shown when it is opened "
    "without --follow."
)
_NO_FILE = "{} is no regular file any more: what was read stays."


class FollowSource:
    """A regular file by its path. Data that came after the first look at it has arrival times."""

    is_live = False
    recorded_at = None

    def __init__(self, name: str, store: FileStore, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self.name = name
        self.store = store
        self.size_hint: int | None = stamp_of(store.fd).size
        self._path = path
        self._clock = clock
        self._opened_at_s = clock()
        self._cancelled = False
        self._told: str | None = None
        self._forget()

    def _forget(self) -> None:
        self._position = 0
        self._tail = b""
        self._stamp: Stamp | None = None

    def reads(self) -> Iterator[Item]:
        if any(os.path.lexists(beside(self._path)) for beside in (meta_of, sidecar_of)):
            yield Notice(_NOT_READ.format(self.name))
        yield from self._rest(live=False)
        while not self._cancelled:
            time.sleep(POLL_S)
            yield from self._rest(live=True)
            yield from self._path_news()

    def _rest(self, live: bool) -> Iterator[Item]:
        while not self._cancelled:
            if what := self._lost():
                yield from self._anew(what)
            data = slice_of(self.store, self.name, self._position)
            if not data:
                return
            self._position += len(data)
            self._tail = (self._tail + data[-_TAIL_BYTES:])[-_TAIL_BYTES:]
            yield Read(data, self._clock() - self._opened_at_s if live else None)

    def _lost(self) -> str | None:
        """Say how the bytes read so far went out of the file, as a key of `HAPPENED`."""
        stamp = stamp_of(self.store.fd)
        if stamp == self._stamp:
            return None
        self._stamp = stamp
        if stamp.size < self._position:
            return "cut"
        tail = self.store.read(self._position - len(self._tail), self._position)
        return None if tail == self._tail else "rewritten"

    def _anew(self, what: str) -> Iterator[Item]:
        self._forget()
        yield Restart(self.store)
        yield Notice(HAPPENED[what].format(self.name) + _ANEW)

    def _path_news(self) -> Iterator[Item]:
        what = path_change(self._path, self.store.fd)
        if what is None:
            self._told = None
        elif what == "deleted":
            yield from self._tell(HAPPENED[what].format(self.name) + _WATCHED)
        else:
            yield from self._reopen()

    def _reopen(self) -> Iterator[Item]:
        try:
            fd, info = open_path_fd(self._path)
        except InspectorError as error:
            yield from self._tell(str(error))
            return
        if not stat.S_ISREG(info.st_mode):
            os.close(fd)
            yield from self._tell(_NO_FILE.format(self.name))
            return
        self.store = FileStore(fd)
        self._told = None
        yield from self._anew("replaced")

    def _tell(self, sentence: str) -> Iterator[Item]:
        if sentence != self._told:
            self._told = sentence
            yield Notice(sentence)

    def cancel(self) -> None:
        self._cancelled = True

    def changed(self) -> str | None:
        """Nothing: `reads` tells it all."""
        return None

    def close(self) -> None:
        self.store.close()
