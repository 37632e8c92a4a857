"""A text that is there from the start, to be scrolled through, in the screens that lie over the main one."""

from __future__ import annotations

from inspector.tracks import TextTrack
from inspector.transcript import Transcript
from inspector.ui.glyphs import Glyphs
from inspector.ui.lines import Block, Fixed, Span, View
from inspector.ui.moment import Canvas, Moment
from inspector.ui.pane import Pane
from inspector.ui.text import Text
from inspector.ui.wrap import Wrap

MOST_CHARACTERS = 1024 * 1024
_NO_BYTES = b""


class Plain(Pane, can_focus=False):
    """All of a text from its beginning; it is cleaned as it is drawn, and keeps its lines."""

    ID = "plain"
    TITLE = "Text"
    HELP = "A text. Up and down scroll."

    def __init__(self, text: str, *, glyphs: Glyphs) -> None:
        super().__init__(glyphs=glyphs)
        self._track = TextTrack()
        self._track.append(0, text[:MOST_CHARACTERS])
        self._more = len(text) - MOST_CHARACTERS

    def on_mount(self) -> None:
        self.show(Moment(Transcript(lambda start, end: _NO_BYTES), 0))

    def view_at(self, moment: Moment, canvas: Canvas) -> View:
        width = max(canvas.width - 1, 1)
        wrap = canvas.wraps.once(self._track, width, lambda: Wrap(self._track, width, 0))
        text = Text(self._track, wrap.at(self._track.size), newline=canvas.glyphs.newline)
        return View([text, *self._rest(canvas)])

    def scroll_to_end(self, which: int) -> None:
        """Show its beginning, or with 1 its last lines."""
        self.scroll_to(y=0 if which < 0 else self.view.height, animate=False, force=True)

    def _rest(self, canvas: Canvas) -> list[Block]:
        if self._more <= 0:
            return []
        return [Fixed([[Span(f"{canvas.glyphs.warning} {self._more:,} more characters are not shown", "warning")]])]
