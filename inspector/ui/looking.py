"""What is said of how far, and with which rules, a transcript was looked at for findings. Draws nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.ui.document import Document
from inspector.ui.found import watcher_of

if TYPE_CHECKING:
    from inspector.findings.rule import Need, Severity
    from inspector.findings.watch import Findings

_WORDS: dict[Severity, str] = {"error": "error", "warn": "warning", "info": "info"}
_NEEDS: dict[Need, str] = {
    "times": "the times at which bytes came",
    "head": "the head of the response",
    "request": "the request",
    "tools": "the tools that were offered",
    "replay": "the plain answer to the same request",
}
_RAW = "No dialect knows these chunks: what they mean was not looked at, only how they are framed."
_NO_FRAMES = "There are no frames to look at."


def counts(document: Document, *, listed: bool) -> str:
    """How many findings there are of the severities that are listed, or else of those that are not."""
    watcher = watcher_of(document.transcript)
    if watcher is None:
        return ""
    order = list(_WORDS)
    last = order.index(document.least)
    found = [(each, watcher.tally.counts[each]) for each in (order[: last + 1] if listed else order[last + 1 :])]
    return ", ".join(counted(count, _WORDS[each]) for each, count in found if count)


def why_none(document: Document) -> str:
    """Why the list is empty."""
    transcript = document.transcript
    watcher = watcher_of(transcript)
    looked_at = f"{transcript.decoded:,} of {counted(transcript.framed, 'frame')}"
    if hidden := counts(document, listed=False):
        return f"Nothing worse was found: {hidden} not listed, f lists more."
    if document.feed.state == "stopped":
        return f"Nothing was found in {looked_at}: loading was stopped there."
    if watcher is None or not document.is_over:
        return f"Nothing was found so far: {looked_at} are looked at."
    if not transcript.framed:
        return _NO_FRAMES
    able, frames = counted(_able(watcher), "rule"), counted(transcript.framed, "frame")
    return f"Nothing is wrong: {able} looked at {frames}, and found nothing."


def off(document: Document) -> int:
    """How many rules the user's settings leave out."""
    watcher = watcher_of(document.transcript)
    if watcher is None:
        return 0
    from inspector.findings.registry import RULES

    used = {rule.code for rule in watcher.rules}
    left_out = [rule for rule in RULES if rule.code not in used]
    return len(left_out) if len(left_out) < len(RULES) else 0  # who has none of ours chose from others


def _able(watcher: Findings) -> int:
    """How many rules look at anything, and have what they need for it."""
    return sum(bool(rule.on) for rule in watcher.rules) - _silent(watcher, list(_NEEDS))


def remarks(document: Document) -> list[str]:
    """What was not looked at, and why."""
    transcript = document.transcript
    watcher = watcher_of(transcript)
    if watcher is None:
        return []
    said = [_RAW] if transcript.dialect == "raw" and transcript.framed else []
    missing = [need for need in _NEEDS if _silent(watcher, [need])]
    if missing:
        needs = " or ".join(_NEEDS[need] for need in missing)
        said.append(f"{counted(_silent(watcher, missing), 'rule')} said nothing, for want of {needs}.")
    return said


def counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _silent(watcher: Findings, needs: list[Need]) -> int:
    """How many rules need one of these that is not there."""
    lacking = {need for need in needs if not watcher.ledger.has(need)}
    return sum(not lacking.isdisjoint(rule.needs) for rule in watcher.rules)
