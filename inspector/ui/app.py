"""The app: opens sources on the main screen, feeds them, and leaves the terminal as it was. The entry is `run`."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from inspector.events import JsonObject
from inspector.gate import clean
from inspector.sources.source import Source
from inspector.ui.asking import Asked, Asking
from inspector.ui.clipboard import copy
from inspector.ui.composing import Composer
from inspector.ui.document import Document
from inspector.ui.feed import Feed, Watch, all_rules
from inspector.ui.glyphs import ASCII, UNICODE
from inspector.ui.keys import Keymap, bindings
from inspector.ui.literal import literal_text
from inspector.ui.screens.main import MainScreen
from inspector.ui.terminal import terminal
from inspector.ui.themes import THEMES
from inspector.ui.unsent import Unsent
from inspector.wire.framing import FramingName

if TYPE_CHECKING:
    from inspector.ui.screens.question import Answer

LEAST_REDRAW_S = 1 / 30  # while more comes in
LEAST_PROGRESS_S = 1 / 10  # while what was there is read: only how far it is changes
FIRST_SLICE_S = 0.03  # to wait at most for what the first screen shows: a pipe may have nothing yet
SWITCH_S = 0.0005  # how long the feed may keep the interpreter from a key press
INTERRUPTED = 130
NOTHING_SENT = "No request was sent yet: ctrl+n opens the form, q leaves."
_FATAL_SIGNALS = {"SIGTERM": 143, "SIGHUP": 129, "SIGINT": INTERRUPTED}


class Grew(Message):
    """The transcript of a feed has more, or is another one. One for any number of reads."""

    def __init__(self, feed: Feed) -> None:
        super().__init__()
        self.feed = feed


class Asks(Message):
    """What runs ask the user is another than before."""


class InspectorApp(App[None], inherit_bindings=False):
    """`follow` puts the cursor on the end from the start; `clock` is for playing and for redrawing not too often.

    `InspectorError` where there is no dialect of that name. A keymap gives other keys to command ids; `notices` are
    shown with the first source. `asking` is what the runs among the sources ask with. With a `composer` the user can
    send requests; where there is no source, the form is the first thing to see. `watch` says who watches the
    transcripts, with which rules; `tools` are the schemas of those on offer, where the user knows them.
    """

    TITLE = "stage inspector"
    ESCAPE_TO_MINIMIZE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(app=True),
        Binding("ctrl+c", "interrupt", "Quit", show=False, priority=True),
    ]

    def __init__(
        self,
        sources: Sequence[Source],
        *,
        framing: FramingName | None = None,
        dialect: str | None = None,
        follow: bool = False,
        ascii_only: bool = False,
        keymap: Keymap | None = None,
        theme: str | None = None,
        notices: Sequence[str] = (),
        asking: Asking | None = None,
        composer: Composer | None = None,
        watch: Callable[[], Watch] = all_rules,
        tools: dict[str, JsonObject] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(css_path=["styles.tcss", "ascii.tcss"] if ascii_only else "styles.tcss")
        self._clock = clock
        self._redrawn_at_s = -LEAST_REDRAW_S
        self.keymap: Keymap = keymap or {}
        self._glyphs = ASCII if ascii_only else UNICODE
        self._redrawing = False
        self.asking = asking or Asking()
        self.composer = composer
        self._asked: Asked | None = None  # the question on the screen
        self._framing, self._dialect, self._watch, self._tools = framing, dialect, watch, tools
        self._notices = list(notices)
        sources = sources or [Unsent(NOTHING_SENT)]
        self.documents = [self._opened(source, follow) for source in sources]
        self.main = MainScreen(self.documents, self._glyphs, self.keymap, clock, may_send=composer is not None)
        for each in THEMES:
            self.register_theme(each)
        if theme is not None:
            self.theme = theme
        self.set_keymap(self.keymap)

    def _opened(self, source: Source, follow: bool) -> Document:
        feed = Feed(
            source,
            lambda: self._tell(feed),
            framing=self._framing,
            dialect=self._dialect,
            follow=follow,
            watch=self._watch,
            tools=self._tools,
        )
        feed.transcript.notices += self._notices
        if not isinstance(source, Unsent):  # which goes away again, and they with it
            self._notices = []
        return Document(feed, follow=follow, clock=self._clock)

    def get_default_screen(self) -> Screen[Any]:
        return self.main

    # -- feeding -----------------------------------------------------------------------------------------------

    def on_load(self) -> None:
        """The first file is begun with before the screen is made; others are read when they are looked at."""
        self.main.document.feed.start(wait_s=FIRST_SLICE_S)

    def on_ready(self) -> None:
        """The first screen is there: what it took stays anyway, so let the collector never look at it again."""
        self.asking.listen(lambda: self.post_message(Asks()))
        self.ask()
        if self.composer is not None and isinstance(self.main.document.feed.source, Unsent):
            self.main.action_compose()
        if not gc.isenabled():
            gc.freeze()
            gc.enable()

    def on_mount(self) -> None:
        loop = asyncio.get_running_loop()
        for name, code in _FATAL_SIGNALS.items():
            with suppress(NotImplementedError, ValueError, AttributeError):  # Windows, or not the main thread
                loop.add_signal_handler(getattr(signal, name), self._leave, code)

    def _tell(self, feed: Feed) -> None:
        self.post_message(Grew(feed))

    def on_grew(self, message: Grew) -> None:
        """Redraw now, or soon where that was just done: what comes meanwhile is drawn along with it."""
        if message.feed.trouble is not None:
            raise message.feed.trouble
        if message.feed is not self.main.document.feed or self._redrawing:
            return  # a file that is not looked at is caught up with when it is
        self._redrawing = True
        least_s = LEAST_PROGRESS_S if message.feed.is_busy else LEAST_REDRAW_S
        wait_s = self._redrawn_at_s + least_s - self._clock()
        if wait_s > 0:
            self.set_timer(wait_s, self._redraw)
        else:
            self._redraw()

    def _redraw(self) -> None:
        self._redrawing = False
        self._redrawn_at_s = self._clock()
        self.main.catch_up()

    # -- runs --------------------------------------------------------------------------------------------------

    def open_run(self, source: Source) -> None:
        """Open a run beside those there are, and show it."""
        self.documents.append(self._opened(source, follow=False))
        if isinstance((first := self.documents[0].feed).source, Unsent):
            first.close()
            del self.documents[0]
        self.main.show_document(len(self.documents) - 1)

    def on_asks(self) -> None:
        self.ask()

    def ask(self) -> None:
        """Say who is waited for, and show the question."""
        waiting = self.asking.waiting
        self.main.asks = [asked.tape for asked in waiting]
        if waiting or self._asked is not None:
            self._show_question(waiting)
        self.main.show_moment()

    def _show_question(self, waiting: Sequence[Asked]) -> None:
        """Show the oldest question, unless the user is at something else; take away one that was taken back."""
        from inspector.ui.runs import whose
        from inspector.ui.screens.question import QuestionScreen
        from inspector.ui.wording import wording

        shown = self.screen
        if isinstance(shown, QuestionScreen) and self._asked not in waiting:
            shown.dismiss(None)
        elif waiting and shown is self.main:
            self._asked = asked = waiting[0]
            said, run = wording(asked.question), whose(self.documents, asked.tape, self._glyphs.dot)
            self.push_screen(QuestionScreen(said, self._glyphs, self._clock, run), self._answered)

    def _answered(self, answer: Answer | None) -> None:
        asked, self._asked = self._asked, None
        if asked is not None and answer is not None:
            asked.answer(answer.value)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.InputEvent):
            self.main.document.feed.give_way()
        elif isinstance(event, events.Paste):
            from textual.widgets import TextArea  # which only this and the form need

            # An Input or a TextArea draws whatever is in it. Terminals send the line ends of what is pasted as CR.
            pasted = event.text.replace("\r\n", "\n").replace("\r", "\n")
            event.text = clean(pasted, multiline=isinstance(self.focused, TextArea))
        await super().on_event(event)

    def action_interrupt(self) -> None:
        """What ctrl+c does: copy what is selected, or else leave."""
        if selected := self.screen.get_selected_text():
            self.main.say(copy(selected, self.copy_to_clipboard))
        else:
            self._leave(INTERRUPTED)

    def action_command_palette(self) -> None:
        from inspector.ui.palette import Palette, PaletteScreen

        if not isinstance(self.screen, PaletteScreen):
            self.push_screen(PaletteScreen(Palette, self._glyphs))

    def search_themes(self) -> None:
        """Textual's way to other colours, in our palette."""
        from textual.theme import ThemeProvider

        from inspector.ui.palette import PaletteScreen

        self.push_screen(PaletteScreen(ThemeProvider, self._glyphs))

    # -- leaving -----------------------------------------------------------------------------------------------

    def _leave(self, code: int) -> None:
        self.exit(return_code=code)

    def _fatal_error(self) -> None:
        """Print a bug's traceback without Textual's local variables: there may be secrets in them."""
        self._exit_renderables.append(literal_text(traceback.format_exc(), multiline=True))
        self._close_messages_no_wait()

    def close_feeds(self) -> None:
        self.asking.listen(None)
        for document in self.documents:
            document.feed.cancel()
        for document in self.documents:
            document.feed.close()


def run(app: InspectorApp) -> int:
    """Show an app until the user leaves; closes its sources and gives the exit code.

    `InspectorError` where there is no terminal.
    """
    switch_s = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_S)
    gc.disable()  # until the first screen is there: collecting in between takes a tenth of the time to it
    try:
        with terminal():
            app.run()
    finally:
        sys.setswitchinterval(switch_s)
        gc.enable()
        app.close_feeds()
    return app.return_code or 0
