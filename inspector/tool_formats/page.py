"""What is being found while a text is read: text, reasoning, and the one call that may still grow."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from inspector.events import JsonObject
from inspector.tool_formats.found import Call, CallBegan, CallEnded, CallGrew, Confidence, Found, Reasoning, Text
from inspector.tool_formats.literals import NotLiteral, read_literal
from inspector.tool_formats.names import is_name
from inspector.tool_formats.offered import Schemas
from inspector.tool_formats.reader import Reader
from inspector.tool_formats.reasoning import GLUED_START
from inspector.tool_formats.row import Row

# What else is in a text tells families apart that write the same calls (CATALOG.md, "tell apart").
_SIGNS = {
    "<response>": "ernie45",
    "<0x0A>": "ernie45",
    "<answer>": "hunyuan_a13b",
    "[BEGIN FINAL RESPONSE]": "apriel",
}


class Page:
    """The answer so far. `tools` is `None` where nobody knows what was offered."""

    def __init__(self, reader: Reader, tools: Schemas | None, only: str | None) -> None:
        self.reader = reader
        self.tools = tools
        self.found: list[Found] = []
        self.closers: tuple[str, ...] = ()  # what ends the reasoning that is open; none: it is not
        self.thought = False  # there was reasoning
        self.is_cut = False  # the text ended within a list or a fence
        self.stops: tuple[str, ...] = ()  # marks that the arguments being read cannot have outside of strings
        self.tail = ""  # of the text, to see what a mark stands after
        self._head = ""  # of the text
        self._only = only
        self._signs: set[str] = set()
        self._open: _Unfinished | None = None
        self.calls = 0
        self._after_call = False
        self._between = ""  # blanks after a call: markup where another follows
        self._strays: list[str] = []  # what stood among the calls that are being read

    def text(self, text: str) -> None:
        if not text:
            return
        self.settle()
        if self.closers:
            self.found.append(Reasoning(text))
        elif self._after_call and not text.strip():
            self._between += text
        else:
            self.found.append(Text(self._between + text))
            self._between, self._after_call = "", False
        self.tail = (self.tail + text)[-80:]
        self._head = (self._head + text)[: len(GLUED_START)]

    @property
    def has_text(self) -> bool:
        return bool(self._head)

    @property
    def is_glued(self) -> bool:
        """The answer begins as stripped Harmony does."""
        return self._head == GLUED_START

    def lost(self, place: int) -> None:
        """What was read since then is no call."""
        self.stray(self.reader.since(place))

    def stray(self, text: str) -> None:
        """It is text after all, if there is a call beside it: else nothing was read."""
        self._strays.append(text)

    def end_calls(self, *, found: bool) -> None:
        """A grammar is at its end. Reasoning has all that it read anyhow."""
        strays, self._strays = "".join(self._strays), []
        if found and not self.closers:
            self.text(strays)

    def restart(self) -> None:
        """What came so far is over: the answer begins."""
        self.tail, self._between, self._after_call = "", "", False

    def sign(self, mark: str) -> None:
        self._signs.add(mark)

    def may_be(self, row: Row, name: str) -> bool:
        """Whether a call of that name may be one: without marks, its tool must have been offered."""
        if not name or name in _NO_TOOLS:
            return False
        return row.is_sure or self.tools is None or self.offers(name)

    def schema(self, name: str) -> JsonObject:
        """Of an offered tool's arguments; an empty one where nobody knows it."""
        return (self.tools or {}).get(name, {})

    def may_call(self, row: Row, name: str) -> bool:
        """The same where only its place says that it is a name: a strange one must have been offered."""
        return self.may_be(row, name) and (is_name(name) or self.offers(name))

    def doubted(self, row: Row, name: str) -> Row:
        """The row where the text alone does not tell that it is a call: only of an offered tool it surely is."""
        return row if self.offers(name) else row._replace(is_sure=False)

    def offers(self, name: str) -> bool:
        return self.tools is not None and name in self.tools

    def begin(self, row: Row, name: str, start: int) -> None:
        self.settle()
        self._between, self._after_call, self.tail = "", True, ""
        formats = self._formats(row)
        call = Call(
            self.calls,
            name,
            "",
            None,
            False,
            start,
            start,
            formats[0],
            formats,
            self._confidence(row),
            bool(self.closers),
        )
        self.calls += 1
        self._open = _Unfinished(call)
        self.found.append(CallBegan(call.slot, name, call.format, start, call.in_reasoning))

    def grow(self, arguments: str) -> None:
        if self._open and arguments:
            self._open.parts.append(arguments)
            self.found.append(CallGrew(self._open.call.slot, arguments))

    def untyped(self) -> None:
        """Some of its arguments are text for want of a type."""
        if self._open:
            self._open.call = replace(self._open.call, is_untyped=True)

    def finish(self, is_complete: bool, *, family: tuple[str, ...] = ()) -> None:
        """Nothing more of it comes, but marks may."""
        if self._open:
            call = self._open.call
            if family and self._only is None:
                call = replace(call, format=family[0], family=family)
            self._open.call = replace(call, is_complete=is_complete, end=self.reader.size)

    def extend(self) -> None:
        """The marks just read belong to the last call."""
        if self._open:
            self._open.call = replace(self._open.call, end=self.reader.size)

    def settle(self) -> None:
        """The last call is what it is."""
        if self._open:
            ended, self._open = self._open, None
            arguments = "".join(ended.parts)
            self.found.append(CallEnded(replace(ended.call, arguments=arguments, value=_said(arguments))))

    def taken(self) -> list[Found]:
        found, self.found = self.found, []
        return found

    def _formats(self, row: Row) -> tuple[str, ...]:
        if self._only is not None:
            return (self._only,)
        signed = [each for sign, each in _SIGNS.items() if sign in self._signs and each in row.formats]
        return (*signed[:1], *(each for each in row.formats if each not in signed[:1]))

    def _confidence(self, row: Row) -> Confidence:
        if row.is_sure:
            return "certain"
        return "likely" if self.tools is not None else "hint"


_NO_TOOLS = frozenset({"directly_answer", "directly-answer", "Final Answer"})  # how a model says that it calls none


class _Unfinished:
    def __init__(self, call: Call) -> None:
        self.call = call
        self.parts: list[str] = []


def _said(arguments: str) -> dict[str, Any] | None:
    try:
        said = read_literal(arguments)
    except NotLiteral:
        return None
    return said if isinstance(said, dict) else None
