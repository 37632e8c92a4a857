"""`stage-inspector config`: which files are looked at, which settings hold, and what is wrong with a file."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import click

from inspector.cli.known import ALL
from inspector.cli.output import printing
from inspector.cli.talk import say
from inspector.config.config import DEFAULT, Config, Said, load
from inspector.config.files import Place, in_use, places, read
from inspector.config.fitting import fit
from inspector.config.settings import KEYS, Value, command_of
from inspector.errors import InspectorError
from inspector.gate import clean
from inspector.report.lines import line

_WRONG = 2


@click.group(no_args_is_help=False, short_help="Show the settings that hold, and where they come from.")
def config() -> None:
    """Settings are TOML: a file of yours, and one of the project in the working directory, which goes before it."""


@config.command(short_help="List the files that are looked at.")
def path() -> None:
    """List the files that are looked at, the strongest first. STAGE_INSPECTOR_CONFIG names another one of yours."""
    looked_at = places()
    used = in_use(looked_at)
    with printing() as write:
        for place in looked_at:
            write(clean(f"{_state(place, used):11}  {_whole(place.path)}") + "\n")


@config.command(short_help="List all settings with where each comes from.")
@click.option("--json", "as_json", is_flag=True, help="As JSON lines.")
def show(as_json: bool) -> None:
    """List all settings, as TOML has them, with the file that each comes from."""
    held = load(ALL)
    with printing() as write:
        for name, said in _all(held):
            write(line({"name": name, "value": said.value, "from": said.origin}) if as_json else _shown(name, said))
    for trouble in held.troubles:
        say(trouble)


@config.command(short_help="Say what is wrong with a file.")
@click.argument("file", required=False)
def validate(file: str | None) -> int:
    """Say on stderr what is wrong with FILE, or with the files that are in use; exit code 2 where something is."""
    paths = [file] if file is not None else [place.path for place in in_use(places())]
    wrong = [sentence for each in paths for sentence in _wrong_with(each)]
    for sentence in wrong:
        say(sentence)
    if not wrong:
        with printing() as write:
            write(clean(f"Nothing is wrong with {' and '.join(paths)}." if paths else "There is no file.") + "\n")
    return _WRONG if wrong else 0


def _wrong_with(path: str) -> list[str]:
    try:
        return fit(read(path), path, ALL)[1]
    except InspectorError as error:
        return [str(error)]


def _state(place: Place, used: list[Place]) -> str:
    if place in used:
        return "used" if place.is_there else "missing"
    return "not used" if place.is_there else "not there"


def _whole(path: str) -> str:
    try:
        return os.path.abspath(path)
    except OSError:  # the working directory is gone
        return path


def _all(held: Config) -> Iterator[tuple[str, Said]]:
    """Also the keys that nobody set."""
    from inspector.ui.keys import COMMANDS

    yield from ((name, held[name]) for name in held)
    for command in COMMANDS:
        if command.id not in held.keys:
            yield f"{KEYS}.{command.id}", Said(command.keys, DEFAULT)


def _shown(name: str, said: Said) -> str:
    command = command_of(name)
    key = name if command is None else f'{KEYS}."{command}"'
    return clean(f"{key} = {_toml(said.value)}  # {said.origin}") + "\n"


def _toml(value: Value) -> str:
    """JSON of these is TOML, too."""
    return json.dumps(value, ensure_ascii=False)
