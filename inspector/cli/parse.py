"""`stage-inspector parse`: the tool calls in a text that a model wrote."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

import click

from inspector.cli.output import printing
from inspector.cli.talk import say
from inspector.report.tool_text import tool_text
from inspector.sources.loading import STDIN, open_source
from inspector.sources.source import Notice, Read
from inspector.tool_formats.offered import Schemas
from inspector.tool_formats.registry import FORMATS
from inspector.tool_formats.scan import scan_pieces
from inspector.tool_formats.scanner import AUTO

_FORMATS = (AUTO, *(each.name for each in FORMATS))


@click.command(short_help="Find the tool calls that a model wrote as plain text.")
@click.argument("path", default=STDIN)
@click.option(
    "--format", "name", type=click.Choice(_FORMATS), default=AUTO, metavar="ID", help="One of `formats`, or auto."
)
@click.option("--tools", metavar="tools.json", help="The tools on offer: what tells a call without marks, and types.")
def parse(path: str, name: str, tools: str | None) -> None:
    """Print the calls, the content and the reasoning in the text PATH (`-`, the default, is standard input) as JSON.

    Without --tools a call that has no marks of a format is only a hint.
    """
    found = scan_pieces(_pieces(path), _schemas(tools), name)
    with printing() as write:
        write(tool_text(found))


def _schemas(path: str | None) -> Schemas | None:
    if path is None:
        return None
    from inspector.sandbox.loading import load_tools  # not paid for where there are none

    return {spec.name: spec.parameters for spec in load_tools(path).specs}


def _pieces(path: str) -> Iterator[str]:
    """The text as it comes; bytes that are no UTF-8 as U+FFFD, so that offsets after them are those of that text."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    for item in open_source(path).reads():
        if isinstance(item, Read):
            yield decoder.decode(item.data)
        elif isinstance(item, Notice):
            say(item.sentence)
    yield decoder.decode(b"", True)
