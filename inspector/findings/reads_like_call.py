"""The answer is nothing but what reads like a call, or ends with a block of it; which tools there are is not known.

If it is one, the model has no tool format of its own in this chat template, or the parser for it is off: the user
reads it as text, and nothing is run. Text that was asked for may look the same.

Give the tools of the request with `--tools` to be sure. If it is a call, take a chat template with tools for this
model (llama.cpp: `--jinja`), or the parser for its format (for bare JSON llama3_json of vLLM).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from inspector.findings.leak_words import run, signs
from inspector.findings.leaks import SAID, Leaks, is_alone, leaks_in
from inspector.findings.ledger import TurnFacts
from inspector.findings.moments import TurnDone
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import short
from inspector.tool_formats.found import Call


def check(moment: TurnDone) -> Iterator[Sign]:
    for name in SAID:
        leaks = leaks_in(moment, name)
        words = partial(_words, moment.turn, leaks)
        yield from signs(moment, ((name, call) for call in leaks.alike), words)


def _words(turn: TurnFacts, leaks: Leaks, call: Call) -> Sign:
    what = "JSON" if leaks.kind(call) == "json" else f"text in the format {call.format}"
    how = "is nothing but" if is_alone(leaks) else "ends with"
    return Sign(f"the content {how} {what} that reads like a call of {short(call.name, 80)}; {run(turn, call)}")


RULE = Rule("TL088", "reads-like-call", "warn", __doc__, {TurnDone: check})
