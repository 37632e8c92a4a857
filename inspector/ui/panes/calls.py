"""Tool calls."""

from inspector.ui.lines import View
from inspector.ui.moment import Canvas, Moment
from inspector.ui.pane import Pane


class Calls(Pane):
    ID = "calls"
    TITLE = "Tool calls"
    HELP = ""

    def view_at(self, moment: Moment, canvas: Canvas) -> View:
        return View()
