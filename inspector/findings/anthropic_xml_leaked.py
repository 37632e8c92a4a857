"""A call stands in the content as `<invoke name=…>`, the markup in which Claude was taught to call tools.

No server parses it but Anthropic's own: the user reads markup, and nothing is run. Models that learned from such
transcripts fall back into it in long contexts, or where their own format's wrapper was lost.

Begin a new conversation, and leave this answer out of the history: an example that stays makes more of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.leak_words import in_words, signs
from inspector.findings.leaks import said
from inspector.findings.moments import TurnDone
from inspector.findings.rule import Rule, Sign


def check(moment: TurnDone) -> Iterator[Sign]:
    return signs(moment, said(moment, "invoke"), lambda call: Sign(in_words(call, moment.turn)))


RULE = Rule("TL084", "anthropic-xml-leaked", "error", __doc__, {TurnDone: check})
