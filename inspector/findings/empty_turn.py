"""The answer finished with no text, no reasoning and no call, though the usage counts tokens that the model wrote.

The server's parser threw the output away: a call that it could not read, or reasoning that it cut off. The user sees
nothing, and nothing says why.

Ask for the raw text (without tools, or by `/completions`) to see what the model wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from inspector.events import JsonObject
from inspector.findings.ledger import TurnFacts
from inspector.findings.moments import DeltaCame, TurnDone
from inspector.findings.rule import Rule, Sign

# What else a delta may hold that is no output, or is looked at as text and calls.
_KNOWN = frozenset({"role", "content", "reasoning", "reasoning_content", "reasoning_details", "refusal", "tool_calls"})
_RAISE_LIMIT = (
    "Raise `max_tokens`: the limit was reached within what the server keeps to itself until it is whole, as a call, "
    "or what it does not send, as thoughts."
)
_OUTPUT = "output that stands in no text"
_END_TOKEN = 1  # servers count the one that ends the turn


def check_delta(moment: DeltaCame) -> Iterable[Sign]:
    """Sound, pictures and the like are output that stands in no text."""
    if moment.delta and any(value and key not in _KNOWN for key, value in moment.delta.items()):
        moment.turn.kept[_OUTPUT] = True
    return ()


def check(moment: TurnDone) -> Iterator[Sign]:
    turn = moment.turn
    if not is_empty(turn):
        return
    frame, usage = _usage(moment)
    if (tokens := _written(usage)) > _END_TOKEN:
        message = f"the answer is empty, and the usage counts {tokens} tokens that the model wrote"
        is_cut = turn.finish == "length"
        message += " up to their limit" if is_cut else ""
        yield Sign(message, path=("usage", "completion_tokens"), frame=frame, advice=_RAISE_LIMIT if is_cut else None)


def is_empty(turn: TurnFacts) -> bool:
    """It is finished, and has nothing. `check_delta` must have looked at its deltas."""
    return bool(turn.finishes) and turn.finish != "content_filter" and not _is_something(turn)


def says_tokens(moment: TurnDone) -> bool:
    """Whether the usage counts some that the model wrote, thoughts that the server kept included."""
    return _count(_usage(moment)[1].get("completion_tokens")) > _END_TOKEN


def _usage(moment: TurnDone) -> tuple[int, JsonObject]:
    """The turn's last, and its frame."""
    usages = [each for each in moment.turn.stage.stage.usage.history() if each[0] >= moment.turn.first_frame]
    return usages[-1] if usages else (moment.n, {})


def _is_something(turn: TurnFacts) -> bool:
    """Of several choices it is not known which one the tokens are of."""
    said = any(turn.track(name).size > begin for name, begin in turn.begins.items())
    return said or bool(turn.calls) or _OUTPUT in turn.kept or len(turn.stage.stage.choices) > 1


def _written(usage: JsonObject) -> int:
    """Without those of reasoning, which a server may keep to itself."""
    details = usage.get("completion_tokens_details")
    hidden = details.get("reasoning_tokens") if isinstance(details, dict) else 0
    return _count(usage.get("completion_tokens")) - _count(hidden)


def _count(value: Any) -> int:
    return value if type(value) is int else 0


RULE = Rule("TC055", "empty-turn", "error", __doc__, {DeltaCame: check_delta, TurnDone: check})
