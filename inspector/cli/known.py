"""The names that settings are made of, for those who check them: rules, and what only the screen knows."""

from __future__ import annotations

import string

from inspector.config.fitting import Known
from inspector.errors import InspectorError

_MODIFIERS = frozenset({"ctrl", "shift", "alt", "super", "hyper", "meta"})


def _rule(name: str) -> str | None:
    from inspector.findings.registry import chosen  # the rules are many

    try:
        chosen(frozenset({name}), frozenset())
    except InspectorError as error:
        return f"t{str(error)[1:]}"  # a sentence that goes on after a colon
    return None


def _theme(name: str) -> str | None:
    from textual.theme import BUILTIN_THEMES

    from inspector.ui.themes import THEMES

    names = {*BUILTIN_THEMES, *(theme.name for theme in THEMES)}
    return None if name in names else f"there is no theme {name!r}; the palette of the app (ctrl+p) lists them."


def _command(id: str) -> str | None:
    from inspector.ui.keys import COMMANDS, commands_of
    from inspector.ui.pane import Pane

    ids = {command.id for command in (*COMMANDS, *commands_of(Pane.BINDINGS))}
    return None if id in ids else f"there is no command {id!r}; `stage-inspector config show` lists them."


def _keys(keys: str) -> str | None:
    wrong = [key for key in keys.split(",") if not _is_key(key.strip())]
    return (
        f"there is no key {wrong[0].strip()!r}; write n, ctrl+n, f2, comma, or several with commas between."
        if wrong
        else None
    )


def _is_key(key: str) -> bool:
    """As Textual names it, or the character itself."""
    from textual.keys import Keys

    if len(key) == 1:
        return True
    *modifiers, name = key.split("+")
    return set(modifiers) <= _MODIFIERS and ((name.isalnum() and len(name) == 1) or name in {*Keys, *_signs()})


def _signs() -> list[str]:
    """Textual's names of the characters that are no letters."""
    from textual.binding import Binding

    signs = [each for each in string.punctuation if each != ","]
    return ["comma", *(each.key for each in Binding.make_bindings(Binding(sign, "") for sign in signs))]


RULES: Known = {"rule": _rule}
ALL: Known = {"rule": _rule, "theme": _theme, "command": _command, "keys": _keys}
