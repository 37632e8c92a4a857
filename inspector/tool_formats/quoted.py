"""Whether a place in a text is shown there rather than meant: in code, within quotes, in a sentence. Knows no mark."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

# As Markdown has them; a fence that does not end is none.
_CODE = re.compile(rb"```.*?```|~~~.*?~~~|``[^`\n]+``|`[^`\n]+`", re.DOTALL)
_QUOTES = ('"', "'", "`", "“", "‘", "«", "„", "「")
_ENDS = tuple(each.encode() for each in _QUOTES)
_LEFT = re.compile(rb"[\w.!?>)}\]\x80-\xff]")  # what a word or a sentence ends with
_RIGHT = re.compile(rb"[\w<{\[\x80-\xff]")


class Quoting:
    """Of one text, as UTF-8; it is looked through once, when the first question comes."""

    def __init__(self, text: bytes) -> None:
        self._text = text

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        return [match.span() for match in _CODE.finditer(self._text)]

    @cached_property
    def _said(self) -> tuple[int, int]:
        """Where the text begins and ends but for blanks."""
        return len(self._text) - len(self._text.lstrip()), len(self._text.rstrip())

    def is_first(self, at: int) -> bool:
        """Whether nothing is said before."""
        return at <= self._said[0]

    def is_last(self, at: int) -> bool:
        """Whether nothing is said from there on."""
        return at >= self._said[1]

    def is_open(self, start: int, end: int) -> bool:
        """Whether it begins a line, and nothing is said behind it."""
        return self.is_last(end) and not self._text[self._text.rfind(b"\n", 0, start) + 1 : start].strip()

    def is_quoted(self, at: int) -> bool:
        """Whether what begins there stands in code that began before, or right after a quote."""
        number = bisect_right(self._spans, (at, -1)) - 1
        if number >= 0 and self._spans[number][0] < at < self._spans[number][1]:
            return True
        return self._text[max(at - 4, 0) : at].endswith(_ENDS)

    def ends_word(self, at: int) -> bool:
        """Whether a word or a sentence ends right before it."""
        return bool(_LEFT.match(self._text[at - 1 : at] if at else b""))

    def is_stray(self, start: int, end: int) -> bool:
        """Whether it stands where a tokenizer leaves it: against a word, or at an end of the text.

        In a sentence about it there is a blank before it, or after it.
        """
        left, right = self._text[start - 1 : start] if start else b"", self._text[end : end + 1]
        before = not left or left == b"\n" or self.ends_word(start)
        after = not right or right == b"\n" or bool(_RIGHT.match(right))
        if left in (b"", b"\n") and right in (b"", b"\n"):  # a line of its own, as in a list
            return self.is_first(start) or self.is_last(end)
        return before and after
