"""The arguments of a call are JSON, but no object.

OpenAI's schema wants an object with the parameters by name. A list is mostly several calls in one, or values by
place; clients that look up a name in it crash.

Do not guess which value is which parameter. Ask again, with a schema whose top is an object.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings import arguments_double_encoded, arguments_hold_markup
from inspector.findings.moments import CallDone
from inspector.findings.rule import Rule, Sign

_KINDS = {"[": "a list", '"': "a string", "t": "a boolean", "f": "a boolean", "n": "null"}


def check(moment: CallDone) -> Iterator[Sign]:
    call = moment.call
    first = call.call.arguments.text.strip()[:1]
    if call.worth != "valid" or first == "{":
        return
    if not (arguments_double_encoded.fits(call) or arguments_hold_markup.fits(call)):
        yield moment.sign(f"the arguments of {call.title} are {_KINDS.get(first, 'a number')}, not an object", 0)


RULE = Rule("TC040", "arguments-not-object", "warn", __doc__, {CallDone: check})
