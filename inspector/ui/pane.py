"""What all panes are: a view of the transcript at one frame, drawn line by line. Knows no other pane.

A subclass gives the view (`view_at`, a pure function of the moment and the canvas); this class draws it, keeps its
newest line in sight, moves a caret in it and says which frame is wanted when something in it is chosen.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from inspector.ui.cells import units
from inspector.ui.glyphs import UNICODE, Glyphs
from inspector.ui.lines import Link, View, cells, plain
from inspector.ui.literal import strip_segments
from inspector.ui.moment import Canvas, Moment
from inspector.ui.wraps import Wraps

LOOKS = (
    "added", "bad", "broken", "call", "caret", "cursor", "dim", "end", "faint", "found", "good", "heading", "key",
    "needle", "note", "number", "reasoning", "result", "status", "string", "strong", "synthesis", "warning", "word",
)  # fmt: skip


class Pane(ScrollView, can_focus=True, inherit_bindings=False):
    """The contract with the app: `show` a moment, `copy_text`, `empty_reason`, and the message `CursorWanted`.

    `show` may be called as often as one likes with the same moment, and before the pane is laid out. ←, →, home and
    end are not bound here: they move the cursor of the app.
    """

    ID: ClassVar[str]
    TITLE: ClassVar[str]
    HELP: ClassVar[str]  # what `?` says when this pane has the focus, in sentences
    CONTEXT_ROWS: ClassVar[int] = 0  # kept in sight above and below the row to be followed
    DEFAULT_CSS = Path(__file__).with_name("panes.tcss").read_text("utf-8")
    SCOPED_CSS: ClassVar[bool] = False  # subclasses are styled there too
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"pane--{look}" for look in LOOKS}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "caret(-1, 0)", "Line up", show=False, id="pane.up"),
        Binding("down", "caret(1, 0)", "Line down", show=False, id="pane.down"),
        Binding("shift+left", "caret(0, -1)", "Character left", show=False, id="pane.left"),
        Binding("shift+right", "caret(0, 1)", "Character right", show=False, id="pane.right"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="pane.page_up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="pane.page_down"),
        Binding("enter", "choose", "Unfold, fold, or go to the frame that brought this", show=False, id="pane.choose"),
    ]

    class CursorWanted(Message):
        """The user chose something that `frame` brought."""

        def __init__(self, frame: int) -> None:
            super().__init__()
            self.frame = frame

    def __init__(self, *, glyphs: Glyphs = UNICODE, classes: str | None = None) -> None:
        super().__init__(id=self.ID, classes=classes)
        self.border_title = self.TITLE
        self.glyphs = glyphs
        self.moment: Moment | None = None
        self.view = View()
        self._is_made = False  # the view, for a size
        self.caret: tuple[int, int] | None = None  # row and cell in the view
        self._wraps = Wraps()
        self._unfolded: frozenset[str] = frozenset()
        self._styles: dict[str, Style] = {}

    def view_at(self, moment: Moment, canvas: Canvas) -> View:
        raise NotImplementedError

    # -- the contract ------------------------------------------------------------------------------------------

    def show(self, moment: Moment) -> None:
        """Draw this moment."""
        if self.moment is None or self.moment.transcript is not moment.transcript:
            self._wraps = Wraps()
        moved = self.moment is None or moment != self.moment._replace(now_s=moment.now_s)
        self.moment = moment
        if moved:
            self.caret = None
        self._remake(follow=moved)

    @property
    def empty_reason(self) -> str | None:
        """Why there is nothing to see at this moment, as a sentence; `None` where there is something."""
        return self.view.empty

    def copy_text(self) -> str:
        """What is selected, or else everything in the pane, as clean text."""
        selected = self.text_selection and self.get_selection(self.text_selection)
        return selected[0] if selected and selected[0] else self.view.text()

    # -- drawing -----------------------------------------------------------------------------------------------

    @property
    def canvas(self) -> Canvas:
        width = self.scrollable_content_region.width
        return Canvas(width, self.glyphs, self._wraps, self._unfolded)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Drawn for the first time it has a size of which no message has told yet: let that picture not be empty."""
        if not self._is_made:
            self._remake(follow=True)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        row, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        base = self._style("")
        if row >= self.view.height:
            return Strip.blank(width, base)
        segments = []
        for span in self.view.line(row):
            segments += strip_segments(span.text, self._style(span.look))
        strip = Strip(segments).adjust_cell_length(width, base)
        if (selected := self._selected(row, strip)) is not None:
            strip = _overlaid(strip, *selected, self.screen.get_component_rich_style("screen--selection"))
        if self.caret is not None and self.caret[0] == row and self.has_focus:
            reverse = self.get_component_styles("pane--caret").text_style
            strip = _overlaid(strip, *_unit_at(strip.text, self.caret[1]), reverse)
        return strip.apply_offsets(0, row)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles.clear()

    def on_resize(self) -> None:
        self._remake(follow=True)

    def _remake(self, *, follow: bool) -> None:
        canvas = self.canvas
        if self.moment is None or canvas.width <= 0:
            return
        self._is_made = True
        self.view = self.view_at(self.moment, canvas)
        self.virtual_size = Size(canvas.width, self.view.height)
        if follow and self.view.follow is not None:
            self._keep_in_sight(self.view.follow, self.view.new_from)
        self.refresh()

    def _style(self, look: str) -> Style:
        style = self._styles.get(look)
        if style is None:
            classes = [f"pane--{name}" for name in look.split()]
            style = self.get_visual_style(*classes).rich_style
            for name in classes:  # a visual style of components knows no reverse
                style += self.get_component_styles(name).text_style
            self._styles[look] = style
        return style

    def _keep_in_sight(self, row: int, first: int | None = None) -> None:
        """Scroll no further than needed, but put a row that was far away in the middle.

        `first` is to be seen as well; where there is no room for both, it goes before.
        """
        height = max(self.scrollable_content_region.height, 1)
        context = min(self.CONTEXT_ROWS, (height - 1) // 2)
        top, last = self.scroll_offset.y, max(self.view.height - height, 0)
        if row < top - height or row >= top + 2 * height:
            top = row - height // 2
        elif row < top + context:
            top = row - context
        elif row >= top + height - context:
            top = row - height + 1 + context
        top = top if first is None else min(top, first)
        self.scroll_to(y=min(max(top, 0), last), animate=False, force=True)

    # -- choosing ----------------------------------------------------------------------------------------------

    def action_caret(self, rows: int, cells_right: int) -> None:
        """Move the caret; the first key press puts it where something newest is to be chosen."""
        if not self.view.height:
            return
        if self.caret is None:
            self.caret = self._first_caret()
        else:
            self.caret = self._moved(*self.caret, rows, cells_right)
        self._keep_in_sight(self.caret[0])
        self.refresh()

    def _first_caret(self) -> tuple[int, int]:
        """The beginning of the newest row, or where nothing is to be chosen there, what is nearest before it."""
        view = self.view
        start = min(view.newest if view.newest is not None else self.scroll_offset.y, view.height - 1)
        if view.link_at(start, 0) is None:
            for row in range(start, max(start - self.scrollable_content_region.height, -1), -1):
                for cell in reversed(range(cells(view.line(row)))):
                    if view.link_at(row, cell) is not None:
                        return row, cell
        return start, 0

    def action_page(self, pages: int) -> None:
        self.scroll_relative(y=pages * max(self.scrollable_content_region.height - 1, 1), animate=False, force=True)

    def action_choose(self) -> None:
        """Choose what is at the caret. While there is none, fold or unfold what can be, if something in sight can."""
        if self.caret is None and (fold := self._fold_in_sight()) is not None:
            self.choose(fold)
        elif self.caret is None:
            self.action_caret(0, 0)
        elif (link := self.view.link_at(*self.caret)) is not None:
            self.choose(link)

    def _fold_in_sight(self) -> str | None:
        """The first one in sight, or else the nearest above."""
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        folds = [(row, fold) for row, fold in self.view.folds() if row < top + height]
        return next((fold for row, fold in folds if row >= top), folds[-1][1] if folds else None)

    def choose(self, link: Link) -> None:
        """Follow a link: a frame is wanted, or something is to be folded or unfolded."""
        if isinstance(link, int):
            self.post_message(self.CursorWanted(link))
        else:
            self._unfolded = self._unfolded ^ {link}
            self._remake(follow=False)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or self.text_selection is not None:
            return
        row, cell = offset.y + self.scroll_offset.y, offset.x
        if row < self.view.height:
            self.caret = (row, cell)
            if (link := self.view.link_at(row, cell)) is not None:
                self.choose(link)
            self.refresh()

    def _moved(self, row: int, cell: int, rows: int, cells_right: int) -> tuple[int, int]:
        row = min(max(row + rows, 0), self.view.height - 1)
        return row, min(max(cell + cells_right, 0), max(cells(self.view.line(row)) - 1, 0))

    # -- selecting with the mouse ------------------------------------------------------------------------------

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        first = selection.start.y if selection.start else 0
        last = selection.end.y if selection.end else self.view.height - 1
        lines = []
        for row in range(max(first, 0), min(last, self.view.height - 1) + 1):
            if (span := selection.get_span(row)) is not None:
                text = plain(self.view.line(row))
                lines.append(text[span[0] : None if span[1] < 0 else span[1]])
        return "\n".join(lines), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        self.refresh()

    def _selected(self, row: int, strip: Strip) -> tuple[int, int] | None:
        selection = self.text_selection
        span = selection.get_span(row) if selection else None
        if span is None:
            return None
        start, end = span
        return strip.index_to_cell_position(start), strip.index_to_cell_position(end) if end >= 0 else strip.cell_length


def _overlaid(strip: Strip, start: int, end: int, style: Style) -> Strip:
    """A strip with some of its cells in another style."""
    left, middle, right = (
        strip.divide([start, end, strip.cell_length]) if end > start else (strip, Strip([]), Strip([]))
    )
    return Strip.join([left, Strip(Segment.apply_style(middle, post_style=style)), right])


def _unit_at(text: str, cell: int) -> tuple[int, int]:
    """The cells of what is drawn at a cell; wide characters have two."""
    at = 0
    for unit in units(text):
        if at + unit.cells > cell:
            return at, at + unit.cells
        at += unit.cells
    return cell, cell + 1
