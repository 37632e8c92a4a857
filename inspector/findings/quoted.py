"""Whether a place in a text is shown there rather than meant: in code, within quotes, in a sentence. Knows no mark."""

from __future__ import annotations

import re
from bisect import bisect_right

# As Markdown has them; a fence that does not end is none.
_CODE = re.compile(rb"```.*?```|~~~.*?~~~|``[^`\n]+``|`[^`\n]+`", re.DOTALL)
_QUOTES = ('"', "'", "`", "“", "‘", "«", "„", "「")
_ENDS = tuple(each.encode() for each in _QUOTES)
_LEFT = re.compile(rb"[\w.!?>)}\]\x80-\xff]")  # what a word or a sentence ends with
_RIGHT = re.compile(rb"[\w<{\[\x80-\xff]")


class Quoting:
    """Of one text, as UTF-8."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._spans = [match.span() for match in _CODE.finditer(text)] if b"`" in text or b"~~~" in text else []

    def is_quoted(self, at: int) -> bool:
        """Whether what begins there stands in code that began before, or right after a quote."""
        number = bisect_right(self._spans, (at, -1)) - 1
        if number >= 0 and self._spans[number][0] < at < self._spans[number][1]:
            return True
        return self._text[max(at - 4, 0) : at].endswith(_ENDS)

    def is_stray(self, start: int, end: int) -> bool:
        """Whether it stands where a tokenizer leaves it: against a word, or at an end of the text.

        In a sentence about it there is a blank before it, or after it.
        """
        left, right = self._text[start - 1 : start] if start else b"", self._text[end : end + 1]
        before = not left or left == b"\n" or bool(_LEFT.match(left))
        after = not right or right == b"\n" or bool(_RIGHT.match(right))
        if left in (b"", b"\n") and right in (b"", b"\n"):  # a line of its own, as in a list
            return not self._text[:start].strip() or not self._text[end:].strip()
        return before and after
