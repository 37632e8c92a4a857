"""The list of open files and runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen
from textual.widgets import OptionList

from inspector.gate import clean
from inspector.ui.bar import without_middle
from inspector.ui.glyphs import Glyphs
from inspector.ui.literal import literal
from inspector.ui.runs import Listed
from inspector.ui.scrollbars import fit_scrollbars

_INDENT = "  "


class FileList(ModalScreen[int | None]):
    """Gives the place of the file that was chosen, `None` when left with esc."""

    CSS_PATH = "modals.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [("escape,q", "dismiss", "Back")]

    def __init__(self, files: Sequence[Listed], place: int, glyphs: Glyphs) -> None:
        super().__init__()
        self._glyphs = glyphs
        self._files = files
        self._place = place
        self._list = OptionList(id="files", markup=False)

    def compose(self) -> ComposeResult:
        self._list.border_title = "Files and runs"
        self._list.border_subtitle = "enter opens, esc closes"
        yield self._list

    def on_mount(self) -> None:
        fit_scrollbars([self._list], self._glyphs)

    def on_resize(self) -> None:
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        """List them, as wide as there is room."""
        place = self._place if self._list.highlighted is None else self._list.highlighted
        width = self._list.scrollable_content_region.width
        self._list.set_options([literal(self._text(each, width), multiline=True) for each in self._files])
        self._list.highlighted = place

    def _text(self, file: Listed, width: int) -> str:
        """Of a long path the middle is left out: what it is called is at its end."""
        name = without_middle(clean(file.name), width, self._glyphs.cut)
        path = [without_middle(clean(file.path), width - len(_INDENT), self._glyphs.cut)] if file.path else []
        return "\n".join([name, *(_INDENT + clean(each) for each in [*file.said, *path])])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)
