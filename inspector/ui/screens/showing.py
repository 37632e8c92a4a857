"""The main screen as far as it shows: the bars, the panes, the notices. What keys do is not decided here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from inspector.gate import clean
from inspector.ui import layout
from inspector.ui.bar import LOOKS, Bar
from inspector.ui.body import Body
from inspector.ui.document import Document
from inspector.ui.glyphs import Glyphs
from inspector.ui.header import findings, header
from inspector.ui.keys import Keymap, first_key, shown
from inspector.ui.literal import literal
from inspector.ui.recorder import tape_of
from inspector.ui.status import hints, status


class Showing(Screen[None], inherit_bindings=False):
    """One for all documents: it shows the current one. `may_send`: the user can send requests from here."""

    ESCAPE_TO_MINIMIZE = False
    AUTO_FOCUS = ""
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"bar--{look}" for look in LOOKS}

    def __init__(self, documents: Sequence[Document], glyphs: Glyphs, keymap: Keymap, *, may_send: bool) -> None:
        super().__init__()
        self.documents = documents
        self.place = 0  # of the current document
        self.glyphs = glyphs
        self.keymap = keymap
        self.asks: Sequence[object] = ()  # the tapes of the runs that wait for an answer of the user
        separator = f" {glyphs.dot} "
        self.body = Body(glyphs)
        self._header = Bar(id="header", separator=separator, cut=glyphs.cut)
        self._tabs = Bar(id="tabs", separator="", cut=glyphs.cut)
        self._notice = Static(id="notice", markup=False)
        self._status = Bar(id="status", separator=separator, cut=glyphs.cut)
        self._too_small = Static(id="too-small", markup=False)
        self._may_send = may_send

    def compose(self) -> ComposeResult:
        # Before there are widgets, so that each is styled and laid out once and not anew for every class.
        self._arrange(*self.app.size)
        yield self._header
        yield self.body
        yield self._status

    def on_mount(self) -> None:
        self.catch_up()
        self.call_after_refresh(self._complete)

    def _complete(self) -> None:
        """The first content is drawn: now the rest of the screen."""
        if not self.body.is_attached:  # the user has left already
            return
        timeline = self.body.complete()
        self.mount(self._tabs, after=self._header)
        self.mount(timeline, self._notice, before=self._status)
        self.mount(self._too_small)
        self.show_moment()
        self.call_after_refresh(self.document.feed.go_on)

    @property
    def document(self) -> Document:
        return self.documents[self.place]

    def on_resize(self, event: events.Resize) -> None:
        self._arrange(*event.size)
        self.show_moment()

    def _arrange(self, width: int, height: int) -> None:
        self.body.arrange_for(width, height)
        self.update_classes(self.body.arrangement, update=self.body.is_attached)
        least = f"{layout.LEAST_WIDTH}x{layout.LEAST_HEIGHT}"
        self._too_small.update(literal(f"This terminal is {width}x{height}; {least} is the least."))

    def catch_up(self) -> None:
        """More has come: move on where the end is followed, and show it."""
        document = self.document
        document.feed.heard()
        document.catch_up()
        if document.feed.is_live and document.follows and document.cursor >= 0:
            self.body.lead_to(document.transcript.kinds[document.cursor])
        self.show_moment()

    def show_moment(self) -> None:
        """Show the moment at the cursor, everywhere."""
        document = self.document
        self.update_classes(self.body.arrangement)
        stage = document.stage
        self._tabs.show(self.body.tabs(a_tool_failed=stage is not None and stage.a_tool_failed(document.cursor)))
        self.body.show(document.moment)
        self.show_bars()
        self._show_notice()

    def show_bars(self) -> None:
        """Show what the first and the last line say."""
        document, glyphs = self.document, self.glyphs
        is_asking = any(tape_of(document.feed.source) is tape for tape in self.asks)
        said = header(document, self.place, len(self.documents), glyphs, is_asking=is_asking)
        self._header.show(said, findings(document, glyphs, self.keymap))
        self._status.show(status(document, glyphs), hints(document, self.keymap, may_send=self._may_send))

    def _show_notice(self) -> None:
        notices = self.document.notices
        self._notice.set_class(bool(notices), "-on")
        if notices:
            more = f"; {len(notices) - 1} more" if len(notices) > 1 else ""
            key = shown(first_key("notice.dismiss", self.keymap))
            self._notice.update(literal(f"{self.glyphs.warning} {notices[0]} [{key} dismisses{more}]"))

    def say(self, *lines: str) -> None:
        """Tell the user something that passes, in place of what was told before."""
        self.app.clear_notifications()
        self.notify(clean("\n".join(clean(line) for line in lines), multiline=True), markup=False, timeout=4)
