"""What messages say of a call that stands in a text. Judges nothing."""

from __future__ import annotations

from inspector.findings.ledger import TurnFacts
from inspector.tool_formats.found import Call
from inspector.tool_formats.registry import named

_FAMILY_MOST = 4


def in_words(call: Call, where: str = "the content") -> str:
    """Which call it is, and in which format; of those that write the same, the family."""
    cut = "" if call.is_complete else ", and is cut"
    return f"{where} has a call of {call.name:.80} as text, in the format {_format(call)}{cut}"


def _format(call: Call) -> str:
    known = named(call.format)
    title = f"{call.format} ({known.title})" if known else call.format
    others = [each for each in call.family if each != call.format]
    if not others:
        return title
    more = ", …" if len(others) > _FAMILY_MOST else ""
    return f"{title}; {', '.join(others[:_FAMILY_MOST])}{more} write the same"


def run_by_server(turn: TurnFacts, call: Call) -> str:
    """Whether the answer has the call in its `tool_calls` too."""
    slots = [slot for slot, each in turn.calls.items() if each.call.name.last == call.name]
    if slots:
        return f"it is there twice: as text, and in tool_calls as call {slots[0]}"
    if turn.calls:
        return "the answer's tool_calls do not have it"
    return "the answer has no tool_calls"
