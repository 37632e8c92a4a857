"""A call that the end of a text cuts before its name is whole: of it there is a sure mark, and a call's beginning."""

from __future__ import annotations

import re
from functools import lru_cache

from inspector.tool_formats.found import Call
from inspector.tool_formats.row import Row
from inspector.tool_formats.rows import ROWS

CUT = "…"
_LEAST = 8  # characters of a mark that is nothing else
_BEGIN_MOST = 200  # of what may stand between the mark and the end of the name
_JSON = r'\[?\s*(?:\{\s*(?:"(?P<key>\w*)(?:"\s*(?::\s*(?:"(?P<value>[\w.:/-]*))?)?)?)?)?'
_PLAIN = r'(?:name=|call:|function)?["<]?(?P<name>[\w.:/-]*)'
_BEGIN = re.compile(rf"\s*(?:{_JSON}|{_PLAIN})")
_NAMES = ("name", "function", "tool", "tool_name")  # the keys that have it, in one format or another


def unnamed(text: str) -> Call | None:
    """Its name is what came of it, and `CUT`. What is cut behind its name is found by a scan."""
    mark = _last_mark(text)
    if mark is None or len(text) - mark.end() > _BEGIN_MOST or text[: mark.start()].rpartition("\n")[2].strip():
        return None
    begun = _BEGIN.fullmatch(text, mark.end())
    row = _row(mark.group(), text[mark.end() :].lstrip())
    if begun is None or row is None:
        return None
    name = (begun["value"] if begun["key"] in _NAMES else begun["name"]) or ""
    start, end = (len(text[:at].encode("utf-8", "surrogatepass")) for at in (mark.start(), len(text)))
    return Call(0, name + CUT, "", None, False, start, end, row.formats[0], row.formats, "certain")


def _last_mark(text: str) -> re.Match[str] | None:
    found = [*_marks().finditer(text, max(len(text) - 2 * _BEGIN_MOST, 0))]
    return found[-1] if found else None


def _row(mark: str, rest: str) -> Row | None:
    """The first that what follows the mark may yet be of."""
    rows = (row for row in ROWS if row.is_sure and mark in row.marks)
    return next((row for row in rows if not row.follow or any(_agree(each, rest) for each in row.follow)), None)


def _agree(follow: str, rest: str) -> bool:
    return follow.startswith(rest) or rest.startswith(follow)


@lru_cache(maxsize=1)
def _marks() -> re.Pattern[str]:
    sure = {mark for row in ROWS if row.is_sure for mark in row.marks if len(mark) >= _LEAST and mark[0] in "<["}
    return re.compile("|".join(re.escape(mark) for mark in sorted(sure, key=len, reverse=True)))
