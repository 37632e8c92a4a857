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
from inspector.json_place import Path


def check(moment: TurnDone) -> Iterator[Sign]:
    """Several calls in one delta are sound for themselves: Ollama, Mistral and Gemini send them so."""
    together: dict[tuple[int, Path], list[CallFacts]] = {}  # by frame and list of fragments
    for call in moment.turn.calls.values():
        if call.call.origin == "wire":
            together.setdefault((call.call.opened, call.path[:-1]), []).append(call)
    with_arguments = {call.call.name.last for call in moment.turn.calls.values() if _has_arguments(call)}
    for (frame, path), calls in together.items():
        if len(calls) == 1 or not moment.turn.reached_end:
            continue
        if broken := next((call for call in calls if _is_broken(moment.ledger, call, with_arguments)), None):
            message = f"one delta opens {len(calls)} calls, and the arguments of {broken.title} are lost or broken"
            yield Sign(message, path=path, frame=frame, about=(frame, path))


def _has_arguments(call: CallFacts) -> bool:
    return call.worth == "valid" and call.call.arguments.size > len("{}")


def _is_broken(ledger: Ledger, call: CallFacts, with_arguments: set[str | None]) -> bool:
    """No arguments are none lost where the tool is known to require none, and was not called with some beside it."""
    if not arguments_empty.is_blank(call):
        return call.worth == "invalid" or (call.worth == "partial" and call.turn.finish != "length")
    name = call.call.name.last
    return name not in (ledger.tools or ()) or bool(required_of(ledger, call)) or name in with_arguments


RULE = Rule("TC042", "calls-lost-in-big-delta", "error", __doc__, {TurnDone: check})
