"""The response has a status of 400 or more.

There is no answer in it, whatever its body looks like.

Read the body for the server's words: they say more than the status.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.heads import heads
from inspector.findings.moments import InputDone
from inspector.findings.rule import Rule, Sign

_REQUEST, _KEY = "something in the request is wrong", "look at the key"
_LATER, _PROXY = "try again later", "a proxy stands before the server, which is down or too slow for it; look at both"
_MEANS = {
    400: _REQUEST,
    401: _KEY,
    403: _KEY,
    404: "look at the address, and whether the server has this model",
    405: "look at the address, and whether it is POST",
    413: "the request is too long for the server, or for a proxy before it",
    422: _REQUEST,
    429: _LATER,
    500: "look at the server's log",
    502: _PROXY,
    503: "the server is not ready or overloaded; try again later",
    504: _PROXY,
}


def check(moment: InputDone) -> Iterator[Sign]:
    for head in heads(moment.ledger.transcript):
        if head.status >= 400:
            message = f"the status is {head.status} {head.reason}".rstrip()
            yield Sign(message, frame=head.n, span=head.span, about=head.n, advice=_advice(head.status))


def _advice(status: int) -> str:
    kind = _REQUEST if status < 500 else "look at the server's log"
    return f"Read the body for the server's words. {status}: {_MEANS.get(status, kind)}."


RULE = Rule("TS127", "http-error", "error", __doc__, {InputDone: check})
