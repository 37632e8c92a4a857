"""An answer made sense of while the network goes on: a long one takes seconds, and a cancel must not wait for it."""

from threading import Event

from inspector.daemon import in_daemon
from inspector.sources.store import ByteStore
from inspector.toolchain.hearing import Heard, hear
from inspector.wire.framing import FramingName


async def listen(store: ByteStore, start: int, end: int, framing: FramingName | None) -> Heard:
    """Hear the answer that stands from `start` to `end`; where this is cancelled, it is heard no further."""
    is_left = Event()

    def read(first: int, last: int) -> bytes:
        if is_left.is_set():
            raise InterruptedError
        return store.read(first, last)

    try:
        return await in_daemon(lambda: hear(read, start, end, framing=framing), "hear an answer")
    finally:
        is_left.set()
