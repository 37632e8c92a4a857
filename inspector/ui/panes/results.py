"""Tool results."""

from inspector.transcript import Transcript
from inspector.ui.lines import View
from inspector.ui.pane import Pane


class Results(Pane):
    ID = "results"
    TITLE = "Tool results"
    HELP = ""

    def view_at(self, transcript: Transcript, n: int, choice: int, width: int) -> View:
        return View()
