"""The content is nothing but JSON that calls a tool which was offered: an object, a list of them, or several in a row.

The model has no tool format of its own in this chat template, or the parser for it is off: the user reads JSON, and
nothing is run.

Take a chat template with tools for this model, or a parser that reads bare JSON, such as llama3_json.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.leak_words import run_by_server
from inspector.findings.leaks import is_alone, said
from inspector.findings.moments import TurnDone
from inspector.findings.rule import Rule, Sign
from inspector.findings.text_place import sign_in


def check(moment: TurnDone) -> Iterator[Sign]:
    for name, leaks, call in said(moment, "json"):
        if is_alone(leaks):
            fence = " in a fence" if leaks.written(call).startswith(b"`") else ""
            message = f"the content is JSON{fence} that calls {call.name:.80}; {run_by_server(moment.turn, call)}"
            yield sign_in(moment, name, call.start, call.end, message)


RULE = Rule("TL082", "bare-json-call-leaked", "error", __doc__, {TurnDone: check}, needs=("tools",))
