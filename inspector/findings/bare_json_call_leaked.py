"""The content is, or ends with, JSON that calls a tool which was offered: an object, a list of them, or some in a row.

The model has no tool format of its own in this chat template, or the parser for it is off: the user reads JSON, and
nothing is run.

Take a chat template with tools for this model: llama.cpp with `--jinja`, Ollama with a model for which `ollama show`
lists tools. Or a parser that reads bare JSON, as vLLM with `--enable-auto-tool-choice --tool-call-parser llama3_json`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from inspector.findings.leak_words import run, signs
from inspector.findings.leaks import SAID, is_alone, leaks_in
from inspector.findings.ledger import TurnFacts
from inspector.findings.moments import TurnDone
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import short
from inspector.tool_formats.found import Call


def check(moment: TurnDone) -> Iterator[Sign]:
    for name in SAID:
        leaks = leaks_in(moment, name)
        calls = ((name, call) for call in leaks.calls if leaks.kind(call) == "json")
        yield from signs(moment, calls, partial(_words, moment.turn, "is" if is_alone(leaks) else "ends with"))


def _words(turn: TurnFacts, how: str, call: Call) -> Sign:
    return Sign(f"the content {how} JSON that calls {short(call.name, 80)}; {run(turn, call)}")


RULE = Rule("TL082", "bare-json-call-leaked", "error", __doc__, {TurnDone: check}, needs=("tools",))
