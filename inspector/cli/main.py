"""The command `stage-inspector` and what is common to its commands (CLI.md, the contract)."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, cast

import click

from inspector import __version__
from inspector.cli.output import telling
from inspector.cli.talk import say, say_usage
from inspector.errors import InspectorError

_USAGE, _INTERRUPTED = 2, 130
_ALIKE = 0.7  # of a word and the name of a command, from 0 to 1
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

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        """Also prints the help and the version."""
        with telling():
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: click.Context) -> Any:
        with telling():
            return super().invoke(ctx)


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
    given = list(sys.argv[1:] if arguments is None else arguments)
    code = _run(_with_command(given))
    if code == _USAGE and given and (command := _meant(given[0])):
        say(f"Did you mean `stage-inspector {command}`?")
    sys.exit(code)


def _run(given: list[str]) -> int:
    try:
        return cli.main(given, prog_name="stage-inspector", standalone_mode=False) or 0
    except InspectorError as error:
        say(str(error))
    except (click.exceptions.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except click.ClickException as error:
        if context := getattr(error, "ctx", None):
            say_usage(context.get_usage())
        say(" ".join(error.format_message().split()))
    return _USAGE


def _with_command(arguments: list[str]) -> list[str]:
    """A path where a command could stand means `open`."""
    if not arguments:
        return ["--help"]
    first = arguments[0]
    if first in _COMMANDS or first in ("-h", "--help", "--version"):
        return arguments
    return ["open", *arguments]


def _meant(word: str) -> str | None:
    """The command that the first word is nearly the name of, where there is no such file."""
    if word in _COMMANDS or word.startswith("-") or os.path.lexists(word):
        return None
    from difflib import get_close_matches  # only now

    return next(iter(get_close_matches(word.lower(), _COMMANDS, 1, _ALIKE)), None)
