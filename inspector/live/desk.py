"""What a script has in its hands: every byte and every aside is masked, then recorded, then handed on."""

import time
from collections.abc import Callable
from typing import Protocol

from inspector.asides import Aside, ExchangeEnded, RunEnded
from inspector.live.backlog import Backlog
from inspector.live.mask import ECHOED, Mask
from inspector.sources.source import Notice
from inspector.sources.store import ByteStore


class Tape(Protocol):
    """What is asked of a recording (`inspector.recording`)."""

    @property
    def store(self) -> ByteStore: ...

    def append(self, data: bytes, at_s: float) -> None: ...

    def note(self, aside: Aside) -> None: ...

    def remark(self, sentence: str, at_s: float) -> None: ...

    def notices(self) -> list[str]: ...

    def close(self) -> None: ...

    def release(self) -> None: ...


class Desk:
    """To be used in the network thread only. Nothing more is taken after `RunEnded`."""

    def __init__(self, tape: Tape, mask: Mask, backlog: Backlog, clock: Callable[[], float] = time.monotonic) -> None:
        self.mask = mask
        self._tape = tape
        self._backlog = backlog
        self._clock = clock
        self._began_at_s = clock()
        self._size = 0
        self._said_echoed = False
        self.has_ended = False

    def now(self) -> float:
        """Give the seconds since the run began."""
        return self._clock() - self._began_at_s

    def take(self, data: bytes) -> None:
        """Take bytes of the server's, decoded, as they come."""
        self._keep(self.mask.feed(data))

    def say(self, aside: Aside) -> None:
        if self.has_ended:
            return
        if isinstance(aside, ExchangeEnded | RunEnded):
            self._keep(self.mask.end())
        masked: Aside = self.mask.value(aside)
        self._tape.note(masked)
        self._backlog.put(masked)
        self._tell_troubles()
        self.has_ended = isinstance(aside, RunEnded)

    def notice(self, sentence: str) -> None:
        """Tell the user something of the run, which is true of its recording too."""
        masked = self.mask.text(sentence)
        self._tape.remark(masked, self.now())
        self._backlog.put(Notice(masked))

    def _keep(self, data: bytes) -> None:
        if not data or self.has_ended:
            return
        at_s = self.now()
        self._tape.append(data, at_s)
        self._backlog.put_read(self._size, self._size + len(data), at_s)
        self._size += len(data)
        self._tell_troubles()

    def _tell_troubles(self) -> None:
        for sentence in self._tape.notices():  # of the files: a copy of them is without these troubles
            self._backlog.put(Notice(self.mask.text(sentence)))
        if self.mask.was_echoed and not self._said_echoed:
            self._said_echoed = True
            self.notice(ECHOED)
