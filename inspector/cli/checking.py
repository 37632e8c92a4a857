"""What `check` does: files to findings, to a report and an exit code. Imported only when the command runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from inspector.cli.beside import completion, contents, schemas
from inspector.cli.inputs import inputs
from inspector.cli.output import output
from inspector.cli.several import check_each
from inspector.cli.talk import say
from inspector.errors import InspectorError
from inspector.findings.registry import chosen
from inspector.findings.rule import SEVERITIES, Severity
from inspector.report import baseline
from inspector.report.check_annotations import check_github, check_junit
from inspector.report.check_json import check_json, check_jsonl
from inspector.report.check_remarks import Circumstances, remarks
from inspector.report.check_sarif import check_sarif
from inspector.report.check_text import WIDTH, check_text
from inspector.report.checked import Asked, Checked, totals
from inspector.wire.framing import FramingName

_REPORTS: dict[str, Callable[[Sequence[Checked]], Iterator[str]]] = {
    "json": check_json,
    "jsonl": check_jsonl,
    "junit": check_junit,
    "github": check_github,
    "sarif": check_sarif,
}
_WITH_LINES = frozenset({"github", "sarif"})
_FOUND, _REFUSED = 1, 2


class Wanted(NamedTuple):
    """The options of the command, as they were given, and the settings; `never` fails on nothing."""

    form: str
    fail_on: str
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    off_by: tuple[str, ...]
    show: Severity
    width: int | None
    tools: str | None
    known: str | None
    out: str | None
    framing: FramingName | None
    dialect: str | None
    replay: str | None


def run(paths: Sequence[str], wanted: Wanted) -> int:
    """The exit code: 1 where something so bad was found, 2 where something could not be opened."""
    asked = _asked(wanted)
    known = baseline.read(contents(wanted.known).decode("utf-8", "replace"), wanted.known) if wanted.known else None
    refused: list[InspectorError] = []
    checked = _checked(paths, asked, refused)
    new = checked if known is None else baseline.without_known(checked, known)
    if checked or not refused:
        left_out = None if known is None else _size(checked) - _size(new)
        _write(new, wanted, Circumstances(asked.codes, wanted.off_by, tuple(asked.tools or ()), left_out))
    for sentence in [*(notice for each in checked for notice in each.notices), *map(str, refused)]:
        say(sentence)
    return _REFUSED if refused else _FOUND * _fails(new, wanted.fail_on)


def _asked(wanted: Wanted) -> Asked:
    codes = tuple(rule.code for rule in chosen(_codes(wanted.select), _codes(wanted.ignore)))
    given = schemas(wanted.tools), wanted.form in _WITH_LINES, completion(wanted.replay)
    return Asked(codes, wanted.framing, wanted.dialect, *given)


def _checked(paths: Sequence[str], asked: Asked, refused: list[InspectorError]) -> list[Checked]:
    """What the paths name, looked at; what cannot be opened is added to `refused`."""
    files = _files(paths, refused)
    if asked.replay is not None and len(files) > 1:
        raise InspectorError("--replay is the answer to one request; name one recording.")
    outcomes = list(check_each(files, asked))
    refused += [each for each in outcomes if isinstance(each, InspectorError)]
    return [each for each in outcomes if isinstance(each, Checked)]


def _write(checked: Sequence[Checked], wanted: Wanted, circumstances: Circumstances) -> None:
    shown = SEVERITIES[: SEVERITIES.index(wanted.show) + 1]
    listed = [each.only(lambda finding: finding.severity in shown) for each in checked]
    unlisted = {name: count for name, count in totals(checked).items() if name not in shown}
    said = remarks(checked, circumstances._replace(unlisted=unlisted))
    with output(wanted.out) as write:
        text = check_text(listed, said, wanted.width or WIDTH) if wanted.form == "text" else None
        for each in text or _REPORTS[wanted.form](listed):
            write(each)


def _size(checked: Sequence[Checked]) -> int:
    return sum(len(each.findings) for each in checked)


def _files(paths: Sequence[str], refused: list[InspectorError]) -> list[str]:
    """The files that the paths name; a path that names none is added to `refused`."""
    found: list[str] = []
    for path in paths:
        try:
            found += inputs([path])
        except InspectorError as error:
            refused.append(error)
    return list(dict.fromkeys(found))


def _fails(checked: Sequence[Checked], fail_on: str) -> bool:
    worst = [severity for number, severity in enumerate(SEVERITIES) if fail_on in SEVERITIES[number:]]
    return any(finding.severity in worst for each in checked for finding in each.findings)


def _codes(given: Sequence[str]) -> frozenset[str]:
    return frozenset(code.strip() for each in given for code in each.split(",") if code.strip())
