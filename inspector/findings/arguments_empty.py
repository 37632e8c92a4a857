"""A call is over and no arguments came, or only blanks.

Empty text is no JSON: clients that parse it fail, and many drop the call. Servers send it for tools without
parameters, but also where their parser lost the arguments.

Read it as `{}` for a tool without required parameters. Where it has some, the arguments were lost: ask again.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.ledger import CallFacts
from inspector.findings.moments import CallDone
from inspector.findings.required import required_of
from inspector.findings.rule import Rule, Sign

_BROKEN = ("invalid", "partial")
_MIXED = (
    "Do not read it as `{}`: the arguments of another call of this answer are broken, and what belongs to this one may "
    "be among them. Ask again."
)


def is_blank(call: CallFacts) -> bool:
    return call.json.complete_at is None and call.json.first_bad_byte is None and not call.call.arguments.text.strip()


def check(moment: CallDone) -> Iterator[Sign]:
    call = moment.call
    if not moment.turn.reached_end or not is_blank(call) or call.is_custom:
        return
    required = required_of(moment.ledger, call)
    what = "only blanks as arguments" if call.call.arguments.size else "no arguments"
    lost = f", and its tool requires {', '.join(required)}" if required else ""
    yield moment.sign(f"{call.title} has {what}{lost}", advice=_MIXED if _is_beside_broken(moment) else None)


def _is_beside_broken(moment: CallDone) -> bool:
    """Whether another call of the answer may have got what belongs here."""
    return any(each is not moment.call and each.worth in _BROKEN for each in moment.turn.calls.values())


RULE = Rule("TC031", "arguments-empty", "warn", __doc__, {CallDone: check})
