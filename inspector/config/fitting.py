"""What of a file's tables are settings, and one sentence for everything else. Opens no file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from inspector.config.settings import BY_NAME, KEYS, TABLES, Names, Setting, Value, command_of, of_key

# Says what is wrong with a name, `None` of a good one; a kind of names that is not there is not looked at.
Known: TypeAlias = Mapping[Names, Callable[[str], str | None]]

MOST_SENTENCES = 20  # about one file
MOST_CHARACTERS = 60  # of a value or key in a sentence
_EXPECTED = {"flag": "true or false", "word": "a text", "words": "a list of texts"}


def fit(table: Mapping[str, Any], path: str, known: Known) -> tuple[dict[str, Value], list[str]]:
    """The settings of a file, by name, and what is wrong with it. A list keeps those of its names that are good."""
    fitting: dict[str, Value] = {}
    wrong: list[str] = []
    for name, given in _named(table):
        value, sentences = _fit_one(name, given, known)
        wrong += sentences
        if value is not None:
            fitting[name] = value
    return fitting, [f"{path}: {sentence}" for sentence in _first(wrong)]


def _named(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each value by its full name; a table in the place of a value stays one, so that it is told as such."""
    for name, value in table.items():
        if name not in TABLES or not isinstance(value, dict):
            yield name, value
            continue
        for key, each in value.items():
            if f"{name}.{key}" == KEYS and isinstance(each, dict):
                yield from _keys(each)
            else:
                yield f"{name}.{key}", each


def _keys(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """`step.forward` without quotes is a table in a table: no id has more than two parts."""
    for key, each in table.items():
        if isinstance(each, dict):
            yield from ((f"{KEYS}.{key}.{rest}", value) for rest, value in each.items())
        else:
            yield f"{KEYS}.{key}", each


def _fit_one(name: str, given: Any, known: Known) -> tuple[Value | None, list[str]]:
    command = command_of(name)
    setting = BY_NAME.get(name) if command is None else of_key(command)
    if setting is None:
        return None, [f"there is no setting {_short(name)}; `stage-inspector config show` lists them."]
    if command is not None and "command" in known and (sentence := known["command"](command)):
        return None, [f"{KEYS}: {sentence}"]
    value, sentences = _fit_value(setting, given, known)
    return value, [f"{_short(name)}: {sentence}" for sentence in sentences]


def _fit_value(setting: Setting, given: Any, known: Known) -> tuple[Value | None, list[str]]:
    if not _is_of(setting, given):
        expected = f"one of {', '.join(setting.among)}" if setting.among else _EXPECTED[setting.kind]
        return None, [f"{expected} is expected, and not {_shown(given)}."]
    wrong_with = known.get(setting.names, _nothing)
    if not isinstance(given, list):
        sentence = wrong_with(given) if isinstance(given, str) else None
        return (None, [sentence]) if sentence else (given, [])
    told = {each: wrong_with(each) for each in given}
    return tuple(each for each in told if not told[each]), [sentence for sentence in told.values() if sentence]


def _nothing(name: str) -> None:
    """Nobody is here who knows what is wrong with it."""


def _is_of(setting: Setting, given: Any) -> bool:
    if setting.kind == "words":
        return isinstance(given, list) and all(isinstance(each, str) for each in given)
    if setting.kind == "flag":
        return isinstance(given, bool)
    return isinstance(given, str) and (not setting.among or given in setting.among)


def _first(sentences: list[str]) -> list[str]:
    more = len(sentences) - MOST_SENTENCES
    return sentences if more <= 0 else [*sentences[:MOST_SENTENCES], f"{more} more are wrong."]


def _shown(value: object) -> str:
    if isinstance(value, dict | list):  # however deep
        return "a table" if isinstance(value, dict) else "this list"
    return str(value).lower() if isinstance(value, bool) else _short(repr(value))


def _short(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else text[:MOST_CHARACTERS] + "…"
