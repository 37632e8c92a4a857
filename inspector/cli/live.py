"""What `chat` and `attach` share: the options of a call, and a run printed as JSON lines while it happens."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import click

from inspector.asides import Ending
from inspector.cli.output import Write, check_stdout, printing
from inspector.cli.talk import say
from inspector.dialects import registry
from inspector.errors import InspectorError
from inspector.report.events import EventLines
from inspector.run import INCOMPLETE
from inspector.sources.source import Item, Notice, Read, Restart
from inspector.transcript import Transcript
from inspector.wire.framing import FramingName

if TYPE_CHECKING:
    from inspector.live.connection import Connection
    from inspector.live.source import LiveSource
    from inspector.recording.tape import Tape

F = TypeVar("F", bound=Callable[..., Any])

_FAILED, _INTERRUPTED = 3, 130
_EXIT_CODES: dict[Ending, int] = {"end": 0, "cancelled": _INTERRUPTED, "error": _FAILED, "cut": _FAILED}

_OPTIONS = (
    click.option("--header", "headers", multiple=True, metavar="'NAME: VALUE'", help="A header to send; repeatable."),
    click.option(
        "--timeout",
        "timeout_s",
        type=float,
        metavar="SECONDS",
        help="How long to wait while nothing comes; 300 by default.",
    ),
    click.option("--insecure", is_flag=True, help="Accept any TLS certificate."),
    click.option("--record", metavar="PATH", help="Where to record; by default a new file in your state directory."),
    click.option("--no-tui", is_flag=True, help="Print events as JSON lines instead of opening the app."),
    click.option("--ascii/--no-ascii", "ascii_only", default=None, help="Draw with ASCII only, for poor fonts."),
)


def calling(command: F) -> F:
    """The options of everything that calls a server."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def check(*, no_tui: bool, dialect: str | None) -> None:
    """`InspectorError` where a run could not be shown: said before one begins, and a recording with it."""
    if dialect is not None:
        registry.named(dialect)
    check_terminal(no_tui=no_tui)


def check_terminal(*, no_tui: bool) -> None:
    if no_tui:
        check_stdout()
    elif not os.isatty(1):
        raise InspectorError("The app needs a terminal; --no-tui prints events as JSON lines.")


def connection_to(
    url: str, headers: tuple[str, ...], timeout_s: float | None, *, insecure: bool, api_key: str | None = None
) -> Connection:
    """Where to connect, checked; `InspectorError` where nothing could be sent."""
    from inspector.live.connection import DEFAULT_TIMEOUT_S, Connection, parse_header

    seconds = DEFAULT_TIMEOUT_S if timeout_s is None else timeout_s
    return Connection(url, tuple(map(parse_header, headers)), seconds, insecure, api_key)


def print_run(source: LiveSource, tape: Tape, *, framing: FramingName | None, dialect: str | None) -> int:
    """Print a run's events as they happen, say notices beside them, and give the exit code."""
    if tape.path is not None:
        say(f"recording to {tape.path}")
    with closing(source), _cancelling(source), printing() as write:
        listener = EventLines(partial(_print, write))
        transcript = Transcript(source.store.read, framing=framing, dialect=dialect, listener=listener)
        for item in source.reads():
            _take(item, transcript)
            transcript.decode_all()
        transcript.finish()
        transcript.decode_all()
    return _exit_code(transcript)


def say_recorded(tapes: Iterable[Tape]) -> None:
    """Where the runs of the app are, once it has left: its own lines may have had no room for a path."""
    for tape in tapes:
        if tape.path is not None:
            say(f"recorded in {tape.path}")


def _take(item: Item, transcript: Transcript) -> None:
    match item:
        case Read():
            transcript.feed(item.data)
        case Notice():
            say(item.sentence)
        case Restart():
            raise AssertionError("a run never begins anew")
        case _:
            transcript.note(item)


def _print(write: Write, text: str) -> None:
    """A line that whoever reads them has at once."""
    write(text)
    sys.stdout.flush()


def _exit_code(transcript: Transcript) -> int:
    """Of how the run ended, and where that was well, of how its stages did."""
    end = transcript.exchanges.run_end
    assert end is not None, "a run says how it ended"
    phases = {stage.phase.last for stage in transcript.stages}
    if end.message is not None:
        say(end.message)
    elif end.how == "end" and "cut" in phases:
        say(INCOMPLETE)
    return _EXIT_CODES[end.how] or (_FAILED if phases & {"error", "cut"} else 0)


@contextmanager
def _cancelling(source: LiveSource) -> Iterator[None]:
    """Ctrl-C cancels the run, whose end is then still printed; a second one leaves at once."""
    before = signal.getsignal(signal.SIGINT)

    def cancel(number: int, frame: object) -> None:
        signal.signal(signal.SIGINT, before)
        source.cancel()

    signal.signal(signal.SIGINT, cancel)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
