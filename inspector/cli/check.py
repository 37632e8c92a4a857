"""`stage-inspector check`: findings without a screen, for people and for CI."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, TypeAlias

import click

from inspector.cli import options
from inspector.cli.inputs import inputs
from inspector.cli.output import output
from inspector.cli.several import check_each
from inspector.errors import InspectorError
from inspector.events import JsonObject
from inspector.findings.registry import chosen
from inspector.findings.rule import SEVERITIES
from inspector.gate import clean
from inspector.report import baseline
from inspector.report.check_annotations import check_github, check_junit
from inspector.report.check_json import check_json, check_jsonl
from inspector.report.check_sarif import check_sarif
from inspector.report.check_text import check_text
from inspector.report.checked import Asked, Checked
from inspector.wire.framing import FramingName

FailOn: TypeAlias = Literal["error", "warn", "info", "never"]
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


@click.command(short_help="Say what is wrong with recordings, where, and what to do.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--format", "form", type=click.Choice(list(_REPORTS)), default="text", show_default=True)
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    default="error",
    show_default=True,
    help="Exit with 1 where something so bad, or worse, is found.",
)
@click.option(
    "--select", multiple=True, metavar="CODES", help="Only these rules: TC001, TC, missing-index; with commas."
)
@click.option("--ignore", multiple=True, metavar="CODES", help="All but these rules.")
@click.option("--tools", metavar="FILE", help="A tools.json with the tools that the request offered.")
@click.option("--baseline", "known", metavar="FILE", help="Leave out what an earlier `--format json` found.")
@click.option("-o", "--output", "out", metavar="OUT", help="A file to write instead of standard output.")
@options.reading
def check(
    paths: tuple[str, ...],
    form: str,
    fail_on: FailOn,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    tools: str | None,
    known: str | None,
    out: str | None,
    framing: FramingName | None,
    dialect: str | None,
) -> int:
    """Look at recordings with all rules (`stage-inspector rules` lists them).

    A directory stands for all recordings in it and below, a quoted pattern for what it fits, `-` for standard input.
    """
    codes = tuple(rule.code for rule in chosen(_codes(select), _codes(ignore)))
    asked = Asked(codes, framing, dialect, _schemas(tools) if tools else None, form in _WITH_LINES)
    before = baseline.read(_read(known).decode("utf-8", "replace"), known) if known else None
    checked: list[Checked] = []
    refused: list[InspectorError] = []
    for outcome in check_each(_files(paths, refused), asked):
        if isinstance(outcome, Checked):
            checked.append(outcome)
        else:
            refused.append(outcome)
    if before is not None:
        checked = baseline.without_known(checked, before)
    if checked or not refused:
        with output(out) as write:
            for text in _REPORTS[form](checked):
                write(text)
    for sentence in [*(notice for each in checked for notice in each.notices), *map(str, refused)]:
        click.echo(f"stage-inspector: {clean(sentence)}", err=True)
    return _REFUSED if refused else _FOUND * _fails(checked, fail_on)


def _files(paths: Sequence[str], refused: list[InspectorError]) -> list[str]:
    """The files that the paths name; a path that names none is added to `refused`."""
    found: list[str] = []
    for path in paths:
        try:
            found += inputs([path])
        except InspectorError as error:
            refused.append(error)
    return list(dict.fromkeys(found))


def _fails(checked: Sequence[Checked], fail_on: FailOn) -> bool:
    bad = () if fail_on == "never" else SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return any(finding.severity in bad for each in checked for finding in each.findings)


def _codes(given: Sequence[str]) -> frozenset[str]:
    return frozenset(code.strip() for each in given for code in each.split(",") if code.strip())


def _schemas(path: str) -> dict[str, JsonObject]:
    from inspector.toolchain.specs import parse_specs

    return {spec.name: spec.parameters for spec in parse_specs(_read(path), path)}


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise InspectorError(f"{path} cannot be read: {error.strerror}; name another file.") from None
