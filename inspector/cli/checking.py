"""What `check` does: files to findings, to a report and an exit code. Imported only when the command runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from inspector.cli.inputs import inputs
from inspector.cli.output import output
from inspector.cli.several import check_each
from inspector.cli.talk import say
from inspector.errors import InspectorError
from inspector.events import JsonObject
from inspector.findings.registry import chosen
from inspector.findings.rule import SEVERITIES
from inspector.json_value import load_json
from inspector.report import baseline
from inspector.report.check_annotations import check_github, check_junit
from inspector.report.check_json import check_json, check_jsonl
from inspector.report.check_sarif import check_sarif
from inspector.report.check_text import check_text
from inspector.report.checked import Asked, Checked
from inspector.wire.framing import FramingName

_REPORTS: dict[str, Callable[[Sequence[Checked]], Iterator[str]]] = {
    "text": check_text,
    "json": check_json,
    "jsonl": check_jsonl,
    "junit": check_junit,
    "github": check_github,
    "sarif": check_sarif,
}
_WITH_LINES = frozenset({"github", "sarif"})
_FOUND, _REFUSED = 1, 2


class Wanted(NamedTuple):
    """The options of the command, as they were given; `never` fails on nothing."""

    form: str
    fail_on: str
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    tools: str | None
    known: str | None
    out: str | None
    framing: FramingName | None
    dialect: str | None
    replay: str | None = None


def run(paths: Sequence[str], wanted: Wanted) -> int:
    """The exit code: 1 where something so bad was found, 2 where something could not be opened."""
    asked = _asked(wanted)
    known = baseline.read(_read(wanted.known).decode("utf-8", "replace"), wanted.known) if wanted.known else None
    checked: list[Checked] = []
    refused: list[InspectorError] = []
    files = _files(paths, refused)
    if asked.replay is not None and len(files) > 1:
        raise InspectorError("--replay is the answer to one request; name one recording.")
    for outcome in check_each(files, asked):
        if isinstance(outcome, Checked):
            checked.append(outcome)
        else:
            refused.append(outcome)
    if known is not None:
        checked = baseline.without_known(checked, known)
    if checked or not refused:
        with output(wanted.out) as write:
            for text in _REPORTS[wanted.form](checked):
                write(text)
    for sentence in [*(notice for each in checked for notice in each.notices), *map(str, refused)]:
        say(sentence)
    return _REFUSED if refused else _FOUND * _fails(checked, wanted.fail_on)


def _asked(wanted: Wanted) -> Asked:
    codes = tuple(rule.code for rule in chosen(_codes(wanted.select), _codes(wanted.ignore)))
    tools = _schemas(wanted.tools) if wanted.tools else None
    replay = _completion(wanted.replay) if wanted.replay else None
    return Asked(codes, wanted.framing, wanted.dialect, tools, wanted.form in _WITH_LINES, replay)


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


def _schemas(path: str) -> dict[str, JsonObject]:
    from inspector.toolchain.specs import parse_specs

    return {spec.name: spec.parameters for spec in parse_specs(_read(path), path)}


def _completion(path: str) -> JsonObject:
    try:
        body = load_json(_read(path))
    except ValueError:
        body = None
    if not isinstance(body, dict) or not isinstance(body.get("choices"), list):
        raise InspectorError(f"{path} is no chat.completion in JSON; save what the request gives without `stream`.")
    return body


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise InspectorError(f"{path} cannot be read: {error.strerror}; name another file.") from None
