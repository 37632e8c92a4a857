"""What every source is and what it yields; it knows no particular source and no reader of one."""

from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from inspector.asides import Aside
from inspector.sources.store import ByteStore


class Read(NamedTuple):
    """Bytes of the decoded input that follow those of the read before; `data` is never empty.

    `at_s` is the arrival time in seconds since the source was opened, `None` where nothing arrived live.
    """

    data: bytes
    at_s: float | None


class Notice(NamedTuple):
    """A sentence for the user about the input as a whole; not cleaned (file names may be in it)."""

    sentence: str


class Restart(NamedTuple):
    """What was yielded so far is void: the reads that follow start at offset 0 of `store`.

    The old store stays readable, as far as its bytes are still there. The notice with the reason comes next.
    """

    store: ByteStore


Item = Read | Notice | Restart | Aside
"""An `Aside` stands between the bytes yielded before it and those after."""


class Inlet(Protocol):
    """A source without a store: what `Spooled` wraps."""

    @property
    def name(self) -> str: ...

    def reads(self) -> Iterator[Item]:
        """Block, yield, and end with the input or soon (< 250 ms) after `cancel`; to be called once.

        `InspectorError` where the input cannot be read on; what was yielded before stays good.
        """

    def cancel(self) -> None:
        """Make `reads` end soon, from any thread."""

    def changed(self) -> str | None:
        """Say what happened to the file since it was read, or `None`: two `stat` calls, in any thread."""

    def close(self) -> None:
        """Give the descriptors back, after `reads` has ended; stores then read as empty."""


class Source(Inlet, Protocol):
    """An opened input. `name` is for display, not cleaned; `size_hint` is the size in bytes where known."""

    @property
    def store(self) -> ByteStore: ...

    @property
    def size_hint(self) -> int | None: ...

    @property
    def recorded_at(self) -> Callable[[int], float | None] | None:
        """Gives the time at which a byte had arrived, where a sidecar tells that; in any thread."""

    @property
    def is_live(self) -> bool:
        """Whether it is a run that goes on while we watch, so that even its silence tells something."""
