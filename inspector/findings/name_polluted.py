"""The name of a call holds what tools' names do not: a marker of the model's own format, a bracket, a blank.

Parts of the model's format leaked into the name (Harmony's, Mistral's and Kimi's do), so no tool has it: the call is
dropped, or the model is told that there is no such tool. Sent back as it is, OpenAI and Anthropic refuse the request:
they allow letters, digits, `_` and `-`. Others, as Gemini and MCP, allow a dot as well, so a dot alone is not told of.

To guess the tool, take `functions.` from the front, and cut the name at the first other such character. Update the
server.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from inspector.findings.moments import CallDone
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import quoted

_ODD = re.compile(r"""(?P<namespace>^functions\.)|(?P<number>:\d+$)|[\s<>\[\]{}()|"'=,｜▁\x00-\x1f]""")
_WHY = {
    "namespace": "Harmony and Kimi K2 write it before the name of any tool, which is what comes after it",
    "number": "Kimi K2 writes it after the name in the id of a call",
    None: "OpenAI, Anthropic and most servers allow letters, digits, _ and - in the name of a tool",
}


def check(moment: CallDone) -> Iterator[Sign]:
    name, slot = moment.call.call.name.last, moment.call.call.slot
    odd = _ODD.search(name) if name else None
    if name and odd and name not in (moment.ledger.tools or ()):
        message = f"the name of call {slot} is {quoted(name, 120)} and has {odd.group()!r} in it; {_WHY[odd.lastgroup]}"
        yield moment.sign_first(message, "function", "name")


RULE = Rule("TC023", "name-polluted", "error", __doc__, {CallDone: check})
