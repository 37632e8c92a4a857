"""Detail."""

from inspector.transcript import Transcript
from inspector.ui.lines import View
from inspector.ui.pane import Pane


class Detail(Pane):
    ID = "detail"
    TITLE = "Detail"
    HELP = ""

    def view_at(self, transcript: Transcript, n: int, choice: int, width: int) -> View:
        return View()

    def next_mode(self) -> None:
        """Raw bytes, fields, pretty JSON, hex, and round again."""
