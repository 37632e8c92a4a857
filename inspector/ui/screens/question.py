"""A question of a run. Its frame and words are the app's own; what a model wrote stands cleaned inside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label

from inspector.gate import clean
from inspector.ui.glyphs import Glyphs
from inspector.ui.literal import literal
from inspector.ui.panes.plain import Plain
from inspector.ui.scrollbars import fit_scrollbars
from inspector.ui.wording import Wording

if TYPE_CHECKING:
    from inspector.ui.app import InspectorApp

DEAF_S = 0.4  # after it came up, or after such a key: one that was meant for what was there before must not answer
MOST_SHARE = 0.8  # of the screen, unless no line of the text could be seen then
LOW = 20  # rows of a screen in which a long path must leave room for the rest
BORDERS = 2
LEAST_TEXT = BORDERS + 1


class Answer:
    """An answer to a question, which may be `None`: as against no answer, where the run took the question back."""

    def __init__(self, value: Any) -> None:
        self.value = value


class QuestionScreen(ModalScreen[Answer | None]):
    """Gives the answer. Esc is the least that can be answered: no, or no result. `run` says which of several asks."""

    CSS_PATH = "modals.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "least", "No"),
        Binding("n,q", "reply('n')", show=False),
        Binding("y", "reply('y')", show=False),
        Binding("a", "reply('a')", show=False),
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "ends(-1)", show=False),
        Binding("end", "ends(1)", show=False),
    ]

    def __init__(self, wording: Wording, glyphs: Glyphs, clock: Callable[[], float], run: str | None = None) -> None:
        super().__init__()
        self._wording = wording
        self._facts = [*([("run", run)] if run else []), *wording.facts]
        self._glyphs = glyphs
        self._clock = clock
        self._deaf_until_s = clock() + DEAF_S
        self._text = Plain(wording.text, glyphs=glyphs) if wording.text is not None else None

    def compose(self) -> ComposeResult:
        wording = self._wording
        with Vertical(id="question", classes="-with-text" if self._text is not None else "") as frame:
            frame.border_title = literal(f"{self._glyphs.warning} stage inspector asks: {wording.title}")
            yield Label(literal(wording.sentence, multiline=True), id="question-sentence")
            for name, value in self._facts:
                yield Label(literal(f"{name:5} {clean(value)}"), classes="question-fact")
            if self._text is not None:
                self._text.border_title = literal(wording.text_title)
                yield self._text
            if wording.typed is not None:
                yield Input(clean(wording.typed), id="question-typed")
                yield Label("enter sends it, esc gives no result", classes="question-keys")
            else:
                yield from self._buttons()

    def _buttons(self) -> ComposeResult:
        with Horizontal(id="question-replies"):
            for number, reply in enumerate(self._wording.replies):
                keys = "n, esc" if reply.key == "n" else reply.key
                yield Button(literal(f"{reply.word} ({keys})"), id=f"reply-{number:d}", compact=True)

    def on_mount(self) -> None:
        if self._text is not None:
            fit_scrollbars([self._text], self._glyphs)
        self.query("#question-typed, #reply-0").first().focus()

    def on_resize(self) -> None:
        """The text is as high as it is long where there is room, and always a line of it is seen."""
        self.query_one("#question").set_class(self.size.height < LOW, "-low")
        if self._text is not None:
            self._text.styles.height = LEAST_TEXT
            self.call_after_refresh(self._fit, self._text)

    def _fit(self, text: Plain) -> None:
        if text.is_attached:
            others = self.query_one("#question").outer_size.height - LEAST_TEXT
            room = int(self.size.height * MOST_SHARE) - others
            text.styles.height = max(min(text.view.height + BORDERS, room), LEAST_TEXT)

    def on_screen_resume(self) -> None:
        """The run may have taken the question back while something else lay over it."""
        if self.app.is_running:
            self.call_later(cast("InspectorApp", self.app).ask)

    # -- answering ---------------------------------------------------------------------------------------------

    def _answer(self, value: Any) -> None:
        """A key that is held, or struck again and again since before the question was there, never answers."""
        if (now_s := self._clock()) >= self._deaf_until_s:
            self.dismiss(Answer(value))
        else:
            self._deaf_until_s = now_s + DEAF_S

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self._answer(self._wording.replies[int((event.button.id or "").removeprefix("reply-"))].answer)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """What was not changed is sent as it was given, and not as it is drawn; line ends always."""
        event.stop()
        given = self._wording.typed or ""
        self._answer(given if event.value == clean(given) else event.value.replace(clean("\n"), "\n"))

    def action_reply(self, key: str) -> None:
        for reply in self._wording.replies:
            if reply.key == key:
                self._answer(reply.answer)

    def action_least(self) -> None:
        if self._wording.typed is not None:
            self._answer(None)
        else:
            self.action_reply("n")

    # -- looking -----------------------------------------------------------------------------------------------

    def action_scroll(self, rows: int) -> None:
        if self._text is not None:
            self._text.scroll_relative(y=rows, animate=False, force=True)

    def action_page(self, pages: int) -> None:
        if self._text is not None:
            self._text.action_page(pages)

    def action_ends(self, which: int) -> None:
        if self._text is not None:
            self._text.scroll_to_end(which)
