"""The panes and how they share the screen: which are seen, which has the focus. Knows nothing of what they show.

The chunks are there first, and the other panes are mounted once they have been drawn: what a person looks at first
does not wait for the rest.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widget import Widget

from inspector.kinds import CALL, REASONING, RESULT, SYNTHESIS, TEXT
from inspector.ui import layout
from inspector.ui.bar import Piece
from inspector.ui.found import found_at
from inspector.ui.glyphs import ASCII, Glyphs
from inspector.ui.layout import Layout
from inspector.ui.literal import literal
from inspector.ui.moment import Moment
from inspector.ui.pane import Pane
from inspector.ui.panes.chunks import Chunks

# The tab in which such a frame is to be seen.
_TAB_OF = {
    CALL: layout.CALLS,
    RESULT: layout.RESULTS,
    TEXT: layout.SYNTHESIS,
    REASONING: layout.SYNTHESIS,
    SYNTHESIS: layout.SYNTHESIS,
}


class Body(Widget):
    """Holds the panes but for the timeline, which lies below it and is mounted there by the screen."""

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__(id="body")
        self._glyphs = glyphs
        self._panes: dict[str, Pane] = {layout.CHUNKS: Chunks(glyphs=glyphs)}
        self._timeline: Pane | None = None
        self._current_layout: Layout = "small"
        self._terminal = (0, 0)
        self._tab = layout.CALLS
        self._tab_is_chosen = False  # by the user
        self._maximised: str | None = None
        self._with_detail: bool | None = None  # `None`: the user did not say, so the height decides
        self._shown: object = None  # the moment shown last, with what it looked like
        self._entitle()

    def compose(self) -> ComposeResult:
        yield from self._panes.values()

    def complete(self) -> Pane:
        """Mount the other panes; gives the timeline, to be mounted below."""
        from inspector.ui.panes.calls import Calls
        from inspector.ui.panes.detail import Detail
        from inspector.ui.panes.results import Results
        from inspector.ui.panes.synthesis import Synthesis
        from inspector.ui.panes.timeline import Timeline
        from inspector.ui.scrollbars import fit_scrollbars

        for kind in (Calls, Results, Synthesis, Detail):
            self._panes[kind.ID] = kind(glyphs=self._glyphs)
        self._entitle()
        self._timeline = Timeline(glyphs=self._glyphs)
        self._rearrange()
        self.mount(*[pane for pane in self._panes.values() if not pane.is_attached])
        self.call_after_refresh(fit_scrollbars, [*self._panes.values(), self._timeline], self._glyphs)
        return self._timeline

    def _entitle(self) -> None:
        """Each pane by its number and name. Where all borders look alike, an arrow tells the focused one."""
        for number, pane in enumerate(self._panes.values(), 1):
            mark = f"{self._glyphs.cursor} " if self._glyphs is ASCII and pane.has_focus else ""
            pane.border_title = literal(f"{mark}{number} {pane.TITLE}")

    def on_descendant_focus(self) -> None:
        self._entitle()

    def on_descendant_blur(self) -> None:
        self._entitle()

    # -- what is seen ------------------------------------------------------------------------------------------

    @property
    def with_detail(self) -> bool:
        return self._terminal[1] >= layout.TALL_HEIGHT if self._with_detail is None else self._with_detail

    @property
    def shown(self) -> list[Pane]:
        """The panes that are to be seen, the timeline last."""
        ids = layout.shown(self._current_layout, tab=self._tab, maximised=self._maximised, with_detail=self.with_detail)
        panes = [pane for pane in self._panes.values() if pane.ID in ids]
        return [*panes, self._timeline] if panes and self._timeline is not None else panes

    @property
    def focused(self) -> Pane | None:
        focused = self.screen.focused
        return focused if isinstance(focused, Pane) else None

    def tabs(self, *, a_tool_failed: bool) -> list[Piece]:
        """The tabs of the tabbed layout, the one on show marked, and that of the results where one is a failure."""
        warning = f"{self._glyphs.warning} "
        return [
            Piece(
                f" {number} {warning if a_tool_failed and pane.ID == 'results' else ''}{pane.TITLE} ",
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

    def show(self, moment: Moment) -> None:
        """Let the panes that are seen show this moment; where it is the last one, those that show more than it."""
        shown, transcript = self.shown, moment.transcript
        # The dialect, the end of the input, what is said beside it and what is found change what a moment looks like.
        known = (transcript.dialect, transcript.ended, transcript.noted, len(found_at(transcript, moment.n)))
        is_other = (moment, known, shown) != self._shown
        for pane in shown:
            if is_other or pane.ID in layout.GROWING:
                pane.show(moment)
        self._shown = moment, known, shown

    def _rearrange(self) -> None:
        shown = self.shown
        for pane in self._panes.values():
            pane.set_class(pane in shown, "-on", update=pane.is_attached)
        if shown and self.is_attached and self.focused not in shown:
            shown[0].focus()

    # -- what the user does with them --------------------------------------------------------------------------

    def focus_pane(self, id: str) -> None:
        """Focus this pane, and bring it to sight if it is not."""
        if id not in self._panes:
            return
        if id == layout.DETAIL and self._current_layout == "stacked":
            self._with_detail = True
        if id in layout.TABS:
            self._tab, self._tab_is_chosen = id, True
        if self._maximised is not None:
            self._maximised = id
        self._rearrange()
        self._panes[id].focus()

    def lead_to(self, kind: int) -> None:
        """Where one tab is seen, show the one in which something of this kind just came; the user's choice stays."""
        tab = _TAB_OF.get(kind, self._tab)
        if self._current_layout == "tabbed" and not self._tab_is_chosen and tab != self._tab:
            self._tab = tab
            self._rearrange()

    def focus_next(self, direction: int) -> None:
        """Focus the pane after or before the focused one, round and round, through the tabs as well."""
        ids = [id for id in self._panes if id != layout.DETAIL or self._current_layout == "tabbed" or self.with_detail]
        order = [*ids, layout.TIMELINE] if self._maximised is None else ids
        focused = self.focused
        at = order.index(focused.ID) + direction if focused is not None and focused.ID in order else 0
        id = order[at % len(order)]
        if id == layout.TIMELINE and self._timeline is not None:
            self._timeline.focus()
        else:
            self.focus_pane(id)

    def maximise(self) -> None:
        """Give the focused pane the whole body, or give the others their places back."""
        focused = self.focused
        if self._maximised is None and focused is not None and focused.ID in self._panes:
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

    @property
    def _detail_is_shown(self) -> bool:
        return any(pane.ID == layout.DETAIL for pane in self.shown)

    def next_detail(self) -> None:
        """Bring the detail to sight, or else show it in its next mode."""
        from inspector.ui.panes.detail import Detail

        detail = self._panes.get(layout.DETAIL)
        if self._detail_is_shown and isinstance(detail, Detail):
            detail.next_mode()
        elif self._current_layout == "tabbed" or self._maximised is not None:
            self.focus_pane(layout.DETAIL)
        else:
            self._with_detail = True
            self._rearrange()

    def show_bytes(self) -> None:
        """Bring the detail to sight with the bytes of the frame."""
        from inspector.ui.panes.detail import Detail

        detail = self._panes.get(layout.DETAIL)
        if isinstance(detail, Detail):
            detail.show_as("raw")
            self.focus_pane(layout.DETAIL)

    def toggle_detail(self) -> None:
        """Bring the detail to sight, or take it away."""
        if not self._detail_is_shown:
            self.next_detail()
            return
        self._with_detail = False
        if self._tab == layout.DETAIL:
            self._tab = layout.CALLS
        if self._maximised == layout.DETAIL:
            self._maximised = None
        self._rearrange()
