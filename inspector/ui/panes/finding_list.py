"""The findings, a row each, however many there are; one of them is selected. Finds and explains nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from inspector.gate import clean
from inspector.ui.found import MOST_CHARACTERS, is_same, sign
from inspector.ui.glyphs import Glyphs
from inspector.ui.lines import BLANK, Block, Fixed, Line, Link, Rows, Span, View, cut, padded, wrapped
from inspector.ui.moment import Canvas, Moment
from inspector.ui.pane import Pane
from inspector.ui.text import width_of

if TYPE_CHECKING:
    from inspector.findings.rule import Finding

_WIDEST_NAME = 32


class FindingRows(Pane):
    ID: ClassVar[str] = "finding-rows"
    TITLE: ClassVar[str] = "Findings"
    HELP: ClassVar[str] = "What was found, in the order of the stream. Enter goes to the bytes of the one selected."

    class Selected(Message):
        """Another finding is selected, or none is any more."""

    class Wanted(Message):
        """The user wants to be led to the selected finding."""

    def __init__(self, *, glyphs: Glyphs) -> None:
        super().__init__(glyphs=glyphs)
        self.found: Sequence[Finding] = ()
        self.place = 0  # of the selected one
        self._said: Sequence[str] = ()
        self._widths = (0, 0, 0)

    @property
    def selected(self) -> Finding | None:
        return self.found[self.place] if self.place < len(self.found) else None

    def take(self, found: Sequence[Finding], said: Sequence[str]) -> None:
        """List these, and under them what else is to be said; what was selected stays so."""
        before = self.selected
        self.found, self._said = found, said
        places = [place for place, each in enumerate(found) if is_same(each, before)]
        self.place = places[0] if places else min(self.place, max(len(found) - 1, 0))
        names = width_of([each.name for each in found], _WIDEST_NAME)
        self._widths = (
            names,
            len(str(max((each.frame for each in found), default=0))),
            max(map(_times, found), default=0),
        )
        self._remake(follow=True)
        self.post_message(self.Selected())

    def view_at(self, moment: Moment, canvas: Canvas) -> View:
        said = [row for each in self._said for row in wrapped([Span(each, "note")], canvas.width)]
        blocks: list[Block] = [Rows(len(self.found), lambda row: self._line(row, canvas), lambda row: row)]
        if said:
            blocks += [BLANK, Fixed(said)] if self.found else [Fixed(said)]
        view = View(blocks, follow=self.place)
        if said and self.place >= len(self.found) - 1:  # what is said under the last one is to be seen with it
            view.follow, view.new_from = view.height - 1, self.place
        return view

    def _line(self, row: int, canvas: Canvas) -> Line:
        finding, here, glyphs = self.found[row], row == self.place, canvas.glyphs
        drawn = sign(finding.severity, glyphs)
        names, digits, times = min(self._widths[0], canvas.width // 3), *self._widths[1:]
        count = f"{finding.count}{'x' if glyphs.dot == '.' else '×'}" if finding.count > 1 else ""
        line = [
            Span(f"{glyphs.cursor if here else ' '} "),
            Span(f"{drawn.glyph} {finding.severity:<5} ", drawn.look),
            Span(f"{finding.code} ", "dim"),
            *padded(cut([Span(clean(finding.name), "strong")], names, glyphs.cut), names),
            Span(f"  frame {finding.frame:>{digits}d} {count:>{times}}  ", "dim"),
            Span(clean(finding.message[:MOST_CHARACTERS])),
        ]
        if here:
            line = [span._replace(look=f"cursor {span.look}".strip()) for span in padded(line, canvas.width)]
        return cut(line, canvas.width, glyphs.cut)

    # -- selecting ---------------------------------------------------------------------------------------------

    def select(self, place: int) -> None:
        place = min(max(place, 0), max(len(self.found) - 1, 0))
        if place != self.place:
            self.place = place
            self._remake(follow=True)
            self.post_message(self.Selected())

    def action_caret(self, rows: int, cells_right: int) -> None:
        self.select(self.place + rows)

    def action_page(self, pages: int) -> None:
        self.select(self.place + pages * max(self.scrollable_content_region.height - 1, 1))

    def action_choose(self) -> None:
        if self.selected is not None:
            self.post_message(self.Wanted())

    def choose(self, link: Link) -> None:
        """A click selects, and another one on the same row leads there."""
        self.caret = None
        if link == self.place:
            self.action_choose()
        elif isinstance(link, int):
            self.select(link)


def _times(finding: Finding) -> int:
    """The cells of how often it came, where that is to be said."""
    return len(f"{finding.count}") + 1 if finding.count > 1 else 0
