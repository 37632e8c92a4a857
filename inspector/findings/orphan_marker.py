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
from inspector.json_place import Span
from inspector.tool_formats.quoted import Quoting
from inspector.tool_formats.registry import FORMATS
from inspector.tracks import decode

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
        if place := _orphan(leaks) or _begun(leaks.text):
            mark = decode(leaks.text[slice(*place)])
            message = f"the content beside the answer's call has {mark}, a mark without a call"
            yield sign_in(moment, name, *place, message)


def _orphan(leaks: Leaks) -> Span | None:
    quoting = Quoting(leaks.text)
    nothing_from = _before_nothing(leaks.text)
    calls = sorted([*leaks.unread, *((call.start, call.end) for call in (*leaks.calls, *leaks.rehearsed))])
    for mark in _ANY.finditer(leaks.text):
        number = bisect_right(calls, (mark.start(), len(leaks.text))) - 1
        if number >= 0 and mark.start() < calls[number][1]:
            continue
        if mark.group() in _OPENING and mark.end() < nothing_from:
            continue
        if not quoting.is_quoted(mark.start()) and _is_left(mark, quoting):
            return mark.span()
    return None


def _is_left(mark: re.Match[bytes], quoting: Quoting) -> bool:
    """Whether it stands where no sentence has it: at the end, or against the word that it does not belong to."""
    if quoting.is_stray(*mark.span()) or quoting.is_last(mark.end()):
        return True
    return mark.group() not in _OPENING and quoting.ends_word(mark.start())


def _begun(text: bytes) -> Span | None:
    """A mark that opens, without its last characters, at the end."""
    end = len(text.rstrip())
    start = max(text.rfind(b"<", 0, end), text.rfind(b"[", 0, end))
    is_begun = start >= 0 and end - start >= _LEAST and any(mark.startswith(text[start:end]) for mark in _OPENING)
    return (start, end) if is_begun and text[start:end] not in MARKS else None


def _before_nothing(text: bytes) -> int:
    """From where on there are only marks and blanks."""
    at = end = 0
    for mark in _ANY.finditer(text):
        if text[end : mark.start()].strip():
            at = mark.start()
        end = mark.end()
    return len(text) if text[end:].strip() else at


RULE = Rule("TL083", "orphan-marker", "warn", __doc__, {TurnDone: check})
