"""`stage-inspector dialects`: the dialects that are known."""

from __future__ import annotations

import click

from inspector.cli.output import printing
from inspector.dialects.registry import DIALECTS
from inspector.report.lines import line


@click.command(short_help="List the dialects that are known.")
@click.option("--json", "as_json", is_flag=True, help="As JSON lines.")
def dialects(as_json: bool) -> None:
    """List whose chunks can be read. Each stream's is chosen by its first chunks, or forced with --dialect."""
    with printing() as write:
        for dialect in DIALECTS:
            as_line = line({"id": dialect.name, "about": dialect.about})
            write(as_line if as_json else f"{dialect.name:12} {dialect.about}\n")
