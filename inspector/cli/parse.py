"""`stage-inspector parse`: the tool calls in a text that a model wrote."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

import click

from inspector.cli.beside import schemas
from inspector.cli.options import TOOLS
from inspector.cli.output import printing
from inspector.cli.talk import say
from inspector.report.tool_text import tool_text
from inspector.sources.loading import STDIN, open_source
from inspector.sources.source import Notice, Read
from inspector.tool_formats.registry import FORMATS
from inspector.tool_formats.scan import scan_pieces
from inspector.tool_formats.scanner import AUTO

# It begins with fields of server-sent events, and one of them is data.
_STREAM = re.compile(r"\ufeff?\s*(?:(?:|event|id|retry):.*\n\s*)*data:")
_NO_TEXT = "This looks like a recorded stream, and no text: `stage-inspector check` and `open` take those."
_FORMATS = (AUTO, *(each.name for each in FORMATS))


@click.command(short_help="Find the tool calls that a model wrote as plain text.")
@click.argument("path", default=STDIN)
@click.option(
    "--format", "name", type=click.Choice(_FORMATS), default=AUTO, metavar="ID", help="One of `formats`, or auto."
)
@click.option("--tools", metavar="FILE", help=f"The tools on offer, which tell calls without marks: {TOOLS}.")
def parse(path: str, name: str, tools: str | None) -> None:
    """Print the calls, the content and the reasoning in the text PATH (`-`, the default, is standard input) as JSON.

    Without --tools a call that has no marks of a format is only a hint.
    """
    found = scan_pieces(_pieces(path), schemas(tools), name)
    with printing() as write:
        write(tool_text(found))
    if _STREAM.match(found.content):
        say(_NO_TEXT)


def _pieces(path: str) -> Iterator[str]:
    """The text as it comes; bytes that are no UTF-8 as U+FFFD, so that offsets after them are those of that text."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    for item in open_source(path).reads():
        if isinstance(item, Read):
            yield decoder.decode(item.data)
        elif isinstance(item, Notice):
            say(item.sentence)
    yield decoder.decode(b"", True)
