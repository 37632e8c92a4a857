"""`check --format text`: findings as a person reads them, cleaned for any terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby

from inspector.findings.rule import SEVERITIES, Finding, Severity
from inspector.gate import clean
from inspector.report.checked import Checked, totals

WIDTH = 100  # the same for a terminal and a file
_INDENT = "      "
_SHOWN = 5  # places of one rule in one file; the rest is counted
_WORDS: dict[Severity, tuple[str, str]] = {
    "error": ("error", "errors"),
    "warn": ("warning", "warnings"),
    "info": ("note", "notes"),
}


def check_text(checked: Sequence[Checked]) -> Iterator[str]:
    """A paragraph for each file with findings, worst first, and a last line that counts them."""
    for each in checked:
        if each.findings:
            yield from _file(each)
    yield _summary(checked)


def _file(checked: Checked) -> Iterator[str]:
    counted = [_amount(checked.frames, "frame", "frames"), _amount(checked.stages, "stage", "stages")]
    yield f"{clean(checked.file)}  ({', '.join([checked.dialect, checked.framing, *counted])})\n"
    worst_first = sorted(checked.findings, key=lambda each: (SEVERITIES.index(each.severity), each.code))
    for _, same in groupby(worst_first, key=lambda each: each.code):
        yield from _rule(list(same), alone=checked.stages < 2)
    yield "\n"


def _rule(findings: Sequence[Finding], *, alone: bool) -> Iterator[str]:
    """All that one rule found in one file, with its advice said once."""
    first = findings[0]
    yield f"  {first.severity:5} {first.code} {first.name}\n"
    for finding in findings[:_SHOWN]:
        yield _wrapped(f"{_place(finding, alone=alone)}: {clean(finding.message)}{_more(finding)}", _INDENT, "  ")
    if len(findings) > _SHOWN:
        yield f"{_INDENT}… and in {len(findings) - _SHOWN} more places\n"
    for advice in dict.fromkeys(finding.advice for finding in findings):
        yield _wrapped(clean(advice), f"{_INDENT}→ ", "  ")


def _place(finding: Finding, *, alone: bool) -> str:
    parts = [] if alone or finding.stage is None else [f"stage {clean(finding.stage):.40}"]
    parts += [f"choice {finding.choice}"] if finding.choice else []
    return ", ".join([*parts, f"frame {finding.frame}, bytes {finding.start}-{finding.end}"])


def _more(finding: Finding) -> str:
    return f" (and {finding.count - 1} more like it)" if finding.count > 1 else ""


def _wrapped(text: str, first: str, more: str) -> str:
    lines = textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=" " * len(_INDENT) + more, break_on_hyphens=False
    )
    return "\n".join(lines) + "\n"


def _summary(checked: Sequence[Checked]) -> str:
    found = [_amount(number, *_WORDS[severity]) for severity, number in _totals(checked) if number]
    files = _amount(len(checked), "file", "files")
    clear = sum(not each.findings for each in checked)
    if not found:
        return f"{files}: nothing found\n"
    without = f"; nothing in {clear} of them" if clear else ""
    return f"{files}: {', '.join(found)}{without}\n"


def _totals(checked: Sequence[Checked]) -> list[tuple[Severity, int]]:
    counted = totals(checked)
    return [(severity, counted[severity]) for severity in SEVERITIES]


def _amount(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
