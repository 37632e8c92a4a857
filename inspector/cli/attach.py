"""`stage-inspector attach`: any event stream of a server, as it comes."""

from __future__ import annotations

import click

from inspector.cli import live, options
from inspector.cli.configured import for_app
from inspector.errors import InspectorError
from inspector.wire.framing import FramingName


@click.command(short_help="Watch an event stream of a server, e.g. a stage server.")
@click.argument("url")
@click.option("--method", metavar="NAME", help="GET by default, POST where there is a body.")
@click.option("--json", "body", metavar="BODY|@FILE", help="The JSON to send.")
@click.option("--reconnect", is_flag=True, help="Ask again where the stream ends, with Last-Event-ID. Never a POST ...")
@click.option("--resend", is_flag=True, help="... but with this: the server may do it twice.")
@live.calling
@options.reading
def attach(
    url: str,
    method: str | None,
    body: str | None,
    reconnect: bool,
    resend: bool,
    headers: tuple[str, ...],
    timeout_s: float | None,
    insecure: bool,
    record: str | None,
    no_tui: bool,
    ascii_only: bool | None,
    framing: FramingName | None,
    dialect: str | None,
) -> int:
    """Watch what the server at URL streams, and record it; Ctrl-C ends it.

    Exit code 3: the connection, the server or the stream failed or was cut.
    """
    from inspector.live.attach import Watch, attach_source
    from inspector.recording.tape import Tape

    live.check(no_tui=no_tui, dialect=dialect)
    connection = live.connection_to(url, headers, timeout_s, insecure=insecure)
    watch = Watch(connection, method, _body(body), reconnect, resend)
    tape = Tape.create(record, "attach")
    source = attach_source(watch, tape)
    if no_tui:
        return live.print_run(source, tape, framing=framing, dialect=dialect)
    from inspector.ui.app import InspectorApp, run

    looks = for_app(ascii_only=ascii_only)
    code = run(InspectorApp([source], framing=framing, dialect=dialect, follow=True, **looks))
    live.say_recorded([tape])
    return code


def _body(given: str | None) -> str | None:
    """The body itself; `@FILE` is what is in the file."""
    if given is None or not given.startswith("@"):
        return given
    try:
        with open(given[1:], encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8"
        raise InspectorError(f"The body {given[1:]} cannot be read: {why}; name another file.") from None
