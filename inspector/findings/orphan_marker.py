"""The content beside a good call has a mark of a tool format without a call: one that closes, or opens and ends there.

The server's parser took the call and left a mark. Kept in the history it is an example: models imitate it, and it
grows from turn to turn.

Take it out of the content before you store the answer, and report it to the server's authors.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from inspector.findings.leaks import SAID, Leaks, leaks_in
from inspector.findings.moments import TurnDone
from inspector.findings.rule import Rule, Sign
from inspector.findings.text_place import sign_in
from inspector.tool_formats.quoted import Quoting
from inspector.tool_formats.registry import FORMATS

# What is long enough to be nothing else. `</s>` and the like end more than calls.
_LEAST = 8
_ALSO = ("</function>", "</parameter>", "</arg_value>", "</invoke>", "<function=", "[ARGS]")
_CLOSES = {each for row in FORMATS for each in row.closes if len(each) >= _LEAST and each[0] in "<["}
_OPENS = {each for row in FORMATS for each in row.opens if len(each) >= _LEAST and each[0] in "<["}
MARKS = frozenset(each.encode() for each in (*_CLOSES, *_OPENS, *_ALSO))
_ANY = re.compile(b"|".join(re.escape(each) for each in sorted(MARKS, key=len, reverse=True)))
_OPENING = frozenset(each.encode() for each in (*_OPENS, "<function="))


def check(moment: TurnDone) -> Iterator[Sign]:
    if not moment.turn.calls:
        return
    for name in SAID:
        leaks = leaks_in(moment, name)
        if mark := _orphan(leaks):
            message = f"the content beside the answer's call has {mark.group().decode()}, a mark without a call"
            yield sign_in(moment, name, mark.start(), mark.end(), message)


def _orphan(leaks: Leaks) -> re.Match[bytes] | None:
    quoting = Quoting(leaks.text)
    nothing_from = _before_nothing(leaks.text)
    calls = sorted((call.start, call.end) for call in (*leaks.calls, *leaks.rehearsed))
    for mark in _ANY.finditer(leaks.text):
        number = bisect_right(calls, (mark.start(), len(leaks.text))) - 1
        if number >= 0 and mark.start() < calls[number][1]:
            continue
        if mark.group() in _OPENING and mark.end() < nothing_from:
            continue
        if not quoting.is_quoted(mark.start()) and quoting.is_stray(mark.start(), mark.end()):
            return mark
    return None


def _before_nothing(text: bytes) -> int:
    """From where on there are only marks and blanks."""
    at = end = 0
    for mark in _ANY.finditer(text):
        if text[end : mark.start()].strip():
            at = mark.start()
        end = mark.end()
    return len(text) if text[end:].strip() else at


RULE = Rule("TL083", "orphan-marker", "warn", __doc__, {TurnDone: check})
