"""The whole of what a text says: its calls, its content, its reasoning. Knows no format in particular."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from inspector.tool_formats.found import (
    Call,
    CallBegan,
    CallEnded,
    CallGrew,
    Confidence,
    Found,
    Reasoning,
    Rethought,
    Text,
)
from inspector.tool_formats.offered import Schemas
from inspector.tool_formats.scanner import AUTO, Scanner


class Scan(NamedTuple):
    """`rehearsed` are the calls within the reasoning, which most servers pass over. `is_cut`: the text ended too early.

    `format`, `family` and `confidence` are those of most calls; `None` and `()` where there are none.
    """

    calls: tuple[Call, ...]
    rehearsed: tuple[Call, ...]
    content: str
    reasoning: str
    is_cut: bool

    @property
    def format(self) -> str | None:
        return self._usual.format if self._usual else None

    @property
    def family(self) -> tuple[str, ...]:
        return self._usual.family if self._usual else ()

    @property
    def confidence(self) -> Confidence | None:
        return self._usual.confidence if self._usual else None

    @property
    def _usual(self) -> Call | None:
        usual = Counter(call.format for call in self.calls).most_common(1)
        return next((call for call in self.calls if call.format == usual[0][0]), None) if usual else None


class Folding:
    """Puts together what a scanner gives back, piece by piece."""

    def __init__(self) -> None:
        self._content: list[str] = []
        self._reasoning: list[str] = []
        self._ended: dict[int, Call] = {}
        self._took = False

    def add(self, found: Iterable[Found]) -> None:
        for each in found:
            self._took = self._took or not isinstance(each, Text)
            match each:
                case Text(text):
                    self._content.append(text)
                case Reasoning(text):
                    self._reasoning.append(text)
                case Rethought(text):
                    self._reasoning, self._content = [text], []
                    self._ended = {slot: replace(call, in_reasoning=True) for slot, call in self._ended.items()}
                case CallEnded(call):
                    self._ended[call.slot] = call
                case CallBegan() | CallGrew():
                    pass

    def scan(self, *, is_cut: bool) -> Scan:
        """What there is so far, of calls those that have ended.

        Line ends at either end of the content are markup where something was taken out.
        """
        calls = tuple(self._ended.values())
        content = "".join(self._content)
        return Scan(
            tuple(call for call in calls if not call.in_reasoning),
            tuple(call for call in calls if call.in_reasoning),
            _without_markup(content) if self._took else content,
            "".join(self._reasoning).strip(),
            is_cut,
        )


def _without_markup(content: str) -> str:
    return content.strip("\n") if content.strip() else ""


def scan(text: str, tools: Schemas | None = None, format: str = AUTO) -> Scan:
    """What a whole text says. `tools` are the schemas of those on offer, by name; `None` where nobody knows them."""
    return scan_pieces([text], tools, format)


def scan_pieces(pieces: Iterable[str], tools: Schemas | None = None, format: str = AUTO) -> Scan:
    """The same for a text that comes in pieces."""
    scanner, folding = Scanner(tools, format), Folding()
    for piece in pieces:
        folding.add(scanner.feed(piece))
    folding.add(scanner.close())
    return folding.scan(is_cut=scanner.is_cut)
