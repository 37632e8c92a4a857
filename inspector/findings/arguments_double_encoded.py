"""The arguments of a call are a JSON string, and what it holds is the JSON object.

They were encoded twice, by the model or by the server. Clients take them for plain text, refuse them, or send `{}`
back in their place; Granite 4 behind a parser for another model does it.

Decode them once more to read them, and keep the text as it came for the history.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.ledger import CallFacts
from inspector.findings.moments import CallDone
from inspector.findings.rule import Rule, Sign
from inspector.json_value import load_json


def fits(call: CallFacts) -> bool:
    text = call.call.arguments.text.strip()
    if call.worth != "valid" or not text.startswith('"'):
        return False
    try:
        inner = load_json(text)
        return inner.lstrip().startswith("{") and isinstance(load_json(inner), dict)
    except ValueError:
        return False


def check(moment: CallDone) -> Iterator[Sign]:
    if fits(moment.call):
        yield moment.sign(f"the arguments of {moment.call.title} are an object in a string", 0)


RULE = Rule("TC037", "arguments-double-encoded", "error", __doc__, {CallDone: check})
