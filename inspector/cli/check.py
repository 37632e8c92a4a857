"""`stage-inspector check`: findings without a screen, for people and for CI. Its work is in `checking.py`."""

from __future__ import annotations

from typing import Any

import click

from inspector.cli import options
from inspector.cli.configured import for_check

_FORMATS = ("text", "json", "jsonl", "junit", "github", "sarif")
_SEVERITIES = ("error", "warn", "info")


@click.command(short_help="Say what is wrong with recordings, where, and what to do.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option(
    "--fail-on",
    type=click.Choice((*_SEVERITIES, "never")),
    help="Exit with 1 where something so bad, or worse, is found; error by default.",
)
@click.option(
    "--select", multiple=True, metavar="CODES", help="Only these rules: TC001, TC, missing-index; with commas."
)
@click.option("--ignore", multiple=True, metavar="CODES", help="All but these rules.")
@click.option(
    "--show",
    type=click.Choice(_SEVERITIES),
    default="info",
    help="List only what is so bad, or worse. The exit code is by all of them.",
)
@click.option("--width", type=click.IntRange(min=40), metavar="COLUMNS", help="Of the text; 100 by default.")
@click.option("--tools", metavar="FILE", help=f"The tools that the request offered: {options.TOOLS}.")
@click.option("--replay", metavar="FILE", help="The plain answer (a chat.completion) to the request of the one PATH.")
@click.option("--baseline", "known", metavar="FILE", help="Leave out what an earlier `--format json` found.")
@click.option("-o", "--output", "out", metavar="OUT", help="A file to write instead of standard output.")
@options.reading
def check(
    paths: tuple[str, ...], select: tuple[str, ...], ignore: tuple[str, ...], fail_on: str | None, **given: Any
) -> int:
    """Look at recordings with all rules (`stage-inspector rules` lists them).

    A directory stands for all recordings in it and below, a quoted pattern for what it fits, `-` for standard input.
    """
    if given["width"] is not None and given["form"] != "text":
        raise click.UsageError("--width goes with --format text.")
    from inspector.cli.checking import Wanted, run  # the rules are many, and no other command wants them

    choice = for_check(select, ignore, fail_on)
    return run(paths, Wanted(**choice._asdict(), **given))
