"""The palette, and what it offers: every command of the key table, with its keys, and the colours."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.dom import DOMNode
from textual.types import IgnoreReturnCallbackType

from inspector.ui.glyphs import Glyphs
from inspector.ui.keys import COMMANDS, WITHOUT_KEYS, Command, commands_of, keys_of
from inspector.ui.literal import literal
from inspector.ui.scrollbars import fit_scrollbars

if TYPE_CHECKING:
    from inspector.ui.app import InspectorApp


class PaletteScreen(CommandPalette):
    """Textual's own, which draws signs that are not of ASCII."""

    def __init__(self, provider: type[Provider], glyphs: Glyphs) -> None:
        super().__init__([provider], placeholder="Search", id="--command-palette")
        self._glyphs = glyphs

    def on_mount(self) -> None:
        fit_scrollbars([self.query_one(CommandList)], self._glyphs)


class Palette(Provider):
    """Runs commands where their actions are: on the main screen, or on the focused pane."""

    def _commands(self) -> Iterator[tuple[str, str, IgnoreReturnCallbackType]]:
        """Title, keys, and what is to be done."""
        app = cast("InspectorApp", self.app)
        found: list[tuple[Command, DOMNode]] = [(each, app.main) for each in COMMANDS if each.id != "app.palette"]
        if (pane := app.main.body.focused) is not None:
            found += [(each, pane) for each in commands_of(pane.BINDINGS)]
        found += [(each, app.main) for each in WITHOUT_KEYS]
        for command, node in found:
            yield command.title, keys_of(command, app.keymap), partial(app.run_action, command.action, node)
        yield "Choose other colours", "", app.action_change_theme

    async def discover(self) -> Hits:
        for title, keys, callback in self._commands():
            yield DiscoveryHit(literal(f"{title}  {keys}"), callback)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for title, keys, callback in self._commands():
            if (score := matcher.match(title)) > 0:
                yield Hit(score, literal(f"{title}  {keys}"), callback)
