"""The name of a call is none of the tools that the request offers.

The model made a tool up, or the server's parser took text for a call. Some servers drop such a call in silence, some
clients the whole answer.

Answer the call with an error that names the tools there are, so that the model can try again.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import CallDone
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import quoted, short


def check(moment: CallDone) -> Iterator[Sign]:
    name, slot, tools = moment.call.call.name.last, moment.call.call.slot, moment.ledger.tools or {}
    if name and name not in tools:
        known = ", ".join(tools) or "none"
        message = f"the name of call {slot}, {quoted(name, 80)}, is none of the tools offered: {short(known, 200)}"
        yield moment.sign_first(message, "function", "name")


RULE = Rule("TC024", "name-unknown", "warn", __doc__, {CallDone: check}, needs=("tools",))
