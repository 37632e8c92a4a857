"""The request form: what is to be sent, and to which model. It sends nothing itself and judges no value."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, OptionList, TextArea

from inspector.gate import clean
from inspector.sources.source import Source
from inspector.ui.background import in_background
from inspector.ui.composing import Composer, RequestForm
from inspector.ui.glyphs import Glyphs
from inspector.ui.literal import literal
from inspector.ui.scrollbars import fit_scrollbars

AGAIN_S = 0.1
ASKING = "asking the server which models it has"


class Field(NamedTuple):
    """`name` is that of the form's field. `rows` is how high a text of several lines is, 0 for a line."""

    name: str
    title: str
    hint: str = ""
    rows: int = 0


FIELDS = (
    Field("prompt", "Prompt", rows=4),
    Field("model", "Model", "empty: the server's first"),
    Field("system", "System", rows=2),
    Field("tools", "Tools file", "tools.py or tools.json"),
    Field("tool_choice", "Tool choice", "auto, none, required, or the name of a tool"),
    Field("max_tokens", "Max tokens", "as the server has it"),
    Field("synthesis_max_tokens", "  in synthesis", "the same"),
    Field("temperature", "Temperature", "as the server has it"),
    Field("synthesis_temperature", "  in synthesis", "the same"),
    Field("params", "Parameters", "name=value, one on each line", rows=2),
)
_MODEL = next(field for field in FIELDS if field.name == "model")


class RequestScreen(ModalScreen[Source | RequestForm]):
    """Gives the run that was opened; when left with esc, what was written so far, as the `draft` of the next one."""

    CSS_PATH = "modals.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back"),
        Binding("f5", "send", "Send", priority=True),
    ]

    def __init__(self, composer: Composer, glyphs: Glyphs, draft: RequestForm | None = None) -> None:
        super().__init__()
        self._composer = composer
        self._glyphs = glyphs
        self._form = draft or composer.form()
        self._models: list[str] = []
        self._is_sending = False

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="request", can_focus=False) as frame:
            frame.border_title = "New request"
            frame.border_subtitle = "f5 sends, tab goes on, esc closes"
            yield Label("", id="request-answer", markup=False)
            yield from self._row("Server", Label(literal(self._form.base_url), classes="request-value"))
            for field in FIELDS:
                yield from self._row(field.title, self._editor(field))
                if field.name == "model":
                    yield Label(ASKING, id="request-asking", markup=False)
                    yield OptionList(id="request-models", markup=False)
            yield Button("Send (f5)", id="request-send", compact=True)

    def _row(self, title: str, editor: Label | Input | TextArea) -> ComposeResult:
        with Horizontal(classes="request-row"):
            yield Label(literal(title), classes="request-name")
            yield editor

    def _editor(self, field: Field) -> Input | TextArea:
        given = str(getattr(self._form, field.name))
        if not field.rows:
            return Input(clean(given), placeholder=clean(field.hint), id=f"request-{field.name}", compact=True)
        text = clean(given, multiline=True)
        area = TextArea(text, id=f"request-{field.name}", compact=True, highlight_cursor_line=False)
        area.placeholder = literal(field.hint)
        area.styles.height = field.rows
        return area

    def on_mount(self) -> None:
        fit_scrollbars([self.query_one("#request"), self.query_one("#request-models")], self._glyphs)
        self.query_one("#request-prompt").focus()
        in_background(self.app, self._composer.models, self._offer, self._no_models)

    # -- models ------------------------------------------------------------------------------------------------

    def _offer(self, models: list[str]) -> None:
        if self.is_attached:
            self._models = models
            self._tell_models()
            offered = self.query_one("#request-models", OptionList)
            offered.add_options([literal(model) for model in models])
            offered.set_class(bool(models), "-on")

    def _tell_models(self) -> None:
        """Also that the one in the field is none of them: it may still be one that the server loads when asked."""
        count, model = len(self._models), self._written(_MODEL)
        if model and self._models and model not in self._models:
            self._tell(f"{self._glyphs.warning} the model written is not among the {count} at the server:")
        else:
            self._tell(f"{count} at the server:" if count else "the server names no model")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._models:
            self._tell_models()

    def _no_models(self, sentence: str) -> None:
        if self.is_attached:
            self._tell(f"{self._glyphs.warning} no list of models: {sentence}")

    def _tell(self, sentence: str) -> None:
        self.query_one("#request-asking", Label).update(literal(sentence))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.query_one("#request-model", Input).value = clean(self._models[event.option_index])

    # -- sending -----------------------------------------------------------------------------------------------

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.action_send()

    def action_send(self) -> None:
        """Once at a time: to read a tools file may take a while, and the screen stays alive."""
        if not self._is_sending:
            self._is_sending = True
            self._say("opening")
            form = self._filled()
            in_background(self.app, partial(self._composer.send, form), self._sent, self._refused)

    def action_leave(self) -> None:
        self.dismiss(self._filled())

    def _refused(self, sentence: str) -> None:
        self._is_sending = False
        if self.is_attached:
            self._say(f"{self._glyphs.warning} {sentence}")

    def _sent(self, source: Source) -> None:
        if not self.is_attached:  # the user has left the form meanwhile
            source.cancel()
            source.close()
        elif self.app.screen is not self:  # the palette lies over it
            self.set_timer(AGAIN_S, partial(self._sent, source))
        else:
            self.dismiss(source)

    def _say(self, sentence: str) -> None:
        answer = self.query_one("#request-answer", Label)
        answer.update(literal(sentence))
        answer.add_class("-on")
        self.query_one("#request").scroll_home(animate=False)

    def _filled(self) -> RequestForm:
        return self._form._replace(**{field.name: self._written(field) for field in FIELDS})

    def _written(self, field: Field) -> str:
        """What stands in a field: where the user left it as it was drawn, what it was given."""
        given = str(getattr(self._form, field.name))
        if field.rows:
            written, drawn = self.query_one(f"#request-{field.name}", TextArea).text, clean(given, multiline=True)
        else:
            written, drawn = self.query_one(f"#request-{field.name}", Input).value, clean(given)
        if field.name == "model":
            written = next((model for model in self._models if clean(model) == written), written)
        return given if written == drawn else written
