"""The marks of tool formats in a text, and whether they stand there as a parser's leavings. Knows no call."""

from __future__ import annotations

import re

# What only a tokenizer or a template writes.
_TOKENS = r'<\|"\|>|｜DSML｜|<｜tool|<\|tool_call|<tool_call\|>|<\|channel\|>|\[TOOL_CALLS\]|\[ARGS\]'
_PAIRED, _NAMING = r"<(?:tool_call|arg_key|arg_value)>", r"<(?:parameter|function)="
_OPENS = rf"{_PAIRED}|{_NAMING}|<(?:invoke|parameter) name="  # the last of them also in plain XML
_CLOSES = r"</(?:tool_call|arg_key|arg_value|parameter|function|invoke)>"
# Also tags of the same names that are no marks: XML has such as well, and its tags fit each other.
_TAG = re.compile(r"<(?P<end>/?)(?P<name>tool_call|arg_key|arg_value|parameter|function|invoke)(?=[\s=>])[^<>]*+")
_TOKEN, _FIRST = re.compile(_TOKENS), re.compile(rf"\s*+(?:{_PAIRED}|{_NAMING})")
_MARK = re.compile(f"{_TOKENS}|{_OPENS}|{_CLOSES}")
# Where a parser leaves them: at the end, beside each other, before what was in them.
_MARKS = rf"(?:{_OPENS}|{_CLOSES})"
_LEFT = re.compile(rf"(?:(?:{_NAMING})[^<>]*+>?|{_MARKS})\s*+(?:{_MARKS}|\Z)|<tool_call>\s*+\{{")


def mark_in(text: str) -> str | None:
    """The first mark, wherever it stands."""
    found = _MARK.search(text)
    return found.group() if found else None


def stray_mark_in(text: str) -> str | None:
    """A token; or a tag without a partner where a parser leaves it. Text about such marks has them in pairs."""
    if "<" not in text and "｜" not in text and "[" not in text:
        return None
    if found := _TOKEN.search(text):
        return found.group()
    is_left = _FIRST.match(text) or (_LEFT.search(text) and not _in_pairs(text))
    return mark_in(text) if is_left else None


def _in_pairs(text: str) -> bool:
    opened: list[str] = []
    for tag in _TAG.finditer(text):
        if tag.group().endswith("/"):
            continue
        if not tag["end"]:
            opened.append(tag["name"])
        elif not opened or opened.pop() != tag["name"]:
            return False
    return not opened
