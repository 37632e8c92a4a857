"""No server answered: the run ended without the head of a response.

The address is wrong, the server is down, or something between refuses; there is no stream to look at.

See that the server runs, and that the address and the port are the ones that it listens on.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.asides import RunEnded
from inspector.findings.moments import AsideCame
from inspector.findings.rule import Rule, Sign


def check(moment: AsideCame) -> Iterator[Sign]:
    aside, exchanges = moment.aside, moment.ledger.transcript.exchanges.all
    if isinstance(aside, RunEnded) and aside.how == "error" and exchanges and exchanges[-1].head is None:
        yield Sign((aside.message or "no answer came to the last request").rstrip("."))


RULE = Rule("TS131", "no-answer", "error", __doc__, {AsideCame: check})
