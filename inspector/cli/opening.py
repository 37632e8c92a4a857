"""`stage-inspector open`: recordings in the app."""

from __future__ import annotations

import gc
import os

import click

from inspector.cli import options
from inspector.cli.beside import schemas
from inspector.cli.configured import for_app
from inspector.cli.talk import say
from inspector.errors import InspectorError
from inspector.events import JsonObject
from inspector.sources.loading import open_source
from inspector.sources.source import Source
from inspector.wire.framing import FramingName

_REFUSED = 2


@click.command("open", short_help="Open recordings in the app; a path alone does the same.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--follow", is_flag=True, help="Go on with what is appended to the file.")
@click.option("--tools", "tools_path", metavar="FILE", help=f"The tools that the request offered: {options.TOOLS}.")
@click.option("--ascii/--no-ascii", "ascii_only", default=None, help="Draw with ASCII only, for poor fonts.")
@options.reading
def open_recordings(
    paths: tuple[str, ...],
    follow: bool,
    tools_path: str | None,
    ascii_only: bool | None,
    framing: FramingName | None,
    dialect: str | None,
) -> int:
    """Open recordings in the app; `-` is standard input as it comes (keys come from the terminal)."""
    tools = schemas(tools_path)
    return open_in_app(paths, follow=follow, ascii_only=ascii_only, framing=framing, dialect=dialect, tools=tools)


def open_in_app(
    paths: tuple[str, ...],
    *,
    follow: bool = False,
    ascii_only: bool | None = None,
    framing: FramingName | None = None,
    dialect: str | None = None,
    tools: dict[str, JsonObject] | None = None,
) -> int:
    """Show what can be opened of them until the user leaves; `InspectorError` where nothing can."""
    if not os.isatty(1):
        raise InspectorError("The app needs a terminal; `stage-inspector export PATH --to text` writes to a pipe.")
    sources, refused = _opened(paths, follow=follow, forced_framing=framing is not None)
    if not sources:
        raise refused[0]
    gc.disable()  # what is imported stays: looking it through takes a tenth of the time to the first screen
    try:
        from inspector.ui.app import InspectorApp, run

        looks = for_app(ascii_only=ascii_only, tools=tools)
        code = run(InspectorApp(sources, framing=framing, dialect=dialect, follow=follow, **looks))
    finally:
        gc.enable()
    for each in refused:
        say(str(each))
    return _REFUSED if refused else code


def _opened(paths: tuple[str, ...], *, follow: bool, forced_framing: bool) -> tuple[list[Source], list[InspectorError]]:
    """The paths that can be opened, and why the others cannot."""
    sources, refused = [], []
    for path in paths:
        try:
            sources.append(open_source(path, follow=follow, forced_framing=forced_framing))
        except InspectorError as error:
            refused.append(error)
    return sources, refused
