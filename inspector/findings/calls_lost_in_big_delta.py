"""One delta opened several calls at once, and one of them is broken in the end.

Deltas of many tokens (speculative decoding, `stream_interval`) break many parsers: what stands between two calls is
lost with the first call's arguments, or whole calls are. This is a hint, as only the same request without streaming
shows what is lost.

Ask again without streaming or with speculation switched off, and compare.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings import arguments_empty
from inspector.findings.ledger import CallFacts, Ledger
from inspector.findings.moments import TurnDone
from inspector.findings.required import required_of
from inspector.findings.rule import Rule, Sign


def check(moment: TurnDone) -> Iterator[Sign]:
    """Several calls in one delta are sound for themselves: Ollama, Mistral and Gemini send them so."""
    together: dict[int, list[CallFacts]] = {}
    for call in moment.turn.calls.values():
        if call.call.origin == "wire":
            together.setdefault(call.call.opened, []).append(call)
    for frame, calls in together.items():
        broken = [call for call in calls if _is_broken(moment.ledger, call)] if len(calls) > 1 else []
        if broken and moment.turn.reached_end:
            message = f"one delta opens {len(calls)} calls, and the arguments of {broken[0].title} are lost or broken"
            path = ("choices", moment.turn.choice.index, "delta", "tool_calls")
            yield Sign(message, path=path, frame=frame, about=frame)


def _is_broken(ledger: Ledger, call: CallFacts) -> bool:
    """No arguments are none lost, unless the tool requires some or was called with some beside it."""
    if not arguments_empty.is_blank(call):
        return call.worth == "invalid" or (call.worth == "partial" and call.turn.finish != "length")
    if required_of(ledger, call):
        return True
    namesakes = (each for each in call.turn.calls.values() if each.call.name.last == call.call.name.last)
    return any(each.worth == "valid" and each.call.arguments.size > len("{}") for each in namesakes)


RULE = Rule("TC042", "calls-lost-in-big-delta", "error", __doc__, {TurnDone: check})
