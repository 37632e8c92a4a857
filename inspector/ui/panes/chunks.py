"""Chunks."""

from inspector.ui.lines import View
from inspector.ui.moment import Canvas, Moment
from inspector.ui.pane import Pane


class Chunks(Pane):
    ID = "chunks"
    TITLE = "Chunks"
    HELP = ""

    def view_at(self, moment: Moment, canvas: Canvas) -> View:
        return View()
