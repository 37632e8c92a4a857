"""What the configuration makes of commands: the rules of a check, the looks of the app. A flag wins over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from inspector.cli.known import ALL, RULES
from inspector.cli.talk import say
from inspector.config.config import DEFAULT, Config, load

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector.events import JsonObject
    from inspector.ui.feed import Watch


class Choice(NamedTuple):
    """Which rules, by code, block or name, and from which severity on a check fails.

    `off_by` names the settings' files that leave rules out, with the flag that does so beside them.
    """

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    fail_on: str
    off_by: tuple[str, ...] = ()


class AppOptions(TypedDict, total=False):
    """What the app is run with; what nobody said is not there."""

    ascii_only: bool
    theme: str
    keymap: Mapping[str, str]
    watch: Callable[[], Watch]
    notices: Sequence[str]
    tools: dict[str, JsonObject]


def for_check(select: tuple[str, ...], ignore: tuple[str, ...], fail_on: str | None) -> Choice:
    """What is wrong with the configuration is said. Who selects rules by a flag sets its `ignore` aside, too."""
    config = load(RULES)
    for trouble in config.troubles:
        say(trouble)
    # A flag goes before the setting of its name, and what is asked for by name no setting leaves out.
    held = () if select else ("findings.select",) if ignore else ("findings.select", "findings.ignore")
    said = {name: config.texts(name) for name in held if config.texts(name)}
    files = dict.fromkeys(config[name].origin for name in said)
    off_by = (*files, "--ignore") if files and ignore else tuple(files)
    select, ignore = select or said.get("findings.select", ()), ignore or said.get("findings.ignore", ())
    return Choice(select, ignore, fail_on or config.text("findings.fail_on"), off_by)


def for_app(*, ascii_only: bool | None, tools: dict[str, JsonObject] | None = None) -> AppOptions:
    """What is wrong with the configuration is a notice of the app."""
    config = load(ALL)
    options = AppOptions(ascii_only=bool(config["app.ascii"].value) if ascii_only is None else ascii_only)
    if config["app.theme"].origin != DEFAULT:
        options["theme"] = config.text("app.theme")
    if config.keys:
        options["keymap"] = {command: _as_textual(keys) for command, keys in config.keys.items()}
    if config.texts("findings.select") or config.texts("findings.ignore"):
        options["watch"] = partial(_watch, config)
    if config.troubles:
        options["notices"] = config.troubles
    if tools is not None:
        options["tools"] = tools
    return options


def _as_textual(keys: str) -> str:
    """With names in the place of characters, and without blanks."""
    from textual.binding import Binding

    return ",".join(each.key for each in Binding.make_bindings([Binding(keys, "")]))


def _watch(config: Config) -> Watch:
    from inspector.findings.registry import chosen
    from inspector.findings.watch import watching

    return watching(chosen(frozenset(config.texts("findings.select")), frozenset(config.texts("findings.ignore"))))
