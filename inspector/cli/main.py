"""The command `stage-inspector` and what is common to its commands (CLI.md, the contract)."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, cast

import click

from inspector import __version__
from inspector.cli.output import drop_stdout
from inspector.cli.talk import say, say_usage
from inspector.errors import InspectorError

_USAGE, _INTERRUPTED = 2, 130
_COMMANDS = ("attach", "chat", "check", "config", "demo", "dialects", "export", "formats", "open", "parse", "rules")
# The module of a command, and its name there, where the command's name is not both.
_CALLED = {"open": ("opening", "open_recordings")}


class _Commands(click.Group):
    """Each is imported when it is asked for: no command pays for what another one needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, name = _CALLED.get(cmd_name, (cmd_name, cmd_name))
        return cast("click.Command", getattr(import_module(f"inspector.cli.{module}"), name))

    def invoke(self, ctx: click.Context) -> Any:
        """A reader that has enough (`| head`) is no failure; click would call it one."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            drop_stdout()
            return 0


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="A path alone opens it: stage-inspector answer.sse. A file named like a command: ./export.",
)
@click.version_option(__version__, prog_name="stage-inspector")
def cli() -> None:
    """Step through a recorded LLM tool-call stream, event by event, forwards and backwards."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit code: 2 for bad usage and what cannot be opened, 130 interrupted."""
    given = _with_command(list(sys.argv[1:] if arguments is None else arguments))
    try:
        sys.exit(cli.main(given, prog_name="stage-inspector", standalone_mode=False) or 0)
    except InspectorError as error:
        _leave(str(error))
    except click.exceptions.Abort:
        sys.exit(_INTERRUPTED)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        _leave(error.format_message(), hint=context.get_usage() if context else "")


def _with_command(arguments: list[str]) -> list[str]:
    """A path where a command could stand means `open`."""
    if not arguments:
        return ["--help"]
    first = arguments[0]
    if first in _COMMANDS or first in ("-h", "--help", "--version"):
        return arguments
    return ["open", *arguments]


def _leave(sentence: str, hint: str = "") -> None:
    if hint:
        say_usage(hint)
    say(sentence)
    sys.exit(_USAGE)
