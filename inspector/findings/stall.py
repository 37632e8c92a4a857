"""Nothing came for five seconds or more in the middle of the stream.

Proxies and clients close a connection that is silent for some time, often after 30 or 60 seconds.

Look at what the server did then: a long prompt, a tool that blocks its event loop, a queue. A keep-alive comment every
few seconds keeps the connection open.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import InputDone
from inspector.findings.rule import Rule, Sign

SILENCE_S = 5.0


def check(moment: InputDone) -> Iterator[Sign]:
    transcript = moment.ledger.transcript
    before: float | None = None
    for n in range(transcript.framed):
        at_s = transcript.time_of(n)
        is_later = before is not None and at_s is not None and at_s - before >= SILENCE_S
        if is_later and transcript.exchanges.at(n) is transcript.exchanges.at(n - 1):
            yield Sign(f"nothing came for {(at_s or 0) - (before or 0):.1f} s before this event", frame=n, about=n)
        before = at_s


RULE = Rule("TS124", "stall", "warn", __doc__, {InputDone: check}, needs=("times",))
