"""Every setting there is, in one table. Must not know who uses them, nor which rules, themes and commands there are."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

Value: TypeAlias = bool | str | tuple[str, ...]
Kind: TypeAlias = Literal["flag", "word", "words"]
Names: TypeAlias = Literal["", "rule", "theme", "command", "keys"]

KEYS = "app.keys"  # a table of its own: each command's id is a setting


class Setting(NamedTuple):
    """`among` are the only words; `names` says whose names they are, where only others know them."""

    name: str
    kind: Kind
    default: Value
    among: tuple[str, ...] = ()
    names: Names = ""


SETTINGS = (
    Setting("findings.ignore", "words", (), names="rule"),
    Setting("findings.select", "words", (), names="rule"),
    Setting("findings.fail_on", "word", "error", among=("error", "warn", "info", "never")),
    Setting("app.theme", "word", "textual-dark", names="theme"),  # Textual's own
    Setting("app.ascii", "flag", False),
)

BY_NAME = {setting.name: setting for setting in SETTINGS}
TABLES = frozenset(setting.name.partition(".")[0] for setting in SETTINGS)


def command_of(name: str) -> str | None:
    """The command whose keys a setting is, `None` of every other setting."""
    return name.removeprefix(f"{KEYS}.") if name.startswith(f"{KEYS}.") else None


def of_key(command: str) -> Setting:
    """The setting of a command's keys, as Textual names them, with commas."""
    return Setting(f"{KEYS}.{command}", "word", "", names="keys")
