"""`stage-inspector dialects`: the dialects that are known."""

from __future__ import annotations

import click

from inspector.dialects.registry import DIALECTS
from inspector.report.lines import line


@click.command(short_help="List the dialects that are known.")
@click.option("--json", "as_json", is_flag=True, help="As JSON lines.")
def dialects(as_json: bool) -> None:
    """List whose chunks can be read. Each stream's is chosen by its first chunks, or forced with --dialect."""
    for dialect in DIALECTS:
        if as_json:
            click.echo(line({"id": dialect.name, "about": dialect.about}), nl=False)
        else:
            click.echo(f"{dialect.name:12} {dialect.about}")
