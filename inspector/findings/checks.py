"""Runs the checks of the rules at each moment, and takes what they see as findings. Knows no particular rule."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from typing import Any

from inspector.findings import broken_rule
from inspector.findings.ledger import Ledger
from inspector.findings.moments import Moment
from inspector.findings.rule import Check, Finding, Rule, Sign
from inspector.findings.tally import Key, Tally


class Checks:
    """`found` is for who tells a moment to look at: the code and the key of each finding since it was emptied."""

    def __init__(self, rules: Sequence[Rule], ledger: Ledger, tally: Tally) -> None:
        self.found: list[tuple[str, Key]] = []
        self._ledger = ledger
        self._tally = tally
        self._broken: set[str] = set()
        self._on: dict[type, list[tuple[Rule, Check]]] = {}
        for rule in rules:
            for moment, check in rule.on.items():
                self._on.setdefault(moment, []).append((rule, check))

    def look_at(self, kind: type) -> bool:
        """Whether any rule asks for such moments, or events."""
        return kind in self._on

    def tell(self, moment: Moment, kind: type | None = None) -> None:
        for rule, check in self._on.get(kind or type(moment), ()):
            if rule.code in self._broken or not all(map(self._ledger.has, rule.needs)):
                continue
            try:
                for sign in check(moment):
                    self._take(rule, moment, sign)
            except Exception:  # noqa: BLE001 - one of the engine's two: a rule's bug must show and stop nothing
                self._report_broken(rule, moment)

    def _take(self, rule: Rule, moment: Moment, sign: Sign) -> None:
        stage, choice, about = _subject(moment)
        key: Key = stage, choice, about if sign.about is None else sign.about

        def make() -> Finding:
            n = moment.n if sign.frame is None else sign.frame
            span = self._ledger.spots.of(n, self._placed(sign))
            said = rule.code, rule.name, rule.severity, stage, choice, max(n, 0), *span
            return Finding(*said, sign.message, sign.advice or rule.advice, rule.follows)

        self.found.append((rule.code, key))
        self._tally.add(rule.code, key, make)

    def _placed(self, sign: Sign) -> Sign:
        """A path into the frame of the moment leads into the chunk that is being told."""
        if sign.path is None or sign.frame is not None or isinstance(next(iter(sign.path), None), int):
            return sign
        return sign._replace(path=(*self._ledger.place, *sign.path))

    def _report_broken(self, rule: Rule, moment: Moment) -> None:
        """The rule is silent from here on."""
        self._broken.add(rule.code)
        stage, choice, _ = _subject(moment)
        message = f"the rule {rule.code} {rule.name} failed: {traceback.format_exc(limit=-3)}"
        span = self._ledger.spots.of(moment.n, Sign(message))
        broken = broken_rule.RULE
        said = broken.code, broken.name, broken.severity, stage, choice, max(moment.n, 0), *span
        self._tally.add(broken.code, (stage, choice, rule.code), lambda: Finding(*said, message, broken.advice))


def _subject(moment: Any) -> tuple[str | None, int | None, Any]:
    """The stage, the choice and the call that a moment is about."""
    call = getattr(moment, "call", None)
    about = call.call.slot if call is not None else None
    turn = getattr(moment, "turn", None)
    if turn is not None:
        return turn.stage.stage.key, turn.choice.index, about
    stage = getattr(moment, "stage", None)
    return getattr(getattr(stage, "stage", stage), "key", None), None, about
