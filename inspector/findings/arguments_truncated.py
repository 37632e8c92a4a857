"""The arguments of a call end inside their JSON, though the answer has a finish reason.

A token limit or a stop string cut the call. Clients that repair JSON run it with half of its arguments; vLLM says
`tool_calls` where the limit was the reason.

Never run it. Raise `max_tokens`, or look for a stop string that the arguments hold, and ask again.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings import arguments_brace_lost, arguments_empty, arguments_hold_markup
from inspector.findings.ledger import CallFacts
from inspector.findings.moments import CallDone
from inspector.findings.rule import Rule, Sign

_ENDS = frozenset({"tool_calls", "function_call", "stop", "length", "end_turn"})


def fits(call: CallFacts) -> bool:
    if call.worth != "partial" or call.turn.finish not in _ENDS or arguments_empty.is_blank(call):
        return False
    return not (arguments_brace_lost.fits(call) or arguments_hold_markup.fits(call))


def stops(call: CallFacts) -> str:
    """Where the arguments end, and in what."""
    still_open = call.json.open_at_end()
    inside = f"with `{still_open}` open" if still_open else "inside a value"
    return f"the arguments of {call.title} stop after {call.call.arguments.size} bytes {inside}"


def check(moment: CallDone) -> Iterator[Sign]:
    call = moment.call
    if fits(call):
        yield moment.sign(f"{stops(call)}, and the finish reason is {moment.turn.finish}")


RULE = Rule("TC036", "arguments-truncated", "error", __doc__, {CallDone: check})
