"""Help: what the focused pane shows and does, and every key of the app."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from inspector.ui.glyphs import Glyphs
from inspector.ui.keys import GROUPS, Command, Keymap, commands_of, keys_of
from inspector.ui.literal import literal
from inspector.ui.pane import Pane
from inspector.ui.scrollbars import fit_scrollbars

_KEYS_CELLS = 13


class Help(ModalScreen[None]):
    """`pane` is the one it was asked for from."""

    CSS_PATH = "modals.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [("escape,q,question_mark,f1", "dismiss", "Back")]

    def __init__(self, pane: Pane | None, keymap: Keymap, glyphs: Glyphs) -> None:
        super().__init__()
        self._glyphs = glyphs
        self._pane = pane
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help") as scroll:
            scroll.border_title = "Help"
            scroll.border_subtitle = "esc closes"
            if self._pane is not None:
                yield Static(literal(self._pane.TITLE), classes="help-title")
                yield Static(literal(self._pane.HELP, multiline=True), classes="help-text")
            yield from self._group("In a pane", commands_of(Pane.BINDINGS))
            for title, commands in GROUPS:
                yield from self._group(title, commands)

    def _group(self, title: str, commands: Iterable[Command]) -> ComposeResult:
        yield Static(literal(title), classes="help-title")
        lines = [f"{keys_of(each, self._keymap):{_KEYS_CELLS}} {each.title}" for each in commands]
        yield Static(literal("\n".join(lines), multiline=True), classes="help-text")

    def on_mount(self) -> None:
        fit_scrollbars([self.query_one("#help")], self._glyphs)
