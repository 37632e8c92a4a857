"""The name of a call holds what no tool's name does: a marker of the model's own format, a bracket, a blank.

Control tokens leaked into the name (Harmony's and Mistral's do), so no tool has it: the call is dropped, or the model
is told that there is no such tool.

Cut the name at the first such character to guess the tool, and update the server.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from inspector.findings.moments import CallDone
from inspector.findings.rule import Rule, Sign

_ODD = re.compile(r"""[\s<>\[\]{}()|"'=,｜▁\x00-\x1f]|^functions\.|:\d+$""")


def check(moment: CallDone) -> Iterator[Sign]:
    name, slot = moment.call.call.name.last, moment.call.call.slot
    odd = _ODD.search(name) if name else None
    if name and odd and name not in (moment.ledger.tools or ()):
        message = f"the name of call {slot} is {name!r:.120}: no tool's name has {odd.group()!r} in it"
        yield moment.sign_first(message, "function", "name")


RULE = Rule("TC023", "name-polluted", "error", __doc__, {CallDone: check})
