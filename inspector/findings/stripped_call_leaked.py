"""A call of a tool that was offered stands in the content as what is left of its tool format without special tokens.

The server removed the tokens before it looked for calls, so that its parser finds none: the user reads a name and
JSON, and nothing is run.

Start the server with the parser for this format, which then keeps them, or have `"skip_special_tokens": false` in the
request to vLLM or SGLang.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.leak_words import in_words, signs
from inspector.findings.leaks import said
from inspector.findings.moments import TurnDone
from inspector.findings.rule import Rule, Sign
from inspector.findings.server_parsers import parser_for
from inspector.tool_formats.found import Call


def check(moment: TurnDone) -> Iterator[Sign]:
    def words(call: Call) -> Sign:
        message = in_words(call, moment.turn, without=", without its marks")
        return Sign(message, advice=parser_for(call.format) + RULE.advice)

    return signs(moment, said(moment, "stripped"), words)


RULE = Rule("TL081", "stripped-call-leaked", "error", __doc__, {TurnDone: check}, needs=("tools",))
