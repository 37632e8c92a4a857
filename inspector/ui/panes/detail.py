"""Detail."""

from inspector.ui.lines import View
from inspector.ui.moment import Canvas, Moment
from inspector.ui.pane import Pane


class Detail(Pane):
    ID = "detail"
    TITLE = "Detail"
    HELP = ""

    def view_at(self, moment: Moment, canvas: Canvas) -> View:
        return View()

    def next_mode(self) -> None:
        """Raw bytes, fields, pretty JSON, hex, and round again."""
