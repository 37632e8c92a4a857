"""A call stands within the reasoning, as text in a tool format: in its field, or between `<think>` tags.

It is a draft, or the call itself, which the model made before it closed its thoughts. vLLM and SGLang pass it over,
llama.cpp takes it for a call with some models (Qwen3.5), and so does Kimi K2's parser.

Look at the finish reason and the calls of the answer: if it has none, the model most likely meant this one.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.leak_words import in_words, signs
from inspector.findings.leaks import SAID, leaks_in
from inspector.findings.moments import TurnDone
from inspector.findings.rule import Rule, Sign


def check(moment: TurnDone) -> Iterator[Sign]:
    calls = ((name, call) for name in ("reasoning", *SAID) for call in leaks_in(moment, name).rehearsed)
    return signs(moment, calls, lambda call: Sign(in_words(call, moment.turn, "the reasoning")))


RULE = Rule("TC071", "call-inside-reasoning", "warn", __doc__, {TurnDone: check})
