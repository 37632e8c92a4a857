"""Sets of literal marks, searched for at once. Knows what a text may still become, not what a mark means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby, takewhile
from operator import itemgetter


class Marks:
    """Finds the first of some literals, the longest where several begin at one place."""

    def __init__(self, literals: Iterable[str]) -> None:
        known = sorted(set(literals))
        self._any = re.compile(_longest_of(known) if known else r"(?!)")
        self._prefixes = frozenset(each[:size] for each in known for size in range(1, len(each)))
        self._firsts = frozenset(each[0] for each in known)
        self._longest = max(map(len, known), default=0)

    def next(self, text: str, at: int, closed: bool, most: int | None = None) -> tuple[int, str]:
        """Where the first mark stands and which it is; without one (`""`), from where on it may be the start of one.

        With `most` a mark that begins further away may be passed over.
        """
        found = self._any.search(text, at, len(text) if most is None else at + most + self._longest)
        place = found.start() if found else len(text)
        if not closed and place > len(text) - self._longest:
            held = self._held(text, at)
            if held <= place:
                return held, ""
        return (place, found.group()) if found else (len(text), "")

    def _held(self, text: str, at: int) -> int:
        """The first place from which all that follows is the beginning of a mark."""
        for place in range(max(at, len(text) - self._longest + 1), len(text)):
            if text[place] in self._firsts and text[place:] in self._prefixes:
                return place
        return len(text) + 1


def _longest_of(words: list[str]) -> str:
    """A pattern for the longest of sorted words that stands somewhere. What they share is tried once."""
    shared = _shared(words[0], words[-1])
    rests = [word[len(shared) :] for word in words]
    branches = [_longest_of(list(each)) for _, each in groupby(filter(None, rests), key=itemgetter(0))]
    if not branches:
        return re.escape(shared)
    return f"{re.escape(shared)}(?:{'|'.join(branches)}){'?' if '' in rests else ''}"


def _shared(first: str, last: str) -> str:
    """The beginning that two words have in common, and with them all that are sorted between."""
    pairs = zip(first, last, strict=False)
    return first[: sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))]


@lru_cache(maxsize=512)
def marks_of(*literals: str) -> Marks:
    """The marks of a grammar, made once."""
    return Marks(literals)


def beginning(text: str, at: int, literals: Iterable[str], closed: bool) -> str | None:
    """The longest of the literals that stands at `at`; `""` where none does, `None` where that is not known yet."""
    fitting = [each for each in literals if text.startswith(each, at)]
    rest = len(text) - at
    if not closed and any(len(each) > rest and each.startswith(text[at:]) for each in literals):
        return None
    return max(fitting, key=len, default="")
