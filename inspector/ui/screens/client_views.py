"""The views of other clients over the main screen: has them made in the background, and stops that when left."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from inspector.client_views.answer import Answer
from inspector.gate import clean
from inspector.ui.background import in_background
from inspector.ui.clipboard import copy
from inspector.ui.comparing import Comparing
from inspector.ui.document import Document
from inspector.ui.glyphs import Glyphs
from inspector.ui.pane import Pane
from inspector.ui.panes.client_views import ClientViews
from inspector.ui.scrollbars import fit_scrollbars

LOOK_S = 0.1  # how often is looked how far the clients are


class ClientViewsScreen(ModalScreen[int | None]):
    """Gives the frame that was chosen, `None` when left with esc."""

    CSS_PATH: ClassVar = ["modals.tcss", "client_views.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,A", "dismiss", "Back"),
        Binding("y", "copy", "Copy"),
    ]

    def __init__(self, document: Document, answer: Answer, glyphs: Glyphs) -> None:
        super().__init__()
        self._document = document
        self._comparing = Comparing(document.transcript, answer)
        self._pane = ClientViews(self._comparing, glyphs=glyphs)

    def compose(self) -> ComposeResult:
        self._pane.border_subtitle = "enter goes there, y copies, esc closes"
        yield self._pane

    def on_mount(self) -> None:
        fit_scrollbars([self._pane], self._pane.glyphs)
        self._pane.show(self._document.moment)
        self._pane.focus()
        self._clock = self.set_interval(LOOK_S, self._pane.more_came)
        in_background(self.app, self._comparing.work, lambda _: self._done(), lambda sentence: None)

    def on_unmount(self) -> None:
        self._comparing.stop()

    def on_pane_cursor_wanted(self, message: Pane.CursorWanted) -> None:
        message.stop()
        self.dismiss(message.frame)

    def action_copy(self) -> None:
        said = copy(self._pane.copy_text(), self.app.copy_to_clipboard)
        self.notify(clean(said), markup=False, timeout=4)

    def _done(self) -> None:
        if self.is_attached:
            self._clock.stop()
            self._pane.more_came()
