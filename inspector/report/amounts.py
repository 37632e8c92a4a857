"""How many of something there are, in words."""

from __future__ import annotations

from collections.abc import Mapping

from inspector.findings.rule import SEVERITIES, Severity

_WORDS: dict[Severity, tuple[str, str]] = {
    "error": ("error", "errors"),
    "warn": ("warning", "warnings"),
    "info": ("note", "notes"),
}


def amount(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def amounts(totals: Mapping[str, int]) -> str:
    """Findings by severity, the worst first; nothing where there are none."""
    return ", ".join(amount(totals[each], *_WORDS[each]) for each in SEVERITIES if totals.get(each))
