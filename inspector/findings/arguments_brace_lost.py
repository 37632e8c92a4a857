"""The arguments of a call lack one brace: with a `{` in front or a `}` behind they are JSON.

A bug of streaming parsers that is known: where a tag and the brace come in one piece, the brace is cut off with the
tag. Clients cannot read the arguments.

What the braces would make of them is a hint, not what the model is sure to have meant: a cut just before the last
brace looks the same. Ask again without streaming, and report it to the server's authors.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.ledger import CallFacts
from inspector.findings.moments import CallDone
from inspector.findings.rule import Rule, Sign
from inspector.json_scan import JsonScanner


def fits(call: CallFacts) -> str | None:
    """Which brace is lost, in words."""
    text = call.call.arguments.slice(0, call.call.arguments.size).strip()
    if call.worth == "partial" and text.startswith(b"{") and call.turn.reached_end:
        is_cut = call.turn.finish == "length"
        return "`}` behind them" if not is_cut and call.json.open_at_end() == "{" and _is_json(text, b"}") else None
    if call.worth != "invalid" or not text.startswith(b'"'):
        return None
    if _is_json(b"{", text):
        return "`{` in front of them"
    return "`{` in front of them and `}` behind them" if _is_json(b"{", text, b"}") else None


def _is_json(*parts: bytes) -> bool:
    scanner = JsonScanner()
    for part in parts:
        scanner.feed(part)
    return scanner.verdict(scanner.size).state == "valid"


def check(moment: CallDone) -> Iterator[Sign]:
    if lost := fits(moment.call):
        byte = moment.call.json.first_bad_byte
        message = f"the arguments of {moment.call.title} are no JSON, but with {lost} they are"
        yield moment.sign(message, 0 if byte is not None else None)


RULE = Rule("TC034", "arguments-brace-lost", "error", __doc__, {CallDone: check})
