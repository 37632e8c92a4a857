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
_KINDS = {"single": "{} in single quotes", "word": "{}", "comma": "a comma before a bracket"}
_SHOWN = 30  # characters of what is in single quotes


def fits(call: CallFacts) -> list[str]:
    """What is Python in it, in words: the first of each kind, and where; none where it is something else."""
    text = call.call.arguments.text
    if call.worth != "invalid" or not text.lstrip().startswith(("{", "[")):
        return []
    kinds: dict[str, str] = {}
    scanner = JsonScanner()
    scanner.feed(_TOKEN.sub(lambda token: _as_json(token, kinds), text).encode("utf-8", "surrogatepass"))
    return list(kinds.values()) if scanner.verdict(scanner.size).state == "valid" else []


def _as_json(token: re.Match[str], kinds: dict[str, str]) -> str:
    kind, written = token.lastgroup, token.group()
    if kind is None:
        return written
    if kind not in kinds:
        kinds[kind] = f"{_KINDS[kind].format(_short(written))} at byte {_byte(token)}"
    if kind == "word":
        return _NAMES[written]
    if kind == "comma":
        return written[1:]
    return '"' + _QUOTES.sub(lambda found: "'" if found.group() == "\\'" else '\\"', written[1:-1]) + '"'


def _byte(token: re.Match[str]) -> int:
    return len(token.string[: token.start()].encode("utf-8", "surrogatepass"))


def _short(written: str) -> str:
    line = " ".join(written.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…'"


def check(moment: CallDone) -> Iterator[Sign]:
    if kinds := fits(moment.call):
        message = f"the arguments of {moment.call.title} are Python, not JSON: {', '.join(kinds)}"
        yield moment.sign(message, moment.call.json.first_bad_byte)


RULE = Rule("TC038", "arguments-python-literals", "warn", __doc__, {CallDone: check})
