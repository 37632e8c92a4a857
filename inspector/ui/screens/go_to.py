"""The line in which one types where to go."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from inspector.ui.document import Document
from inspector.ui.goto import FORMS, Place, find, parse, unread
from inspector.ui.literal import literal


class GoTo(ModalScreen[Place | None]):
    """Gives the place, `None` when left with esc."""

    CSS_PATH = "modals.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss", "Back")]

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document

    def compose(self) -> ComposeResult:
        with Vertical(id="go-to"):
            yield Label("Go to", id="go-to-title", markup=False)
            yield Input(placeholder=FORMS, id="go-to-input")
            yield Label("", id="go-to-answer", markup=False)

    def on_input_changed(self) -> None:
        self._answer("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        target = parse(event.value)
        if target is None:
            self._answer(unread(event.value))
            return
        found = find(target, self._document.transcript, self._document.stage)
        if isinstance(found, str):
            self._answer(found)
        else:
            self.dismiss(found)

    def _answer(self, sentence: str) -> None:
        self.query_one("#go-to-answer", Label).update(literal(sentence))
