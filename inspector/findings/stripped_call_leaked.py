"""A call of a tool that was offered stands in the content as what is left of its tool format without special tokens.

The server removed the tokens before it looked for calls, so that its parser finds none: the user reads a name and
JSON, and nothing is run.

Start vLLM with `skip_special_tokens` false, or the server with the parser for this format, which then keeps them.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.leak_words import in_words, run_by_server
from inspector.findings.leaks import said
from inspector.findings.moments import TurnDone
from inspector.findings.rule import Rule, Sign
from inspector.findings.server_parsers import parser_for
from inspector.findings.text_place import sign_in


def check(moment: TurnDone) -> Iterator[Sign]:
    for name, _, call in said(moment, "stripped"):
        message = f"{in_words(call)}, without its marks; {run_by_server(moment.turn, call)}"
        yield sign_in(moment, name, call.start, call.end, message, advice=RULE.advice + parser_for(call.format))


RULE = Rule("TL081", "stripped-call-leaked", "error", __doc__, {TurnDone: check}, needs=("tools",))
