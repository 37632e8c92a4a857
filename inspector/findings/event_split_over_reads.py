"""One event came in several network reads, or one read brought several events.

Normal for any network. A client that parses each read as one event loses or breaks some.

Keep what a read leaves over, and take events only at their empty line.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import InputDone
from inspector.findings.rule import Rule, Sign

_MOST = 100_000  # frames that are looked at


def check(moment: InputDone) -> Iterator[Sign]:
    transcript = moment.ledger.transcript
    times = transcript.times
    if times is None:
        return
    before: float | None = None
    told: set[str] = set()
    for n in range(min(transcript.framed, _MOST)):
        start, end = transcript.span(n)
        began, ended = times(start), times(end - 1)
        if began != ended and "split" not in told:
            told.add("split")
            yield Sign("this event came in more than one read", frame=n, about="split")
        if began == before and began is not None and "joined" not in told:
            told.add("joined")
            yield Sign("one read brought this event and the one before it", frame=n, about="joined")
        if len(told) == 2:
            return
        before = ended


RULE = Rule("TS106", "event-split-over-reads", "info", __doc__, {InputDone: check}, needs=("times",))
