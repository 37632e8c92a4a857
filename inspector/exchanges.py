"""The exchanges of a live run: which request each part of a stream answers, and how it went. Folds asides only."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from operator import attrgetter

from inspector.asides import Aside, ExchangeBegan, ExchangeEnded, HeadCame, RequestSent, RunBegan, RunEnded, StatusSaid


@dataclass(slots=True)
class Exchange:
    """One request and its answer, whose first frame is `first_frame` where one came. Times are as in the asides."""

    number: int  # from 0
    first_frame: int
    began: ExchangeBegan
    sent_s: float | None = None
    head: HeadCame | None = None
    ended: ExchangeEnded | None = None


class Exchanges:
    """Grows as asides are noted; a plain recording has none. One thread notes, any other may look."""

    def __init__(self) -> None:
        self.all: list[Exchange] = []
        self.run: RunBegan | None = None
        self.doing: StatusSaid | None = None  # what the run said last that it was doing, since the last exchange
        self.run_end: RunEnded | None = None

    @property
    def is_chat(self) -> bool:
        return self.run is not None and self.run.kind == "chat"

    def note(self, aside: Aside, framed: int) -> None:
        """`framed` frames are known so far."""
        match aside:
            case RunBegan():
                self.run = aside
            case ExchangeBegan():
                self.doing = None
                self.all.append(Exchange(len(self.all), framed, aside))
            case StatusSaid():
                self.doing = aside
            case RunEnded():
                self.run_end = aside
            case _ if self.all:
                self._of_latest(aside, self.all[-1])

    def _of_latest(self, aside: Aside, exchange: Exchange) -> None:
        match aside:
            case RequestSent():
                exchange.sent_s = aside.at_s
            case HeadCame():
                exchange.head = aside
            case ExchangeEnded():
                exchange.ended = aside

    def at(self, n: int) -> Exchange | None:
        """The exchange that brought frame `n`; the latest one that had begun by then, where it brought none."""
        begun = bisect_right(self.all, max(n, 0), key=attrgetter("first_frame"))
        return self.all[begun - 1] if begun else None
