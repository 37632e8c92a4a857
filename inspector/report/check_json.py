"""`check --format json|jsonl`: findings as data (CLI.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from inspector.findings.rule import Finding
from inspector.report.checked import Checked, totals
from inspector.report.lines import line


def check_json(checked: Sequence[Checked]) -> Iterator[str]:
    """One object for everything."""
    yield line({"files": [_file(each) for each in checked], "summary": totals(checked)})


def check_jsonl(checked: Sequence[Checked]) -> Iterator[str]:
    """One line a finding, which names its file."""
    for each in checked:
        for finding in each.findings:
            yield line({"file": each.file, "dialect": each.dialect} | _finding(finding))


def _file(checked: Checked) -> dict[str, Any]:
    return {
        "file": checked.file,
        "dialect": checked.dialect,
        "framing": checked.framing,
        "frames": checked.frames,
        "events": checked.events,
        "stages": checked.stages,
        "findings": [_finding(each) for each in checked.findings],
        "unlisted": dict(checked.unlisted),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "stage": finding.stage,
        "choice": finding.choice,
        "frame": finding.frame,
        "start": finding.start,
        "end": finding.end,
        "message": finding.message,
        "advice": finding.advice,
        "count": finding.count,
    }
