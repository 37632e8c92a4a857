"""A call stands within the reasoning, as text in a tool format: in its field, or between `<think>` tags.

It is a draft, or the call itself, which the model made before it closed its thoughts. vLLM and SGLang pass it over,
llama.cpp takes it for a call with some models (Qwen3.5), and so does Kimi K2's parser.

Look at the finish reason and the calls of the answer: if it has none, the model most likely meant this one.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.leak_words import in_words, run_by_server
from inspector.findings.leaks import SAID, leaks_in
from inspector.findings.moments import TurnDone
from inspector.findings.rule import Rule, Sign
from inspector.findings.text_place import sign_in


def check(moment: TurnDone) -> Iterator[Sign]:
    for name in ("reasoning", *SAID):
        for call in leaks_in(moment, name).rehearsed:
            message = f"{in_words(call, 'the reasoning')}; {run_by_server(moment.turn, call)}"
            yield sign_in(moment, name, call.start, call.end, message)


RULE = Rule("TC071", "call-inside-reasoning", "warn", __doc__, {TurnDone: check})
