"""Timeline."""

from inspector.ui.lines import View
from inspector.ui.moment import Canvas, Moment
from inspector.ui.pane import Pane


class Timeline(Pane):
    ID = "timeline"
    TITLE = "Timeline"
    HELP = ""

    def view_at(self, moment: Moment, canvas: Canvas) -> View:
        return View()
