"""`stage-inspector demo`: what comes along, opened in the app."""

from __future__ import annotations

import click

from inspector.cli.opening import open_in_app
from inspector.demo import DEFAULT, NAMES, transcripts


@click.command(short_help="Open a bundled recording of a real server.")
@click.argument("name", type=click.Choice(NAMES), default=DEFAULT)
@click.option("--ascii", "ascii_only", is_flag=True, help="Draw with ASCII only, for poor fonts.")
def demo(name: str, ascii_only: bool) -> int:
    """Open a recording that comes along, of a small model behind a real llama.cpp server.

    weather: two calls at once, their results, and the answer, from a stage server. parallel: the same as plain
    chat streams. cut: a call that max_tokens cut in the middle. reasoning: thinking first, then a call.
    """
    return open_in_app((str(transcripts()[name]),), ascii_only=ascii_only)
