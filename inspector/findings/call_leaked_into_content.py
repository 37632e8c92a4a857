"""A call stands in the content as the model wrote it, with the marks of its tool format.

The server's parser for this format is off or missed the call: the user reads markup, and nothing is run. Where the
same call is also in `tool_calls`, a client that reads the text for calls runs it twice.

Start the server with the parser for this format and with the model's own chat template: llama.cpp with `--jinja`, vLLM
with `--enable-auto-tool-choice`, Ollama with a model for which `ollama show` lists tools, LM Studio with one that has
the badge of native tool use, llama-cpp-python with `--chat_format chatml-function-calling`. Where the plain answer to
the same request has the call, the server's streaming misses it: update the server, or report it.
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
        return Sign(in_words(call, moment.turn), advice=RULE.advice + parser_for(call.format))

    return signs(moment, said(moment, "marked"), words)


RULE = Rule("TL080", "call-leaked-into-content", "error", __doc__, {TurnDone: check})
