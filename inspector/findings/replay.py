"""The plain answer to the same request, as rules compare it with the stream. Judges nothing."""

from __future__ import annotations

from typing import Any, NamedTuple

from inspector.events import JsonObject
from inspector.findings.ledger import TurnFacts
from inspector.findings.moments import TurnDone


class PlainCall(NamedTuple):
    name: str
    arguments: str


class Plain(NamedTuple):
    """One choice of a `chat.completion`."""

    content: str
    calls: tuple[PlainCall, ...]


def plain_of(moment: TurnDone) -> Plain | None:
    """What the turn may be held against: its choice of the plain answer, where both came to their end.

    That is the first turn of each choice; what tools gave is in no request that the plain answer is to.
    """
    turn = moment.turn
    seen = moment.ledger.kept.setdefault("turns that a replay is of", {})
    if seen.setdefault(turn.choice.index, turn) is not turn or not _is_whole(turn):
        return None
    for position, choice in enumerate(_list((moment.ledger.replay or {}).get("choices"))):
        if isinstance(choice, dict) and choice.get("index", position) == turn.choice.index:
            message = choice.get("message")
            return _read(message) if isinstance(message, dict) and choice.get("finish_reason") != "length" else None
    return None


def _is_whole(turn: TurnFacts) -> bool:
    return turn.finish not in (None, "length")


def _read(message: JsonObject) -> Plain:
    content = message.get("content")
    functions = [each.get("function") for each in _list(message.get("tool_calls")) if isinstance(each, dict)]
    calls = (
        PlainCall(str(each.get("name")), str(each.get("arguments"))) for each in functions if isinstance(each, dict)
    )
    return Plain(content if isinstance(content, str) else "", tuple(calls))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def same_until(one: str, other: str) -> int:
    """How many characters they begin with are the same."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
