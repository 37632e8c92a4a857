"""`stage-inspector formats`: the ways of writing tool calls as text that are known."""

from __future__ import annotations

import click

from inspector.cli.output import printing
from inspector.gate import clean
from inspector.report.lines import line
from inspector.tool_formats.registry import FORMATS
from inspector.tool_formats.tool_format import ToolFormat


@click.command(short_help="List the tool formats that are known.")
@click.option("--json", "as_json", is_flag=True, help="As JSON lines.")
def formats(as_json: bool) -> None:
    """List how models write tool calls as plain text. `parse` finds them; --format names one."""
    with printing() as write:
        for each in FORMATS:
            write(line(_fields(each)) if as_json else _row(each))


def _fields(each: ToolFormat) -> dict[str, object]:
    return {
        "id": each.name,
        "title": each.title,
        "models": each.models,
        "open": list(each.opens),
        "close": list(each.closes),
        "grammar": each.grammar,
        "untyped": each.is_untyped,
        "needs_tools": each.is_bare,
    }


def _row(each: ToolFormat) -> str:
    opens = " ".join(mark.replace("\n", "") for mark in each.opens)
    return clean(f"{each.name:22} {each.grammar:18} {opens:36} {each.models}") + "\n"
