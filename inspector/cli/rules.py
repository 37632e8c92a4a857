"""`stage-inspector rules`: what is looked for, and what each finding means."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import click

from inspector.cli.configured import for_check
from inspector.cli.output import printing
from inspector.report.lines import line

if TYPE_CHECKING:
    from inspector.findings.rule import Rule

_WIDTH = 100
_NEEDS = {
    "times": "the times of the reads",
    "head": "the head of the response",
    "request": "the request",
    "tools": "the request's tools, by --tools",
    "replay": "the plain answer to the same request, by --replay",
}


@click.group(short_help="List what is looked for; explain a finding.", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="As JSON lines.")
@click.pass_context
def rules(context: click.Context, as_json: bool) -> None:
    """List the rules of `check`, with what each needs beside the bytes: without it, it finds nothing.

    Those that your settings leave out are marked.
    """
    if context.invoked_subcommand is not None:
        return
    from inspector.findings.registry import RULES  # only here and below: the rules are many

    used = _used()
    with printing() as write:
        for rule in RULES:
            is_off = rule not in used
            write(line(_as_json(rule) | {"off": is_off}) if as_json else _listed(rule, is_off=is_off))


@rules.command(short_help="Say what a finding means, why it hurts, and what to do.")
@click.argument("code")
def explain(code: str) -> None:
    """Explain the rule CODE, by code or by name; of the beginning of several codes, list them."""
    from inspector.findings.registry import fitting

    found, used = fitting(code), _used()
    with printing() as write:
        for rule in found:
            is_off = rule not in used
            write(_explained(rule, is_off=is_off) if len(found) == 1 else _listed(rule, is_off=is_off))


def _used() -> tuple[Rule, ...]:
    """Those that look where no flag says otherwise."""
    from inspector.findings.registry import chosen

    settings = for_check((), (), None)
    return chosen(frozenset(settings.select), frozenset(settings.ignore))


def _listed(rule: Rule, *, is_off: bool) -> str:
    needs = f" (needs {_needs(rule)})" if rule.needs else ""
    off = " (off by your settings)" if is_off else ""
    return f"{rule.code}  {rule.severity:5}  {rule.name:34}  {rule.what}{needs}{off}\n"


def _explained(rule: Rule, *, is_off: bool) -> str:
    needs = [f"Needs {_needs(rule)}, and finds nothing without."] if rule.needs else []
    off = ["Your settings leave it out (`stage-inspector config show`)."] if is_off else []
    paragraphs = [textwrap.fill(each, _WIDTH, break_on_hyphens=False) for each in rule.paragraphs]
    return "\n\n".join([f"{rule.code} {rule.name} ({rule.severity})", *paragraphs, *needs, *off]) + "\n"


def _needs(rule: Rule) -> str:
    return " and ".join(_NEEDS[need] for need in rule.needs)


def _as_json(rule: Rule) -> dict[str, Any]:
    what, why, advice = rule.paragraphs
    about = {"code": rule.code, "name": rule.name, "severity": rule.severity, "needs": list(rule.needs)}
    return about | {"what": what, "why": why, "advice": advice}
