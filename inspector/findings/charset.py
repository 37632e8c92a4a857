"""The head names another charset than UTF-8.

An event stream is UTF-8 whatever the head says: a client that believes the head breaks every character beyond ASCII.

Decode as UTF-8. Send `text/event-stream` without a charset, or with `utf-8`.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.heads import heads
from inspector.findings.moments import InputDone
from inspector.findings.rule import Rule, Sign


def check(moment: InputDone) -> Iterator[Sign]:
    transcript = moment.ledger.transcript
    for head in heads(transcript):
        _, _, charset = (head.content_type or "").lower().partition("charset=")
        name = charset.partition(";")[0].strip(" \t\"'")
        if name and name.replace("-", "") != "utf8":
            yield Sign(f"the head says that the charset is {name}", frame=head.n, span=head.span, about=head.n)


RULE = Rule("TS118", "charset", "warn", __doc__, {InputDone: check})
