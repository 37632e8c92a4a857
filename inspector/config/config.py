"""The settings that hold, each with where it comes from: environment before project file before user file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from inspector.config.files import in_use, places, read
from inspector.config.fitting import Known, fit
from inspector.config.settings import BY_NAME, SETTINGS, Value, command_of
from inspector.errors import InspectorError

DEFAULT = "default"
_VARIABLE = "TEXTUAL_THEME"  # Textual itself reads it


class Said(NamedTuple):
    """`origin` is a file, a variable, or `DEFAULT`."""

    value: Value
    origin: str


@dataclass(frozen=True, slots=True)
class Config:
    """`troubles` are sentences about what is not used, with files and keys in them as they are: not cleaned."""

    said: dict[str, Said]
    troubles: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> Said:
        return self.said.get(name) or Said(BY_NAME[name].default, DEFAULT)

    def __iter__(self) -> Iterator[str]:
        """The names of all settings, and of the keys that are set."""
        yield from (setting.name for setting in SETTINGS)
        yield from (name for name in self.said if name not in BY_NAME)

    def text(self, name: str) -> str:
        return str(self[name].value)

    def texts(self, name: str) -> tuple[str, ...]:
        value = self[name].value
        return value if isinstance(value, tuple) else ()

    @property
    def keys(self) -> dict[str, str]:
        """The keys of the commands that are given others."""
        return {command: str(said.value) for name, said in self.said.items() if (command := command_of(name))}


def load(known: Known) -> Config:
    """What the files say that are there; with none, it costs three looks. Never raises: a broken file is a trouble."""
    said: dict[str, Said] = {}
    troubles: list[str] = []
    for place in reversed(in_use(places())):
        try:
            fitting, wrong = fit(read(place.path), place.path, known)
        except InspectorError as error:
            troubles.append(str(error))
            continue
        said |= {name: Said(value, place.path) for name, value in fitting.items()}
        troubles += wrong
    fitting, wrong = fit(_environment(), _VARIABLE, known)
    said |= {name: Said(value, _VARIABLE) for name, value in fitting.items()}
    return Config(said, (*troubles, *wrong))


def _environment() -> dict[str, Any]:
    theme = os.environ.get(_VARIABLE)
    return {"app": {"theme": theme}} if theme else {}
