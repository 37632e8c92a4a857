"""The arguments of a call are no JSON but a Python literal: single quotes, `True`, `None`, a comma too many.

The model wrote Python, and the server handed it on. JSON parsers refuse it; clients that replace the quotes blindly
break at the first apostrophe.

Read it with a parser for literals, never by running it. Tell the model to write JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from inspector.findings.ledger import CallFacts
from inspector.findings.moments import CallDone
from inspector.findings.rule import Rule, Sign
from inspector.json_scan import JsonScanner

_DOUBLE, _SINGLE = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', r"'[^'\\]*+(?:\\.[^'\\]*+)*+'"
_TOKEN = re.compile(rf"{_DOUBLE}|(?P<single>{_SINGLE})|(?P<word>\b(?:True|False|None)\b)|(?P<comma>,)\s*[}}\]]", re.S)
_QUOTES = re.compile(r"\\'|\"", re.S)
_NAMES = {"True": "true", "False": "false", "None": "null"}
_KINDS = {"single": "single quotes", "word": "True, False or None", "comma": "a comma before a bracket"}


def fits(call: CallFacts) -> list[str]:
    """What is Python in it, in words; none where it is something else."""
    text = call.call.arguments.text.strip()
    if call.worth != "invalid" or not text.startswith(("{", "[")):
        return []
    kinds: dict[str, None] = {}
    scanner = JsonScanner()
    scanner.feed(_TOKEN.sub(lambda token: _as_json(token, kinds), text).encode("utf-8", "surrogatepass"))
    return [_KINDS[kind] for kind in kinds] if scanner.verdict(scanner.size).state == "valid" else []


def _as_json(token: re.Match[str], kinds: dict[str, None]) -> str:
    kind, written = token.lastgroup, token.group()
    if kind is None:
        return written
    kinds[kind] = None
    if kind == "word":
        return _NAMES[written]
    if kind == "comma":
        return written[1:]
    return '"' + _QUOTES.sub(lambda found: "'" if found.group() == "\\'" else '\\"', written[1:-1]) + '"'


def check(moment: CallDone) -> Iterator[Sign]:
    if kinds := fits(moment.call):
        message = f"the arguments of {moment.call.title} are Python, not JSON: {', '.join(kinds)}"
        yield moment.sign(message, moment.call.json.first_bad_byte)


RULE = Rule("TC038", "arguments-python-literals", "warn", __doc__, {CallDone: check})
