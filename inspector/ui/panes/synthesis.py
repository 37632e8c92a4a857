"""Synthesis."""

from inspector.ui.lines import View
from inspector.ui.moment import Canvas, Moment
from inspector.ui.pane import Pane


class Synthesis(Pane):
    ID = "synthesis"
    TITLE = "Synthesis"
    HELP = ""

    def view_at(self, moment: Moment, canvas: Canvas) -> View:
        return View()
