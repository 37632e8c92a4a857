"""A call has no name at all.

It cannot be run, and an assistant's message with it in it is refused. Mostly the server's parser took half of a call,
or text that is none.

Do not run it. Look at the raw fragments, and ask without streaming to see what the model wrote.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import CallDone
from inspector.findings.rule import Rule, Sign


def check(moment: CallDone) -> Iterator[Sign]:
    call = moment.call
    if call.call.name.last is None and not call.is_custom and moment.turn.reached_end:
        yield moment.sign_first(f"no fragment of {call.title} has a name", "function")


RULE = Rule("TC022", "name-missing", "error", __doc__, {CallDone: check})
