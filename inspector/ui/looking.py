"""What is said of how far, and with which rules, a transcript was looked at for findings. Draws nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.ui.document import Document
from inspector.ui.found import unlisted, watcher_of

if TYPE_CHECKING:
    from inspector.findings.rule import Need, Severity
    from inspector.findings.watch import Findings

_WORDS: dict[Severity, str] = {"error": "error", "warn": "warning", "info": "info"}
_RAW = "No dialect knows these chunks: what they mean was not looked at, only how they are framed."
_NO_FRAMES = "There are no frames to look at."


def counts(document: Document, *, listed: bool) -> str:
    """How many findings there are of the severities that are listed, or else of those that are not."""
    watcher = watcher_of(document.transcript)
    if watcher is None:
        return ""
    order = list(_WORDS)
    last = order.index(document.least)
    tally = watcher.tally
    asked = order[: last + 1] if listed else order[last + 1 :]
    found = [(each, tally.counts[each], " and more" if tally.has_more(each) else "") for each in asked]
    return ", ".join(f"{counted(count, _WORDS[each])}{more}" for each, count, more in found if count)


def why_none(document: Document) -> str:
    """Why the list is empty."""
    from inspector.findings.coverage import is_unread

    transcript = document.transcript
    watcher = watcher_of(transcript)
    looked_at = f"{transcript.decoded:,} of {counted(transcript.framed, 'frame')}"
    if hidden := counts(document, listed=False):
        return f"Nothing worse was found: {hidden} not listed, f lists more."
    if document.feed.is_held:
        return f"Nothing was found in {looked_at}: loading was stopped there."
    if watcher is None or not document.is_over:
        return f"Nothing was found so far: {looked_at} are looked at."
    if not transcript.framed:
        return _NO_FRAMES
    frames = counted(transcript.framed, "frame")
    if is_unread(transcript):
        return f"Nothing was found in how {frames} {'is' if transcript.framed == 1 else 'are'} framed."
    left_out = f"; {counted(many, 'rule')} {'is' if many == 1 else 'are'} off" if (many := off(document)) else ""
    return f"Nothing was found: {counted(_able(watcher), 'rule')} looked at {frames}{left_out}."


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
    return sum(bool(rule.on) for rule in watcher.rules) - len(_silent(watcher))


def remarks(document: Document) -> list[str]:
    """What was not looked at, and why."""
    transcript = document.transcript
    watcher = watcher_of(transcript)
    if watcher is None:
        return []
    from inspector.findings.coverage import GIVES, is_unread, silence
    from inspector.findings.tally import MOST

    said = [_RAW] if is_unread(transcript) else []
    for code, count in unlisted(transcript, document.least):
        said.append(f"{code} came {counted(count, 'more time')}; the first {MOST:,} findings of a rule are listed.")
    if needs := _silent(watcher):
        said.append(f"{silence(needs, {**GIVES, 'replay': '`check --replay`'})}.")
    return said


def counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _silent(watcher: Findings) -> list[Need]:
    """For want of what rules said nothing."""
    from inspector.findings.coverage import lacks, silent

    return silent(watcher.rules, lacks(watcher.ledger.transcript) or ())
