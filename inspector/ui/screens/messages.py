"""A request and its answer's head in full: method, URL, headers, the messages as JSON."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from inspector.exchanges import Exchange
from inspector.gate import clean
from inspector.ui.clipboard import copy
from inspector.ui.glyphs import Glyphs
from inspector.ui.literal import literal
from inspector.ui.panes.exchange import exchange_text
from inspector.ui.panes.plain import Plain
from inspector.ui.scrollbars import fit_scrollbars


class Messages(ModalScreen[None]):
    """Of one exchange of `count`."""

    CSS_PATH = "modals.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,M", "dismiss", "Back"),
        Binding("y", "copy", "Copy"),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home,g", "ends(-1)", show=False),
        Binding("end,G", "ends(1)", show=False),
    ]

    def __init__(self, exchange: Exchange, count: int, glyphs: Glyphs) -> None:
        super().__init__()
        self._glyphs = glyphs
        self._said = exchange_text(exchange)
        self._text = Plain(self._said, glyphs=glyphs)
        self._text.border_title = literal(f"Request {exchange.number + 1} of {count}, and the head of its answer")

    def compose(self) -> ComposeResult:
        self._text.border_subtitle = "up and down scroll, y copies, esc closes"
        yield self._text

    def on_mount(self) -> None:
        fit_scrollbars([self._text], self._glyphs)

    def action_scroll(self, rows: int) -> None:
        self._text.scroll_relative(y=rows, animate=False, force=True)

    def action_page(self, pages: int) -> None:
        self._text.action_page(pages)

    def action_ends(self, which: int) -> None:
        self._text.scroll_to_end(which)

    def action_copy(self) -> None:
        said = copy(clean(self._said, multiline=True), self.app.copy_to_clipboard)
        self.notify(clean(said), markup=False, timeout=4)
