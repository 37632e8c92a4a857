"""The arguments of one call are several JSON objects, one behind the other.

Fragments of more than one call were joined: the server gave them one index, or runs parallel calls together itself.
Or an empty `{}` came before the arguments. Nobody can read them, and of several calls only one name is left.

Look first whether calls share one index (TC002). Ask for one call at a time (`parallel_tool_calls: false`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from inspector.findings import arguments_duplicated
from inspector.findings.ledger import CallFacts
from inspector.findings.moments import CallDone
from inspector.findings.rule import Rule, Sign
from inspector.json_scan import JsonScanner
from inspector.json_value import load_json

_MALFORMED = "_malformed"  # where IBM/flexo puts what it ran together (shared `stages/README.md`, quirk 15)
_BLANKS = re.compile(r"[ \t\n\r]*")
_decode = json.JSONDecoder().raw_decode


def fits(call: CallFacts) -> int:
    """How many objects there are; 0 where they are no such row."""
    if call.worth == "invalid" and call.json.complete_at and arguments_duplicated.fits(call) is None:
        return _objects(call.call.arguments.text)
    if call.worth == "valid" and call.call.origin == "status":
        return _told_malformed(call.call.arguments.text)
    return 0


def _told_malformed(text: str) -> int:
    try:
        told = load_json(text)
    except ValueError:
        return 0
    inner = told.get(_MALFORMED) if isinstance(told, dict) else None
    return _objects(inner) if isinstance(inner, str) else 0


def _objects(text: str) -> int:
    """Two or more of them, the last perhaps cut, and nothing else."""
    count, at = 0, _past_blanks(text, 0)
    while text.startswith("{", at):
        count += 1
        try:
            _, end = _decode(text, at)
        except (ValueError, RecursionError):
            return count if count > 1 and _is_cut(text[at:]) else 0
        at = _past_blanks(text, end)
    return count if count > 1 and at == len(text) else 0


def _is_cut(text: str) -> bool:
    scanner = JsonScanner()
    scanner.feed(text.encode("utf-8", "surrogatepass"))
    return scanner.verdict(scanner.size).state == "partial"


def _past_blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at


def check(moment: CallDone) -> Iterator[Sign]:
    if count := fits(moment.call):
        end = moment.call.json.complete_at if moment.call.worth == "invalid" else None
        yield moment.sign(f"the arguments of {moment.call.title} are {count} JSON objects run together", end)


RULE = Rule("TC080", "arguments-run-together", "error", __doc__, {CallDone: check})
