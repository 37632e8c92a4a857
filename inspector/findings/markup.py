"""The marks of tool formats in a text, and whether they stand there as a parser's leavings. Knows no call."""

from __future__ import annotations

import re

from inspector.tool_formats.quoted import Quoting

# What only a tokenizer or a template writes.
_QUOTE = '<|"|>'  # Gemma's
_TOKENS = (
    r'<\|"\|>|</?｜(?:｜)?DSML｜[^<>\n]*+>?|｜DSML｜|<｜tool[^<>\n]*+>?|<\|tool_call[^<>\n]*+>?|<tool_call\|>|'
    r"<\|channel\|>|\[TOOL_CALLS\]|\[ARGS\]"
)
_PAIRED, _NAMING = r"<(?:tool_call|arg_key|arg_value)>", r"<(?:parameter|function)="
_OPENS = rf"{_PAIRED}|{_NAMING}|<(?:invoke|parameter) name="  # the last of them also in plain XML
_CLOSES = r"</(?:tool_call|arg_key|arg_value|parameter|function|invoke)>"
# Also tags of the same names that are no marks: XML has such as well, and its tags fit each other.
_TAG = re.compile(r"<(?P<end>/?)(?P<name>tool_call|arg_key|arg_value|parameter|function|invoke)(?=[\s=>])[^<>]*+")
_TOKEN = re.compile(_TOKENS.encode())
_FIRST = re.compile(rf"\s*+(?:{_PAIRED}|{_NAMING})")
_MARK = re.compile(f"{_TOKENS}|{_OPENS}|{_CLOSES}")
# Where a parser leaves them: at the end, beside each other, before what was in them.
_MARKS = rf"(?:{_OPENS}|{_CLOSES})"
_LEFT = re.compile(rf"(?:(?:{_NAMING})[^<>]*+>?|{_MARKS})\s*+(?:{_MARKS}|\Z)|<tool_call>\s*+\{{")
# A name in it, against a word or at the begin of a line: no other markup is written so.
_NAMES = re.compile(rf"(?<=[\w.!?\n])(?:{_NAMING})[\w.-]++>")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*+)(?:"|\\?\Z)', re.DOTALL)


def mark_in(text: str) -> str | None:
    """In arguments that are no JSON: outside of strings any mark, for none belongs there; in strings as in a text."""
    if _QUOTE in text:  # a string would have its quote escaped
        return _QUOTE
    if found := _MARK.search(_STRING.sub('""', text)):
        return found.group()
    strings = (each[1].replace("\\n", "\n").replace('\\"', '"') for each in _STRING.finditer(text))
    return next(filter(None, map(stray_mark_in, strings)), None)


def stray_mark_in(text: str) -> str | None:
    """A mark where a parser leaves it: a token against a word or at an end, a tag without a partner.

    Text about such marks has a token between blanks or quotes, and tags in pairs.
    """
    if "<" not in text and "｜" not in text and "[" not in text:
        return None
    if token := _stray_token_in(text):
        return token
    is_left = _FIRST.match(text) or ((_LEFT.search(text) or _NAMES.search(text)) and not _in_pairs(text))
    found = _MARK.search(text) if is_left else None
    return found.group() if found else None


def _stray_token_in(text: str) -> str | None:
    said = text.encode("utf-8", "surrogatepass")
    quoting = Quoting(said)
    for token in _TOKEN.finditer(said):
        if not quoting.is_quoted(token.start()) and quoting.is_stray(*token.span()):
            return token.group().decode()
    return None


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
