"""The same SSE id is on two events that follow one another with others between, or in a row.

A client that reconnects sends the last id it saw, and a server that goes by it repeats or leaves out events; clients
that drop what they have seen drop good events.

Give each event an id of its own, or none.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import IdCame
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import short

_MOST = 50_000  # ids that are remembered


def check(moment: IdCame) -> Iterator[Sign]:
    seen: dict[str, int] = moment.ledger.kept.setdefault(RULE.code, {})
    first = seen.get(moment.frame.id)
    if first is not None:
        yield Sign(f"the id {short(moment.frame.id, 60)} was that of frame {first} already", needle=b"id:")
    elif len(seen) < _MOST:
        seen[moment.frame.id] = moment.n


RULE = Rule("TS121", "event-id-repeated", "warn", __doc__, {IdCame: check})
