"""One value of JSON or of Python, read as it comes: where it ends, not what it is. Brackets may nest without limit."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from inspector.tool_formats.marks import marks_of
from inspector.tool_formats.reader import Reader, Steps, at_literal, matched, need

Sink = Callable[[str], object]

_CLOSING = {"{": "}", "[": "]", "(": ")"}
_BEHIND = re.compile(r".(\s{0,32}+)(.)", re.DOTALL)  # a quote, and what follows it
_BEHIND_MOST = 34
_TO_ESCAPE = {quote: re.compile(rf"[{quote}\\]") for quote in "\"'"}


class Quoting(NamedTuple):
    """How strings are written: `plain` between two tokens as they are, `escaped` with backslashes.

    `inner`: what behind a quote says that its string goes on, as letters and another quote do; none: it never does.
    """

    plain: tuple[str, ...] = ()
    escaped: tuple[str, ...] = ('"', "'")
    bare_ends: str = ",]}) \t\r\n;<"  # what ends a value that is neither a string nor in brackets
    inner: str = ""


PYTHON = Quoting()


def value(reader: Reader, sink: Sink, quoting: Quoting = PYTHON, stops: tuple[str, ...] = ()) -> Steps[bool]:
    """Read one value, handing on its text as it comes. False where it ends too early, or its brackets do not fit.

    `stops` are marks that cannot stand in brackets outside of strings: the value is broken there.
    """
    if not (yield from need(reader)):
        return False
    opener = yield from at_literal(reader, *quoting.plain, *quoting.escaped, *_CLOSING)
    if not opener:
        return (yield from _bare(reader, sink, quoting))
    if opener not in _CLOSING:
        return (yield from string(reader, sink, opener, quoting))
    return (yield from _brackets(reader, sink, quoting, stops))


def string(reader: Reader, sink: Sink, quote: str, quoting: Quoting = PYTHON) -> Steps[bool]:
    """Read a string with its quotes."""
    sink(reader.take(len(quote)))
    if quote in quoting.plain:
        return (yield from _plain(reader, sink, quote))
    while True:
        found = _TO_ESCAPE[quote].search(reader.text, reader.at)
        sink(reader.take((found.start() if found else len(reader.text)) - reader.at))
        if not found:
            if reader.closed:
                return False
            yield
        elif found.group() == quote:
            goes_on = yield from _goes_on(reader, quoting)
            sink(reader.take(1))
            if not goes_on:
                return True
        elif (yield from need(reader, 2)):
            sink(reader.take(2))
        else:
            sink(reader.take(1))
            return False


def _goes_on(reader: Reader, quoting: Quoting) -> Steps[bool]:
    """Whether the quote at the cursor, for all that is known, stands within its string."""
    if not quoting.inner:
        return False
    found = yield from matched(reader, _BEHIND, _BEHIND_MOST)
    if not found:
        return False
    blank, following = found.groups()
    return following.isalnum() or following in quoting.inner or (not blank and following == found[0][0])


def _plain(reader: Reader, sink: Sink, quote: str) -> Steps[bool]:
    marks = marks_of(quote)
    while True:
        place, mark = marks.next(reader.text, reader.at, reader.closed)
        sink(reader.take(place - reader.at))
        if mark:
            sink(reader.take(len(mark)))
            return True
        if reader.closed:
            return False
        yield


def _brackets(reader: Reader, sink: Sink, quoting: Quoting, stops: tuple[str, ...]) -> Steps[bool]:
    marks = marks_of(*quoting.plain, *quoting.escaped, *"{}[]()", *stops)
    open_ones: list[str] = []
    while True:
        place, mark = marks.next(reader.text, reader.at, reader.closed)
        sink(reader.take(place - reader.at))
        if not mark:
            if reader.closed:
                return False
            yield
        elif mark in stops:
            return False
        elif mark in _CLOSING:
            open_ones.append(_CLOSING[mark])
            sink(reader.take(1))
        elif mark in ("}", "]", ")"):
            if open_ones.pop() != mark:
                return False
            sink(reader.take(1))
            if not open_ones:
                return True
        elif not (yield from string(reader, sink, mark, quoting)):
            return False


def _bare(reader: Reader, sink: Sink, quoting: Quoting) -> Steps[bool]:
    marks, any_came = marks_of(*quoting.bare_ends), False
    while True:
        place, mark = marks.next(reader.text, reader.at, reader.closed)
        any_came = any_came or place > reader.at
        sink(reader.take(place - reader.at))
        if mark or reader.closed:
            return any_came and bool(mark)
        yield
