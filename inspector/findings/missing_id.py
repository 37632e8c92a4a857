"""No fragment of a call has an id.

The result of a tool goes back under the id of its call. Without one the next request is refused, or servers take the
result for that of another call.

Make up an id that is the call's own, and send it both in the assistant's message and in the tool's.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import CallDone
from inspector.findings.rule import Rule, Sign


def check(moment: CallDone) -> Iterator[Sign]:
    call = moment.call.call
    if call.origin == "wire" and call.id.last is None:
        yield moment.sign_first(f"no fragment of {moment.call.title} has an id", "id")


RULE = Rule("TC004", "missing-id", "error", __doc__, {CallDone: check})
