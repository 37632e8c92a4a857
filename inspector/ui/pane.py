"""What all panes are: a view of the transcript at one frame, drawn line by line. Knows no other pane.

A subclass gives the view (`view_at`, a pure function of the moment and the width); this class draws it, follows its
end, moves a caret in it and says which frame is wanted when something in it is chosen.
"""

from __future__ import annotations

from typing import ClassVar

from textual.message import Message
from textual.scroll_view import ScrollView

from inspector.transcript import Transcript
from inspector.ui.glyphs import UNICODE, Glyphs
from inspector.ui.lines import View


class Pane(ScrollView, can_focus=True, inherit_bindings=False):
    """The contract with the app: `show` a moment, `copy_text`, `empty_reason`, and the message `CursorWanted`.

    `show` may be called as often as one likes with the same moment, and before the pane is laid out. ←, →, home and
    end are not bound here: they move the cursor of the app.
    """

    ID: ClassVar[str]
    TITLE: ClassVar[str]
    HELP: ClassVar[str]  # what `?` says when this pane has the focus, in sentences

    class CursorWanted(Message):
        """The user chose something that `frame` brought."""

        def __init__(self, frame: int) -> None:
            super().__init__()
            self.frame = frame

    def __init__(self, *, glyphs: Glyphs = UNICODE, classes: str | None = None) -> None:
        super().__init__(id=self.ID, classes=classes)
        self.border_title = self.TITLE
        self.glyphs = glyphs
        self.moment: tuple[Transcript, int, int] | None = None
        self.current = View()

    def show(self, transcript: Transcript, n: int, *, choice: int = 0) -> None:
        """Draw the moment after frame `n`; -1 is before everything. `choice` is the choice on show."""
        self.moment = (transcript, n, choice)

    @property
    def empty_reason(self) -> str | None:
        """Why there is nothing to see at this moment, as a sentence; `None` where there is something."""
        return None

    def copy_text(self) -> str:
        """What is selected, or else everything in the pane, as clean text."""
        return self.current.text()

    def view_at(self, transcript: Transcript, n: int, choice: int, width: int) -> View:
        raise NotImplementedError
