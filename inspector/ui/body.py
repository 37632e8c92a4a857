"""The panes and how they share the screen: which are seen, which has the focus. Knows nothing of what they show."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container

from inspector.transcript import Transcript
from inspector.ui import layout
from inspector.ui.bar import Piece
from inspector.ui.glyphs import Glyphs
from inspector.ui.layout import Layout
from inspector.ui.literal import literal
from inspector.ui.panes import Calls, Chunks, Detail, Pane, Results, Synthesis, Timeline
from inspector.ui.scrollbars import fit_scrollbars


class Body(Container):
    """Holds the panes but for the timeline, which lies below it and is `timeline` here to be composed there."""

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__(id="body")
        self._glyphs = glyphs
        self.detail = Detail(glyphs=glyphs)
        self.timeline = Timeline(glyphs=glyphs)
        self._panes: dict[str, Pane] = {
            pane.ID: pane
            for pane in (
                Chunks(glyphs=glyphs),
                Calls(glyphs=glyphs),
                Results(glyphs=glyphs),
                Synthesis(glyphs=glyphs),
                self.detail,
            )
        }
        self._current_layout: Layout = "small"
        self._terminal = (0, 0)
        self._tab = layout.CALLS
        self._maximised: str | None = None
        self._with_detail: bool | None = None  # `None`: the user did not say, so the height decides

    def compose(self) -> ComposeResult:
        for number, pane in enumerate(self._panes.values(), start=1):
            pane.border_title = literal(f"{number} {pane.TITLE}")
            yield pane

    def on_mount(self) -> None:
        fit_scrollbars([*self._panes.values(), self.timeline], self._glyphs)

    # -- what is seen ------------------------------------------------------------------------------------------

    @property
    def with_detail(self) -> bool:
        return self._terminal[1] >= layout.TALL_HEIGHT if self._with_detail is None else self._with_detail

    @property
    def shown(self) -> list[Pane]:
        """The panes that are to be seen, the timeline last."""
        ids = layout.shown(self._current_layout, tab=self._tab, maximised=self._maximised, with_detail=self.with_detail)
        panes = [pane for pane in self._panes.values() if pane.ID in ids]
        return [*panes, self.timeline] if panes else []

    @property
    def focused(self) -> Pane | None:
        focused = self.screen.focused
        return focused if isinstance(focused, Pane) else None

    def tabs(self) -> list[Piece]:
        """The tabs of the tabbed layout, the one on show marked."""
        return [
            Piece(
                f" {number} {pane.TITLE} ",
                look="here" if self._tab == pane.ID else "",
                key=str(number),
            )
            for number, pane in enumerate(self._panes.values(), start=1)
            if pane.ID in layout.TABS
        ]

    @property
    def arrangement(self) -> dict[str, bool]:
        """The classes that the screen must have for what is to be seen."""
        return layout.classes_for(
            self._current_layout, *self._terminal, maximised=self._maximised is not None, with_detail=self.with_detail
        )

    def arrange_for(self, width: int, height: int) -> None:
        """Lay the panes out for a terminal of this size."""
        self._terminal = (width, height)
        self._current_layout = layout.layout_for(width, height)
        self._rearrange()

    def show(self, transcript: Transcript, n: int, choice: int) -> None:
        """Let the panes that are seen show this moment."""
        for pane in self.shown:
            pane.show(transcript, n, choice=choice)

    def _rearrange(self) -> None:
        shown = self.shown
        for pane in self._panes.values():
            pane.set_class(pane in shown, "-on")
        if shown and self.is_attached and self.focused not in shown:
            shown[0].focus()

    # -- what the user does with them --------------------------------------------------------------------------

    def focus_pane(self, id: str) -> None:
        """Focus this pane, and bring it to sight if it is not."""
        if id == layout.DETAIL and self._current_layout == "stacked":
            self._with_detail = True
        if id in layout.TABS:
            self._tab = id
        if self._maximised is not None:
            self._maximised = id
        self._rearrange()
        self._panes[id].focus()

    def focus_next(self, direction: int) -> None:
        """Focus the pane after or before the focused one, round and round, through the tabs as well."""
        ids = [id for id in self._panes if id != layout.DETAIL or self._current_layout == "tabbed" or self.with_detail]
        order = [*ids, layout.TIMELINE] if self._maximised is None else ids
        focused = self.focused
        at = order.index(focused.ID) + direction if focused is not None and focused.ID in order else 0
        id = order[at % len(order)]
        if id == layout.TIMELINE:
            self.timeline.focus()
        else:
            self.focus_pane(id)

    def maximise(self) -> None:
        """Give the focused pane the whole body, or give the others their places back."""
        focused = self.focused
        if self._maximised is None and focused is not None and focused is not self.timeline:
            self._maximised = focused.ID
        else:
            self._maximised = None
        self._rearrange()

    def restore(self) -> bool:
        """Undo maximising; false where nothing was maximised."""
        if self._maximised is None:
            return False
        self._maximised = None
        self._rearrange()
        return True

    def next_detail(self) -> None:
        """Bring the detail to sight, or else show it in its next mode."""
        if self.detail in self.shown:
            self.detail.next_mode()
        elif self._current_layout == "tabbed" or self._maximised is not None:
            self.focus_pane(layout.DETAIL)
        else:
            self._with_detail = True
            self._rearrange()

    def toggle_detail(self) -> None:
        """Bring the detail to sight, or take it away."""
        if self.detail not in self.shown:
            self.next_detail()
            return
        self._with_detail = False
        if self._tab == layout.DETAIL:
            self._tab = layout.CALLS
        if self._maximised == layout.DETAIL:
            self._maximised = None
        self._rearrange()
