"""The arguments of a call hold marks of the model's own tool format: `<parameter=`, `</arg_value>`, `<tool_call>`.

The server's parser lost its place: what stands around the mark is not what the model meant, and the calls after it
are in this one. Clients run the call with a wrong value.

Do not run it. Start the server with the parser for this model, or update it; a plain answer to the same request shows
whether only its streaming is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from inspector.findings import (
    arguments_brace_lost,
    arguments_duplicated,
    arguments_python_literals,
    arguments_run_together,
)
from inspector.findings.ledger import CallFacts
from inspector.findings.markup import mark_in, stray_mark_in
from inspector.findings.moments import CallDone
from inspector.findings.rule import Rule, Sign
from inspector.json_value import load_json


def fits(call: CallFacts) -> str | None:
    """The mark: in a value of sound arguments one that has no partner, else any."""
    text, worth = call.call.arguments.text, call.worth
    if worth == "valid":
        return _in_values(text)
    if worth == "empty" or (worth == "partial" and (call.turn.finish == "length" or not call.turn.reached_end)):
        return None
    if arguments_duplicated.fits(call) is not None or arguments_run_together.fits(call):
        return None
    return None if arguments_brace_lost.fits(call) or arguments_python_literals.fits(call) else mark_in(text)


def _in_values(text: str) -> str | None:
    if not any(each in text for each in ("<", "｜", "[", "\\u")):
        return None
    try:
        unseen: list[Any] = [load_json(text)]
    except ValueError:
        return None
    while unseen:
        value = unseen.pop()
        if isinstance(value, str):
            if mark := stray_mark_in(value):
                return mark
        elif isinstance(value, (dict, list)):
            unseen.extend([*value, *value.values()] if isinstance(value, dict) else value)
    return None


def check(moment: CallDone) -> Iterator[Sign]:
    if mark := fits(moment.call):
        track = moment.call.call.arguments
        at = track.slice(0, track.size).find(mark.encode())
        message = f"the arguments of {moment.call.title} hold {mark}, a mark of a tool format"
        yield moment.sign(message, at if at >= 0 else None)


RULE = Rule("TC039", "arguments-hold-markup", "error", __doc__, {CallDone: check})
