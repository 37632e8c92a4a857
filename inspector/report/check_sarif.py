"""`check --format sarif`: findings in OASIS SARIF 2.1.0, which code scanners take. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from inspector import __version__
from inspector.findings.registry import RULES
from inspector.findings.rule import Finding, Rule, Severity
from inspector.report.checked import Checked, in_one_line
from inspector.report.lines import line

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: dict[Severity, str] = {"error": "error", "warn": "warning", "info": "note"}


def check_sarif(checked: Sequence[Checked]) -> Iterator[str]:
    """One run, with the rules that found something."""
    found = {finding.code for each in checked for finding in each.findings}
    rules = [rule for rule in RULES if rule.code in found]
    numbers = {rule.code: number for number, rule in enumerate(rules)}
    results = [
        _result(each.file, finding, at_line, numbers)
        for each in checked
        for finding, at_line in zip(each.findings, each.lines, strict=True)
    ]
    driver = {"name": "stage-inspector", "version": __version__, "rules": [_rule(rule) for rule in rules]}
    inputs = [{"uri": _uri(each.file), "dialect": each.dialect, "framing": each.framing} for each in checked]
    run = {"tool": {"driver": driver}, "results": results, "properties": {"inputs": inputs}}
    yield line({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule) -> dict[str, Any]:
    what, why, advice = rule.paragraphs
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": what},
        "fullDescription": {"text": why},
        "help": {"text": advice},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(file: str, finding: Finding, at_line: int, numbers: dict[str, int]) -> dict[str, Any]:
    region = {"startLine": at_line, "byteOffset": finding.start, "byteLength": finding.end - finding.start}
    place = {"artifactLocation": {"uri": _uri(file)}, "region": region}
    where = {"stage": finding.stage, "choice": finding.choice, "frame": finding.frame, "count": finding.count}
    number = {"ruleIndex": numbers[finding.code]} if finding.code in numbers else {}
    return {
        "ruleId": finding.code,
        **number,
        "level": _LEVELS[finding.severity],
        "message": {"text": in_one_line(finding)},
        "locations": [{"physicalLocation": place}],
        "properties": where,
    }


def _uri(file: str) -> str:
    uri = quote(file.encode("utf-8", "surrogateescape"), safe="/-._~")
    return f"file://{uri}" if file.startswith("/") else uri
