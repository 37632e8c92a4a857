"""How far a transcript was looked at: whether its chunks are read, and what rules lacked. Judges nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from inspector.findings.rule import Need, Rule
from inspector.findings.watch import Findings
from inspector.transcript import Transcript
from inspector.wire.framing import STREAMS

_RECORDED = "a recording by `chat` or `attach`"
# What gives a rule what it needs: what is nearest to hand first.
GIVES: Mapping[Need, str] = {
    "tools": "--tools",
    "replay": "--replay",
    "times": _RECORDED,
    "head": _RECORDED,
    "request": _RECORDED,
}


def is_unread(transcript: Transcript) -> bool:
    """It has chunks, and no dialect knows them: only how they are framed was looked at."""
    return transcript.dialect == "raw" and bool(transcript.stages) and transcript.framing in STREAMS


def lacks(transcript: Transcript) -> tuple[Need, ...] | None:
    """What rules need and do not have; `None` where they could not speak either way, there being nothing to read."""
    watcher = transcript.watcher
    if not isinstance(watcher, Findings) or transcript.dialect == "raw" or transcript.framing not in STREAMS:
        return None
    needed = {need for rule in watcher.rules for need in rule.needs}
    return tuple(need for need in GIVES if need in needed and not watcher.ledger.has(need))


def silent(rules: Iterable[Rule], lacking: Collection[Need]) -> list[Need]:
    """Of each rule that could say nothing, the first thing that it lacks."""
    first = (next((need for need in rule.needs if need in lacking), None) for rule in rules)
    return [need for need in first if need is not None]


def silence(needs: Collection[Need], gives: Mapping[Need, str] = GIVES, where: str = "") -> str:
    """How many rules said nothing, what each lacked being given, and what would let them speak. No full stop."""
    by_giver = Counter(gives[need] for need in GIVES for each in needs if each == need)
    (giver, count), *others = by_giver.items()
    whom = "it" if len(needs) == 1 else f"{count} of them" if others else "them"
    said = [f"{giver} would let {whom} speak", *(f"{other} {number}" for other, number in others)]
    return f"{len(needs)} rule{'s' * (len(needs) > 1)} said nothing{where}: {', '.join(said)}"
