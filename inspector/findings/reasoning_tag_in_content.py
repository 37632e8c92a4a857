"""The content has a tag of the model's reasoning: `<think>`, `</think>`, `[THINK]`, `<|channel|>analysis`.

The server has no parser for this model's reasoning, or the chat template opened the thoughts where the parser did not
see it: the user reads the thoughts as the answer, and they go into the history.

Start the server with the reasoning parser for this model (vLLM and SGLang: `--reasoning-parser`; llama.cpp:
`--reasoning-format`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from inspector.findings.leaks import SAID, leaks_in
from inspector.findings.moments import TurnDone
from inspector.findings.rule import Rule, Sign
from inspector.findings.text_place import sign_in
from inspector.tool_formats.quoted import Quoting
from inspector.tool_formats.reasoning import WRAPPERS

_TAGS = [each for each in WRAPPERS if each.open[0] in "<[◁" and each.close != "<|end_message|>"]
_ANY = re.compile("|".join(re.escape(tag) for each in _TAGS for tag in (each.open, each.close)).encode())
_HARMONY = re.compile(rb"<\|channel\|>\s?analysis(?=<|\s+to=|\s*\Z)")
_OPENS = frozenset(each.open.encode() for each in _TAGS)


def tag_in(text: bytes) -> re.Match[bytes] | None:
    """The first tag that is meant: one that opens the text, or stands alone in its line, or the end of what did.

    Also an end against a word, which no sentence about tags has, unless both of them are in it.
    """
    if b"<" not in text and b"[" not in text and "◁".encode() not in text:
        return None
    quoting = Quoting(text)
    harmony = _HARMONY.search(text)
    if harmony and not quoting.is_quoted(harmony.start()):
        return harmony
    has_opened = False
    for tag in _ANY.finditer(text):
        if not quoting.is_quoted(tag.start()) and _is_meant(text, tag, quoting, has_opened):
            return tag
        has_opened = has_opened or tag.group() in _OPENS
    return None


def _is_meant(text: bytes, tag: re.Match[bytes], quoting: Quoting, has_opened: bool) -> bool:
    left, right = text[max(tag.start() - 1, 0) : tag.start()], text[tag.end() : tag.end() + 1]
    if tag.group() in _OPENS:
        return quoting.is_first(tag.start()) or (left == b"\n" and right == b"\n")
    if right in (b"", b"\n"):
        return left != b" " or right == b""
    if quoting.is_stray(tag.start(), tag.end()):
        return True
    return not has_opened and (left == b"\n" or quoting.ends_word(tag.start()))


def check(moment: TurnDone) -> Iterator[Sign]:
    for name in SAID:
        if tag := tag_in(leaks_in(moment, name).text):
            message = f"the content has {tag.group().decode()}, a tag of the model's reasoning"
            yield sign_in(moment, name, tag.start(), tag.end(), message)


RULE = Rule("TC072", "reasoning-tag-in-content", "warn", __doc__, {TurnDone: check})
