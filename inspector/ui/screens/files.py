"""The list of open files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen
from textual.widgets import OptionList

from inspector.gate import clean
from inspector.ui.glyphs import Glyphs
from inspector.ui.literal import literal
from inspector.ui.scrollbars import fit_scrollbars


class FileList(ModalScreen[int | None]):
    """Gives the place of the file that was chosen, `None` when left with esc. A file is its name and how it is read."""

    CSS_PATH = "modals.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [("escape,q", "dismiss", "Back")]

    def __init__(self, files: Sequence[tuple[str, str]], place: int, glyphs: Glyphs) -> None:
        super().__init__()
        self._glyphs = glyphs
        self._files = files
        self._place = place

    def compose(self) -> ComposeResult:
        options = OptionList(
            *[literal(f"{clean(name)}\n  {clean(how)}", multiline=True) for name, how in self._files],
            id="files",
            markup=False,
        )
        options.border_title = "Files and runs"
        options.border_subtitle = "enter opens, esc closes"
        options.highlighted = self._place
        yield options

    def on_mount(self) -> None:
        fit_scrollbars([self.query_one("#files")], self._glyphs)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)
