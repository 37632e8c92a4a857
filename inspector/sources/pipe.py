"""Standard input or a FIFO, read as it comes; it keeps nothing of what it read."""

import os
import select
import time
from collections.abc import Callable, Iterator

from inspector.sources.descriptor import cannot_read
from inspector.sources.source import Item, Read

READ_BYTES = 64 << 10  # what a pipe holds
_WAKE_S = 0.1  # how long a blocked read may go without looking at `cancel`


class PipeInlet:
    """A descriptor, owned, that can be read once. A write of the other side is one `Read`, unless we lag."""

    def __init__(self, name: str, fd: int, first: bytes = b"", clock: Callable[[], float] = time.monotonic) -> None:
        """`first` is what opening has taken from `fd` already."""
        self.name = name
        self._fd = fd
        self._first = first
        self._clock = clock
        self._opened_at_s = clock()
        self._cancelled = False

    def reads(self) -> Iterator[Item]:
        position = 0
        data: bytes | None = self._first or self._next(position)
        while data:
            yield Read(data, self._clock() - self._opened_at_s)
            position += len(data)
            data = self._next(position)

    def _next(self, position: int) -> bytes | None:
        """Give what comes next; empty at the end, `None` when cancelled."""
        while not self._cancelled:
            try:
                if _is_ready(self._fd):
                    return os.read(self._fd, READ_BYTES)
            except BlockingIOError:
                continue  # it was ready, but another reader was quicker
            except OSError as error:
                raise cannot_read(self.name, position, error) from error
        return None

    def cancel(self) -> None:
        self._cancelled = True

    def changed(self) -> str | None:
        """Nothing: what came through a pipe cannot change."""
        return None

    def close(self) -> None:
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)


def _is_ready(fd: int) -> bool:
    if os.name == "nt":  # select knows only sockets there, so that a blocked read cannot be cancelled
        return True
    return bool(select.select([fd], [], [], _WAKE_S)[0])
