"""`check --format github|junit`: findings for those who show them beside a change. Judges nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from inspector.findings.rule import Finding, Severity
from inspector.gate import clean
from inspector.report.checked import Checked, in_one_line

_STDIN = "-"  # which is no file of the repository
_UNREAD = '      <properties><property name="dialect" value="raw"/></properties>\n'
_CLEAR = "      <system-out>in no known dialect: only its framing was looked at</system-out>\n"
_LEVELS: dict[Severity, str] = {"error": "error", "warn": "warning", "info": "notice"}


def check_github(checked: Sequence[Checked]) -> Iterator[str]:
    """GitHub's workflow commands: one annotation a finding, at the line of the file that its bytes stand in."""
    for each in checked:
        for finding, line in zip(each.findings, each.lines, strict=True):
            where = {"file": each.file, "line": str(line)} if each.file != _STDIN else {}
            properties = where | {"title": f"{finding.code} {finding.name}"}
            said = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
            text = _data(f"{_place(finding)}: {in_one_line(finding)}")
            yield f"::{_LEVELS[finding.severity]} {said}::{text}\n"


def check_junit(checked: Sequence[Checked]) -> Iterator[str]:
    """JUnit's XML: a suite for each file, a failed test for each finding but notes, and a passed one where none is.

    The tests of a file that is in no known dialect say so: that nothing was found there means little.
    """
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    tests = sum(max(len(each.findings), 1) for each in checked)
    failures = sum(_fails(finding) for each in checked for finding in each.findings)
    yield f'<testsuites name="stage-inspector" tests="{tests}" failures="{failures}" errors="0">\n'
    for each in checked:
        yield from _suite(each)
    yield "</testsuites>\n"


def _suite(checked: Checked) -> Iterator[str]:
    name = quoteattr(clean(checked.file))
    failures = sum(map(_fails, checked.findings))
    tests = max(len(checked.findings), 1)
    yield f'  <testsuite name={name} tests="{tests}" failures="{failures}" errors="0">\n'
    unread = _UNREAD if checked.is_unread else ""
    if not checked.findings:
        case = f'    <testcase classname={name} name="no findings"'
        yield f"{case}>\n{unread}{_CLEAR}    </testcase>\n" if unread else f"{case}/>\n"
    for finding, title in zip(checked.findings, _titles(checked.findings), strict=True):
        yield f"    <testcase classname={name} name={quoteattr(title)}>\n{unread}{_outcome(finding)}    </testcase>\n"
    yield "  </testsuite>\n"


def _outcome(finding: Finding) -> str:
    text = escape(clean(f"{finding.message}\n{finding.advice}", multiline=True))
    if not _fails(finding):
        return f"      <system-out>{text}</system-out>\n"
    said = quoteattr(clean(finding.message))
    return f'      <failure type="{finding.severity}" message={said}>{text}</failure>\n'


def _titles(findings: Sequence[Finding]) -> Iterator[str]:
    """No two are the same, as readers of JUnit's XML tell tests apart by their names."""
    given: Counter[str] = Counter()
    for finding in findings:
        title = f"{finding.code} {finding.name}, {_place(finding)}"
        given[title] += 1
        yield title if given[title] == 1 else f"{title}, number {given[title]}"


def _fails(finding: Finding) -> bool:
    return finding.severity != "info"


def _place(finding: Finding) -> str:
    stage = f"stage {clean(finding.stage):.40}, " if finding.stage is not None else ""
    choice = f"choice {finding.choice}, " if finding.choice else ""
    return f"{stage}{choice}frame {finding.frame}, bytes {finding.start}-{finding.end}"


def _data(text: str) -> str:
    return clean(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
