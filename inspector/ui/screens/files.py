"""The list of open files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen
from textual.widgets import OptionList

from inspector.ui.glyphs import Glyphs
from inspector.ui.literal import literal
from inspector.ui.scrollbars import fit_scrollbars


class FileList(ModalScreen[int | None]):
    """Gives the place of the file that was chosen, `None` when left with esc."""

    CSS_PATH = "modals.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [("escape,q", "dismiss", "Back")]

    def __init__(self, names: Sequence[str], place: int, glyphs: Glyphs) -> None:
        super().__init__()
        self._glyphs = glyphs
        self._names = names
        self._place = place

    def compose(self) -> ComposeResult:
        options = OptionList(*[literal(name) for name in self._names], id="files", markup=False)
        options.border_title = "Files"
        options.border_subtitle = "enter opens, esc closes"
        options.highlighted = self._place
        yield options

    def on_mount(self) -> None:
        fit_scrollbars([self.query_one("#files")], self._glyphs)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)
