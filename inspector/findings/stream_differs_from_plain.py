"""The plain answer to the same request has other calls than the stream: more, fewer, other tools, other arguments.

Servers read a model's calls by two paths, one for whole answers and one for streams, and the two do not agree. What
works in a test without streaming then fails in the app.

Ask both again at temperature 0, and report it to the server's authors with the raw chunks; till then do not stream.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.ledger import CallFacts
from inspector.findings.moments import CallDone, TurnDone
from inspector.findings.replay import PlainCall, plain_of, same_until
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import short
from inspector.json_value import load_json


def check(moment: TurnDone) -> Iterator[Sign]:
    plain = plain_of(moment)
    if plain is None:
        return
    streamed = list(moment.turn.calls.values())
    names = [each.call.name.last or "" for each in streamed]
    wanted = [each.name for each in plain.calls]
    if names != wanted:
        message = f"the plain answer has {_named(wanted)}, the stream {_named(names)}"
        yield Sign(message, path=("choices",), frame=moment.turn.finishes[0][0])
        return
    for call, other in zip(streamed, plain.calls, strict=True):
        if _value(call.call.arguments.text) != _value(other.arguments):
            yield _differing(moment, call, other)


def _named(names: list[str]) -> str:
    if not names:
        return "no call"
    return f"{len(names)} call{'s' * (len(names) > 1)} ({short(', '.join(names), 80)})"


def _differing(moment: TurnDone, call: CallFacts, other: PlainCall) -> Sign:
    text = call.call.arguments.text
    byte = len(text[: same_until(text, other.arguments)].encode("utf-8", "surrogatepass"))
    message = f"{call.title} has other arguments in the plain answer: {short(other.arguments, 80)}"
    return CallDone(moment.n, moment.ledger, moment.turn, call).sign(message, byte, about=call.call.slot)


def _value(arguments: str) -> object:
    """Blanks and the order of keys make no difference; what is no JSON is itself."""
    try:
        return load_json(arguments or "{}")
    except ValueError:
        return arguments


RULE = Rule("TL086", "stream-differs-from-plain", "warn", __doc__, {TurnDone: check}, needs=("replay",))
