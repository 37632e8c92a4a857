"""Timeline."""

from inspector.transcript import Transcript
from inspector.ui.lines import View
from inspector.ui.pane import Pane


class Timeline(Pane):
    ID = "timeline"
    TITLE = "Timeline"
    HELP = ""

    def view_at(self, transcript: Transcript, n: int, choice: int, width: int) -> View:
        return View()
