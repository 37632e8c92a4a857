"""Many events came at once after a silence, as where something between holds the stream back.

What was to be read as it is written comes in lumps: a proxy buffers or compresses it, or the server does not flush.

Switch buffering off (`X-Accel-Buffering: no`, `proxy_buffering off`), do not compress, flush after each event.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import InputDone
from inspector.findings.rule import Rule, Sign

SILENCE_S = 1.0
EVENTS = 20  # in one read


def check(moment: InputDone) -> Iterator[Sign]:
    transcript = moment.ledger.transcript
    before, read_at_s, silent_s, events = 0.0, 0.0, 0.0, 0
    for n in range(transcript.framed):
        at_s = transcript.time_of(n) or 0.0
        if at_s != read_at_s or n == 0:
            silent_s, before, read_at_s, events = at_s - before, at_s, at_s, 0
        events += 1
        first = n - EVENTS + 1
        if events != EVENTS or silent_s < SILENCE_S or first < 1:
            continue
        if transcript.exchanges.at(first) is transcript.exchanges.at(first - 1):
            message = f"{EVENTS} events and more came in one read, after {silent_s:.1f} s of silence"
            yield Sign(message, frame=first, about=first)


RULE = Rule("TS125", "burst", "info", __doc__, {InputDone: check}, needs=("times",))
