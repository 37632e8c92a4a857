"""`check --format text`: findings as a person reads them, cleaned for any terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from inspector.findings.rule import SEVERITIES, Finding
from inspector.gate import clean
from inspector.report.amounts import amount, amounts
from inspector.report.checked import Checked, totals

WIDTH = 100  # the same for a terminal and a file (CLI.md), unless another one is asked for
_INDENT = "      "
_HANGING = f"{_INDENT}  "
_SHOWN = 5  # places of one rule in one file; the rest is counted


def check_text(checked: Sequence[Checked], remarks: Iterable[str] = (), width: int = WIDTH) -> Iterator[str]:
    """A paragraph for each file with findings, worst first, a line that counts them, and what else is to be said."""
    for each in checked:
        if each.findings:
            yield from _file(each, width)
    for sentence in (_summary(checked), *remarks):
        yield _wrapped(sentence, "", "  ", width)


def _file(checked: Checked, width: int) -> Iterator[str]:
    counted = [amount(checked.frames, "frame", "frames"), amount(checked.stages, "stage", "stages")]
    yield f"{clean(checked.file)}  ({', '.join([checked.dialect, checked.framing, *counted])})\n"
    worst_first = sorted(checked.findings, key=lambda each: (SEVERITIES.index(each.severity), each.code))
    for _, same in groupby(worst_first, key=lambda each: each.code):
        yield from _rule(list(same), width, alone=checked.stages < 2)
    yield "\n"


def _rule(findings: Sequence[Finding], width: int, *, alone: bool) -> Iterator[str]:
    """All that one rule found in one file, with its advice said once."""
    first = findings[0]
    yield f"  {first.severity:5} {first.code} {first.name}\n"
    for finding in findings[:_SHOWN]:
        said = f"{_place(finding, alone=alone)}: {clean(finding.message)}{_more(finding)}"
        yield _wrapped(said, _INDENT, _HANGING, width)
    if len(findings) > _SHOWN:
        yield f"{_INDENT}… and in {len(findings) - _SHOWN} more places\n"
    for advice in dict.fromkeys(finding.advice for finding in findings):
        yield _wrapped(clean(advice), f"{_INDENT}→ ", _HANGING, width)


def _place(finding: Finding, *, alone: bool) -> str:
    parts = [] if alone or finding.stage is None else [f"stage {clean(finding.stage):.40}"]
    parts += [f"choice {finding.choice}"] if finding.choice else []
    return ", ".join([*parts, f"frame {finding.frame}, bytes {finding.start}-{finding.end}"])


def _more(finding: Finding) -> str:
    return f" (and {finding.count - 1} more like it)" if finding.count > 1 else ""


def _wrapped(text: str, first: str, more: str, width: int) -> str:
    lines = textwrap.wrap(text, width, initial_indent=first, subsequent_indent=more, break_on_hyphens=False)
    return "\n".join(lines) + "\n"


def _summary(checked: Sequence[Checked]) -> str:
    found = amounts(totals(checked))
    files = amount(len(checked), "file", "files")
    clear = sum(not each.findings for each in checked)
    if not found:
        return f"{files}: nothing found"
    without = f"; none in {clear} of them" if clear else ""
    more = " and more" if any(each.unlisted for each in checked) else ""
    return f"{files}: {found}{more}{without}"
