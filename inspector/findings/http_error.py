"""The response has a status of 400 or more.

There is no answer in it, whatever its body looks like.

Read the body for the server's words. 401 and 403: the key. 404: the address or the model. 429 and 503: try later.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.heads import heads
from inspector.findings.moments import InputDone
from inspector.findings.rule import Rule, Sign


def check(moment: InputDone) -> Iterator[Sign]:
    for head in heads(moment.ledger.transcript):
        if head.status >= 400:
            yield Sign(
                f"the status is {head.status} {head.reason}".rstrip(), frame=head.n, span=head.span, about=head.n
            )


RULE = Rule("TS127", "http-error", "error", __doc__, {InputDone: check})
