"""What findings say of calls that stand in a text. Judges nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from inspector.findings.ledger import TurnFacts
from inspector.findings.moments import TurnDone
from inspector.findings.rule import Sign
from inspector.findings.text_place import sign_in
from inspector.findings.words import short
from inspector.tool_formats.found import Call
from inspector.tool_formats.recovering import as_json
from inspector.tool_formats.registry import named
from inspector.twins import Sent, Told

_FAMILY_MOST = 4
_EACH_MOST = 20  # calls of one text that are a finding each; those beyond count to the last of them


def signs(moment: TurnDone, calls: Iterable[tuple[str, Call]], words: Callable[[Call], Sign]) -> Iterator[Sign]:
    """One for each call, given with the name of its text."""
    for number, (name, call) in enumerate(calls, 1):
        about = moment.turn.first_frame, name, min(number, _EACH_MOST)
        if number > _EACH_MOST:
            yield Sign("", about=about)
        else:
            said = words(call)
            yield sign_in(moment, name, call.start, call.end, said.message, advice=said.advice, about=about)


def in_words(call: Call, turn: TurnFacts, where: str = "the content", without: str = "") -> str:
    """Which call it is, and in which format; of those that write the same, the family. And what came of it."""
    broken = ", and is cut" if not call.is_complete else ", and cannot be read" if call.value is None else ""
    what = f"a call of {short(call.name, 80)} as text, in the format {_format(call)}"
    return f"{where} has {what}{without}{broken}; {run(turn, call)}"


def _format(call: Call) -> str:
    known = named(call.format)
    others = [each for each in call.family if each != call.format]
    title = known.title if known else ""
    if others:
        more = ", …" if len(others) > _FAMILY_MOST else ""
        write = "write" if len(others) > 1 else "writes"
        title += f"; {', '.join(others[:_FAMILY_MOST])}{more} {write} the same"
    return f"{call.format} ({title})"


def has_calls(turn: TurnFacts) -> str:
    return f"the answer has {'' if turn.calls else 'no '}tool_calls"


def run(turn: TurnFacts, call: Call) -> str:
    """Whether the answer has the call in its `tool_calls` too."""
    if not turn.calls:
        return has_calls(turn)
    if slots := [each.slot for each in _sent(turn).same_as(call.name, as_json(call), is_untyped=call.is_untyped)]:
        return f"it is there twice: as text, and in tool_calls as call {slots[0]}"
    slots = [slot for slot, each in turn.calls.items() if each.call.name.last == call.name]
    alike = f", but call {slots[0]}, with other arguments, calls the same tool" if slots else ""
    return f"the answer's tool_calls do not have it{alike}"


def _sent(turn: TurnFacts) -> Sent:
    """The calls of a turn that is over, as far as their arguments are JSON or nothing."""
    whole = [each for each in turn.calls.values() if each.worth in ("valid", "empty")]
    return Sent([Told(each.call, each.call.name.last or "", each.call.arguments.text) for each in whole])
