"""The content has a control token of the model outside of any call: `<|im_end|>`, `<｜end▁of▁sentence｜>`, `[ARGS]`.

The chat template does not fit the tokenizer, or a stop token is missing: the model went on after the end of its
answer, and writes the next turns itself.

Take the model's own chat template, and add the token to the stop tokens: as `stop` in the request, or as
`PARAMETER stop` in Ollama's Modelfile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from inspector.findings.leaks import SAID, leaks_in
from inspector.findings.moments import TurnDone
from inspector.findings.orphan_marker import MARKS
from inspector.findings.reasoning_tag_in_content import tag_in
from inspector.findings.rule import Rule, Sign
from inspector.findings.text_place import sign_in
from inspector.tool_formats.quoted import Quoting

_TOKEN = re.compile(
    r'<\|[A-Za-z_"][\w.:/ -]{0,40}\|?>|<[a-z_]{2,30}\|>|<｜[^<>｜\n]{1,60}｜>|\[(?:ARGS|TOOL_CALLS|CALL_ID|/?INST)\]'
    r"|<SPECIAL_\d+>|<(?:start|end)_of_turn>".encode()
)


def check(moment: TurnDone) -> Iterator[Sign]:
    for name in SAID:
        leaks = leaks_in(moment, name)
        if leaks.calls or leaks.rehearsed:
            continue
        token = _stray(leaks.text)
        if token is None or (moment.turn.calls and token.group() in MARKS) or tag_in(leaks.text):
            continue
        message = f"the content has {token.group().decode()}, a control token of the model"
        yield sign_in(moment, name, token.start(), token.end(), message)


def _stray(text: bytes) -> re.Match[bytes] | None:
    """The first token that stands where a tokenizer leaves it, unless one is spoken of before."""
    quoting = Quoting(text)
    for token in _TOKEN.finditer(text):
        if quoting.is_quoted(token.start()):
            continue
        if quoting.is_stray(token.start(), token.end()) or _is_left(token, quoting):
            return token
        if text[token.start() - 1 : token.start()] != b"\n":
            return None
    return None


def _is_left(token: re.Match[bytes], quoting: Quoting) -> bool:
    """Whether it is one that nobody writes, or that ends the text; a command's usage ends with `[ARGS]` too."""
    said = token.group()
    return said.startswith(b"<SPECIAL_") or (said.startswith(b"<") and quoting.is_last(token.end()))


RULE = Rule("TL085", "control-token-in-content", "error", __doc__, {TurnDone: check})
