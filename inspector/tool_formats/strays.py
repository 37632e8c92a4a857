"""What stands among calls and is none of them: it is text, and no reason to stop before the marks that close."""

from __future__ import annotations

import re
from functools import lru_cache

from inspector.tool_formats.page import Page
from inspector.tool_formats.reader import Steps

_MOST = 1024  # characters of one; after more of them the calls are over


def next_after_stray(page: Page, pattern: re.Pattern[str]) -> Steps[str]:
    """Pass over it, up to what may be the next call or closes them all: which it is.

    `""`, and nothing is read, where neither comes soon. A match of the pattern never begins before that of a longer
    text would: it is a literal, or has at its end what alone may still come.
    """
    reader = page.reader
    while True:
        found = pattern.search(reader.text, reader.at, reader.at + _MOST)
        if found or reader.closed or reader.left >= _MOST:
            break
        yield
    if found is None:
        return ""
    page.stray(reader.take(found.start() - reader.at))
    return found.group()


@lru_cache(maxsize=512)
def any_of(*literals: str) -> re.Pattern[str]:
    """The longest of some literals."""
    return re.compile("|".join(map(re.escape, sorted(literals, key=len, reverse=True))))
