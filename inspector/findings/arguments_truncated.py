"""The arguments of a call end inside their JSON, though the answer has a finish reason.

A token limit or a stop string cut the call. Clients that repair JSON run it with half of its arguments; vLLM says
`tool_calls` where the limit was the reason.

Never run it. Raise `max_tokens`, or look for a stop string that the arguments hold, and ask again.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import CallDone
from inspector.findings.rule import Rule, Sign

_ENDS = frozenset({"tool_calls", "function_call", "stop", "length", "end_turn"})


def check(moment: CallDone) -> Iterator[Sign]:
    reason = moment.turn.finish
    if moment.call.worth == "partial" and reason in _ENDS:
        still_open = moment.call.json.open_at_end() or "an unfinished value"
        size = moment.call.call.arguments.size
        message = f"the arguments of {moment.call.title} stop after {size} bytes with {still_open} open"
        yield moment.sign(f"{message}, and the finish reason is {reason}")


RULE = Rule("TC036", "arguments-truncated", "error", __doc__, {CallDone: check})
