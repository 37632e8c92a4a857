"""The main screen: turns keys into moves of the cursor, into other panes, and into the screens that lie over it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from textual.timer import Timer

from inspector.sources.source import Source
from inspector.ui.clipboard import copy
from inspector.ui.composing import RequestForm
from inspector.ui.keys import bindings
from inspector.ui.recorder import keep, proposed_name, recording_path
from inspector.ui.screens.moving import Moving

if TYPE_CHECKING:
    from inspector.ui.app import InspectorApp

WATCH_S = 1.0
WORKING_DIRECTORY = "."


class MainScreen(Moving):
    """What its keys do beside moving: to panes, with files and runs, and by other screens."""

    BINDINGS = bindings(app=False)

    _watcher: Timer | None = None
    _draft: RequestForm | None = None  # what was written in the request form, and not sent

    # -- panes -------------------------------------------------------------------------------------------------

    def action_pane(self, id: str) -> None:
        self.body.focus_pane(id)
        self.show_moment()

    def action_next_pane(self, direction: int) -> None:
        self.body.focus_next(direction)
        self.show_moment()

    def action_maximise(self) -> None:
        self.body.maximise()
        self.show_moment()

    def action_detail(self) -> None:
        self.body.next_detail()
        self.show_moment()

    def action_toggle_detail(self) -> None:
        self.body.toggle_detail()
        self.show_moment()

    def action_choice(self) -> None:
        if self.document.next_choice():
            self.show_moment()
        else:
            self.say("This stage has one choice only.")

    # -- copying -----------------------------------------------------------------------------------------------

    def action_copy(self) -> None:
        pane = self.body.focused
        text = pane.copy_text() if pane is not None else ""
        self._copy(text, "There is nothing to copy in this pane.")

    def action_copy_raw(self) -> None:
        document = self.document
        block = document.transcript.frame(document.cursor).block if document.cursor >= 0 else b""
        self._copy(block.decode("utf-8", "replace"), "There is no frame to copy yet.")

    def _copy(self, text: str, otherwise: str) -> None:
        self.say(copy(text, self.app.copy_to_clipboard) if text else otherwise)

    # -- files, help, and leaving ------------------------------------------------------------------------------

    def action_file(self, by: int) -> None:
        if len(self.documents) == 1:
            self.say("No other file or run is open.")
        self._show_file((self.place + by) % len(self.documents))

    def action_files(self) -> None:
        from inspector.ui.runs import listed
        from inspector.ui.screens.files import FileList

        files = [listed(each, self.glyphs.dot) for each in self.documents]
        self.app.push_screen(FileList(files, self.place, self.glyphs), self._show_file)

    def _show_file(self, place: int | None) -> None:
        if place is not None and place != self.place:
            self.document.playhead = None
            self.show_document(place)

    def show_document(self, place: int) -> None:
        self.place = place
        self.document.feed.start()
        self.catch_up()
        self._watch()

    def action_help(self) -> None:
        from inspector.ui.screens.help import Help

        self.app.push_screen(Help(self.body.focused, self.keymap, self.glyphs))

    def action_back(self) -> None:
        document = self.document
        if self.body.restore():
            pass
        elif document.is_running:  # before a notice: nobody is to look for what holds the key up
            document.feed.cancel()
        elif document.feed.is_busy and not document.is_unsent:
            (document.feed.release if document.feed.is_held else document.feed.hold)()
        else:
            document.dismiss()
        self.show_moment()

    def action_dismiss_notice(self) -> None:
        self.document.dismiss()
        self.show_moment()

    # -- runs --------------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        self._watch()

    def on_screen_resume(self) -> None:
        """What lay over this screen is gone: a question may have waited for that."""
        if self.app.is_running:
            self.call_later(cast("InspectorApp", self.app).ask)

    def action_compose(self) -> None:
        from inspector.ui.screens.request import RequestScreen

        composer = cast("InspectorApp", self.app).composer
        if composer is None:
            self.say("Requests are sent from here when this is started as: stage-inspector chat --base-url URL")
        else:
            self.app.push_screen(RequestScreen(composer, self.glyphs, self._draft), self._sent)

    def _sent(self, made: Source | RequestForm | None) -> None:
        self._draft = made if isinstance(made, RequestForm) else None
        if made is not None and not isinstance(made, RequestForm):
            cast("InspectorApp", self.app).open_run(made)

    def action_messages(self) -> None:
        from inspector.ui.screens.messages import Messages

        exchanges = self.document.transcript.exchanges
        exchange = exchanges.at(self.document.cursor)
        if exchange is None:
            self.say("No request is known here: only runs of chat and attach, and their recordings, have them.")
        else:
            self.app.push_screen(Messages(exchange, len(exchanges.all), self.glyphs))

    def action_client_views(self) -> None:
        from inspector.client_views.answer import answer_at
        from inspector.ui.screens.client_views import ClientViewsScreen

        answer = answer_at(self.document.transcript, self.document.cursor, self.document.stage)
        if answer is None:
            self.say("No answer has begun here: there are no calls that clients could see.")
        else:
            self.app.push_screen(ClientViewsScreen(self.document, answer, self.glyphs), self._go_to_frame)

    def action_copy_path(self) -> None:
        self._copy(recording_path(self.document.feed.source) or "", "This is not recorded in a file.")

    def action_keep(self) -> None:
        from inspector.ui.screens.keep import Keep

        source = self.document.feed.source
        self.app.push_screen(Keep(proposed_name(source), partial(keep, source)), self._kept)

    def _kept(self, name: str | None) -> None:
        if name is not None:
            self.say(f"A copy of the recording is in {name}")

    def action_save_picture(self) -> None:
        """Once the palette is gone, from which this is called."""
        self.call_after_refresh(self._save_picture)

    def _save_picture(self) -> None:
        try:
            self.say(f"A picture of the screen is in {self.app.save_screenshot(path=WORKING_DIRECTORY)}")
        except OSError as error:
            self.say(f"No picture could be saved in the working directory: {error.strerror}.")

    def _watch(self) -> None:
        """Let seconds be counted while a run goes on."""
        if self._watcher is None and self.document.feed.source.is_live:
            self._watcher = self.set_interval(WATCH_S, self.watch_run)

    def watch_run(self) -> None:
        """Say anew for how long nothing came, and for how long tools run."""
        if self.document.is_running:
            self.show_moment()
