"""The list of stages."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.screen import ModalScreen

from inspector.gate import clean
from inspector.stage import Stage
from inspector.ui.document import Document
from inspector.ui.glyphs import Glyphs
from inspector.ui.goto import Place, place_of
from inspector.ui.lines import Fixed, Line, Link, Rows, Span, View, cut, padded
from inspector.ui.moment import Canvas, Moment
from inspector.ui.pane import Pane
from inspector.ui.phases import phase_word
from inspector.ui.scrollbars import fit_scrollbars

NO_STAGES = "No stage has begun: nothing decoded so far belongs to a completion."


class Stages(Pane):
    """A row for each stage, however many there are; choosing one wants it."""

    ID = "stages"
    TITLE = "Stages"
    HELP = "All stages of the stream, in order of appearance."

    class Wanted(Message):
        """The user wants to be led to the stage of this number."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def view_at(self, moment: Moment, canvas: Canvas) -> View:
        stages, here = moment.transcript.stages, moment.stage
        number = here.number if here is not None else 0

        def line(row: int) -> Line:
            stage = stages[row]
            phase = phase_word(stage.phase.last or "waiting", moment.transcript.dialect)
            made = _line(stage, phase, canvas.glyphs, key_cells=canvas.width // 3, is_here=stage is here)
            return cut(made, canvas.width, canvas.glyphs.cut)

        if not stages:
            return View([Fixed([[Span(NO_STAGES, "dim")]])], empty=NO_STAGES)
        return View([Rows(len(stages), line, lambda row: row)], follow=number)

    def choose(self, link: Link) -> None:
        """A link is the number of a stage: several may begin in one frame."""
        if isinstance(link, int):
            self.post_message(self.Wanted(link))


def _line(stage: Stage, phase: str, glyphs: Glyphs, *, key_cells: int, is_here: bool) -> Line:
    calls = sum(len(choice.calls) for choice in list(stage.choices.values()))
    facts = [f"frame {place_of(stage).frame}", *([phase] if phase else []), f"{calls} call{'' if calls == 1 else 's'}"]
    if model := stage.model.last:
        facts.append(f"model {model}")
    return [
        Span(f"{glyphs.cursor if is_here else ' '} {stage.number + 1:>4}  "),
        *padded(cut([Span(clean(stage.key), "strong")], key_cells, glyphs.cut), key_cells),
        Span(clean(f"  {f' {glyphs.dot} '.join(facts)}")),
    ]


class StageList(ModalScreen[Place | None]):
    """Gives the beginning of the stage that was chosen, `None` when left with esc."""

    CSS_PATH = "modals.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [("escape,q,w", "dismiss", "Back")]

    def __init__(self, document: Document, glyphs: Glyphs) -> None:
        super().__init__()
        self._document = document
        self._pane = Stages(glyphs=glyphs)

    def compose(self) -> ComposeResult:
        self._pane.border_subtitle = "enter goes there, esc closes"
        yield self._pane

    def on_mount(self) -> None:
        fit_scrollbars([self._pane], self._pane.glyphs)
        self._pane.show(self._document.moment)
        self._pane.focus()
        self.call_after_refresh(self._pane.action_caret, 0, 0)  # on the stage on show, so that up is the one before

    def on_stages_wanted(self, message: Stages.Wanted) -> None:
        self.dismiss(place_of(self._document.transcript.stages[message.number]))
