"""The line in which one types where a copy of the recording is to be made."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from inspector.gate import clean
from inspector.ui.background import in_background
from inspector.ui.literal import literal


class Keep(ModalScreen[str | None]):
    """Gives the name of the copy, `None` when left with esc. `keep` makes it, in a thread."""

    CSS_PATH = "modals.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss", "Back")]

    def __init__(self, proposed: str, keep: Callable[[str], str]) -> None:
        super().__init__()
        self._proposed = proposed
        self._keep = keep

    def compose(self) -> ComposeResult:
        with Vertical(id="keep"):
            yield Label("Keep the recording as", id="keep-title", markup=False)
            yield Input(clean(self._proposed), id="keep-input", compact=True)
            yield Label("", id="keep-answer", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        path = self._proposed if event.value == clean(self._proposed) else event.value
        self._answer("copying")
        in_background(self.app, partial(self._keep, path), self._kept, self._answer)

    def _kept(self, name: str) -> None:
        if self.is_attached and self.app.screen is self:
            self.dismiss(name)
        else:
            self._answer(f"A copy is in {name}")

    def _answer(self, sentence: str) -> None:
        if self.is_attached:
            self.query_one("#keep-answer", Label).update(literal(sentence))
