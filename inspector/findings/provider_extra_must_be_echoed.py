"""A call comes with fields of the provider's own: a signature of its thoughts, or encrypted reasoning.

The provider wants them back with the call. A client that keeps only what it knows drops them, and the next request is
refused (Gemini 3: 400).

Store them with the call, and send them back unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from inspector.events import JsonObject
from inspector.findings.moments import DeltaCame, FragmentCame, TurnDone
from inspector.findings.rule import Check, Rule, Sign

_EXTRAS = ("extra_content", "thought_signature", "reasoning_details")
_SEALED = ("signature", "data", "encrypted_content", "thought_signature")  # what makes details more than a text


def check(moment: FragmentCame) -> Iterator[Sign]:
    for extra in _EXTRAS:
        if moment.sent.get(extra):
            yield Sign(f"{moment.call.title} carries {extra}", path=(*moment.path, extra))
        elif isinstance(moment.function, dict) and moment.function.get(extra):
            yield Sign(f"{moment.call.title} carries {extra}", path=(*moment.path, "function", extra))


def check_delta(moment: DeltaCame) -> Iterable[Sign]:
    details = moment.delta and _sealed(moment.delta)
    if details:
        path = (*moment.path, "delta", details)
        sign = Sign(f"{details} of a turn with calls is signed or encrypted", path=path, frame=moment.n, about=details)
        moment.turn.kept.setdefault(RULE.code, sign)
    return ()


def check_turn(moment: TurnDone) -> Iterator[Sign]:
    if moment.turn.calls and (sign := moment.turn.kept.get(RULE.code)):
        yield sign


def _sealed(delta: JsonObject) -> str | None:
    """The field of a delta that must be echoed where the turn makes calls."""
    for extra in _EXTRAS:
        value = delta.get(extra)
        if value and extra != "reasoning_details":
            return extra
        for part in value if isinstance(value, list) else ():
            if isinstance(part, dict) and any(part.get(each) for each in _SEALED):
                return extra
    return None


CHECKS: dict[type, Check] = {FragmentCame: check, DeltaCame: check_delta, TurnDone: check_turn}
RULE = Rule("TC069", "provider-extra-must-be-echoed", "warn", __doc__, CHECKS)
