"""What a literal says: JSON, Python, or Gemma's own notation, read leniently, and never by evaluating anything."""

from __future__ import annotations

import json
import re
from typing import Any

from inspector.tool_formats.values import PYTHON, Quoting

DEPTH_MOST = 200
_WORDS = {"true": True, "True": True, "false": False, "False": False, "null": None, "None": None}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "a": "\a", "v": "\v", "0": "\0", "\n": ""}
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_BLANKS = re.compile(r"\s*")
_NUMBER = re.compile(r"[+-]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
_BARE_KEY = re.compile(r"[^\s:,=\[\]{}()\"'<>]+")
_CLOSING = {"[": "]", "(": ")"}


class NotLiteral(ValueError):
    """The text is no literal, or too deep a one."""


def read_json(text: str) -> Any:
    """What JSON says, raw line ends in strings and digits of any number allowed; `NotLiteral` for anything else."""
    try:
        found = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise NotLiteral(str(error)) from None
    if text.count("[") + text.count("{") > DEPTH_MOST and _is_deep(found):
        raise NotLiteral("too deep")
    return found


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEPTH_MOST):
        inner = [each.values() if isinstance(each, dict) else each for each in level if isinstance(each, dict | list)]
        level = [each for items in inner for each in items]
    return bool(level)


def read_literal(text: str, quoting: Quoting = PYTHON) -> Any:
    """What JSON or, where it is none, another literal says; `NotLiteral`."""
    if quoting is PYTHON:
        try:
            return read_json(text)
        except NotLiteral:
            pass
    reading = _Reading(text, quoting)
    found = reading.value(0)
    reading.blanks()
    if reading.at != len(text):
        raise NotLiteral("something follows")
    return found


def literal_or_text(text: str, quoting: Quoting = PYTHON) -> Any:
    """What a literal says, or the text where it is none."""
    try:
        return read_literal(text, quoting)
    except NotLiteral:
        return text


def unescaped(text: str) -> str:
    """The content of a quoted string, as JSON and Python read it; what neither knows stays as it is."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code:
        number = int(code, 16)
        return chr(number) if number <= 0x10FFFF else found[0]
    if found[4] in "\\'\"/":
        return found[4]
    return _ESCAPES.get(found[4], found[0])


class _Reading:
    """A cursor in a literal that is all there."""

    def __init__(self, text: str, quoting: Quoting) -> None:
        self.text = text
        self.at = 0
        self._quotes = [*quoting.plain, *quoting.escaped]
        self._plain = quoting.plain

    def blanks(self) -> str:
        found = _BLANKS.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.text[self.at : self.at + 1]

    def value(self, depth: int) -> Any:
        if depth > DEPTH_MOST:
            raise NotLiteral("too deep")
        first = self.blanks()
        if first == "{":
            return self._object(depth)
        if first in _CLOSING:
            return self._items(_CLOSING[first], depth)
        return self._strings() if self._quote() else self._bare()

    def _quote(self) -> str:
        return next((each for each in self._quotes if self.text.startswith(each, self.at)), "")

    def _strings(self) -> str:
        """A string, and those that follow it at once, as Python joins them."""
        parts = []
        while quote := self._quote():
            parts.append(self._string(quote))
            self.blanks()
        return "".join(parts)

    def _string(self, quote: str) -> str:
        start = end = self.at + len(quote)
        while (end := self.text.find(quote, end)) >= 0 and quote not in self._plain and self._is_escaped(start, end):
            end += 1
        if end < 0:
            raise NotLiteral("a string does not end")
        self.at = end + len(quote)
        inner = self.text[start:end]
        return inner if quote in self._plain else unescaped(inner)

    def _is_escaped(self, start: int, end: int) -> bool:
        slashes = end
        while slashes > start and self.text[slashes - 1] == "\\":
            slashes -= 1
        return (end - slashes) % 2 == 1

    def _items(self, closing: str, depth: int) -> list[Any]:
        self.at += 1
        items: list[Any] = []
        while self.blanks() != closing:
            items.append(self.value(depth + 1))
            self._after_item(closing)
        self.at += 1
        return items

    def _object(self, depth: int) -> dict[str, Any] | list[Any]:
        """A dictionary; a set of Python becomes a list."""
        start = self.at
        self.at += 1
        members: dict[str, Any] = {}
        while self.blanks() != "}":
            key = self._key()
            if not members and self.blanks() in (",", "}"):
                self.at = start
                return self._items("}", depth)
            if self.blanks() not in (":", "="):
                raise NotLiteral("a member without a value")
            self.at += 1
            members[key] = self.value(depth + 1)
            self._after_item("}")
        self.at += 1
        return members

    def _key(self) -> str:
        if self._quote():
            return self._strings()
        found = _BARE_KEY.match(self.text, self.at)
        if not found:
            raise NotLiteral("a member without a name")
        self.at = found.end()
        return found.group()

    def _after_item(self, closing: str) -> None:
        following = self.blanks()
        if following == ",":
            self.at += 1
        elif following != closing:
            raise NotLiteral("no comma between two items")

    def _bare(self) -> Any:
        """A number or one of the words; elsewhere than in Python also text without quotes."""
        end = self.at
        stops = ",]})" if self._plain else ",]}) \t\r\n"
        while end < len(self.text) and self.text[end] not in stops:
            end += 1
        word = self.text[self.at : end].strip()
        self.at = end
        if word in _WORDS:
            return _WORDS[word]
        if _NUMBER.fullmatch(word):
            return _number(word)
        if not word or not self._plain:
            raise NotLiteral("not a value")
        return word


def _number(word: str) -> Any:
    digits = word.replace("_", "")
    try:
        return float(digits) if set(digits) & set(".eE") else int(digits)
    except ValueError as error:  # more digits than Python turns into a number
        raise NotLiteral(str(error)) from None
