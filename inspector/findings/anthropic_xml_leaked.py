"""A call stands in the content as `<invoke name=…>`, the markup in which Claude was taught to call tools.

No server parses it but Anthropic's own: the user reads markup, and nothing is run. Models that learned from such
transcripts fall back into it in long contexts, or where their own format's wrapper was lost.

Begin a new conversation, and leave this answer out of the history: an example that stays makes more of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.leak_words import in_words, run_by_server
from inspector.findings.leaks import said
from inspector.findings.moments import TurnDone
from inspector.findings.rule import Rule, Sign
from inspector.findings.text_place import sign_in


def check(moment: TurnDone) -> Iterator[Sign]:
    for name, _, call in said(moment, "invoke"):
        message = f"{in_words(call)}; {run_by_server(moment.turn, call)}"
        yield sign_in(moment, name, call.start, call.end, message)


RULE = Rule("TL084", "anthropic-xml-leaked", "error", __doc__, {TurnDone: check})
