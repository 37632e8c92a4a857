"""The content is nothing but JSON that calls a tool which was offered: an object, a list of them, or several in a row.

The model has no tool format of its own in this chat template, or the parser for it is off: the user reads JSON, and
nothing is run.

Take a chat template with tools for this model: llama.cpp with `--jinja`, Ollama with a model for which `ollama show`
lists tools. Or a parser that reads bare JSON, as vLLM with `--enable-auto-tool-choice --tool-call-parser llama3_json`.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.leak_words import run, signs
from inspector.findings.leaks import said
from inspector.findings.moments import TurnDone
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import short
from inspector.tool_formats.found import Call


def check(moment: TurnDone) -> Iterator[Sign]:
    def words(call: Call) -> Sign:
        return Sign(f"the content is JSON that calls {short(call.name, 80)}; {run(moment.turn, call)}")

    return signs(moment, said(moment, "json"), words)


RULE = Rule("TL082", "bare-json-call-leaked", "error", __doc__, {TurnDone: check}, needs=("tools",))
