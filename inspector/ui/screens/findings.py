"""The list of findings, and the explanation of the one that is selected."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from inspector.findings.rule import SEVERITIES, Finding, Severity
from inspector.gate import clean
from inspector.ui.bar import Piece
from inspector.ui.border import on_border
from inspector.ui.clipboard import copy
from inspector.ui.document import Document
from inspector.ui.found import is_shown, tally_of, watcher_of
from inspector.ui.glyphs import Glyphs
from inspector.ui.looking import counted, counts, off, remarks, why_none
from inspector.ui.panes.explanation import Explanation
from inspector.ui.panes.finding_list import FindingRows
from inspector.ui.scrollbars import fit_scrollbars

CATCH_UP_S = 0.5
_NEXT: dict[Severity, Severity] = {"warn": "error", "error": "info", "info": "warn"}
_FILTERS: dict[Severity, str] = {"warn": "f no infos", "error": "f errors only", "info": "f all"}
_FAR = 1_000_000_000


class FindingList(ModalScreen[Finding | None]):
    """Gives the finding to be led to, `None` when left with esc. The document keeps which severities are listed."""

    CSS_PATH = "modals.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,exclamation_mark", "dismiss", "Back"),
        Binding("f", "filter", "Errors alone, all, or errors and warnings"),
        Binding("y", "copy", "Copy the explanation"),
        Binding("home,g", "ends(-1)", show=False),
        Binding("end,G", "ends(1)", show=False),
    ]

    def __init__(self, document: Document, glyphs: Glyphs) -> None:
        super().__init__()
        self._document = document
        self._glyphs = glyphs
        self._rows = FindingRows(glyphs=glyphs)
        self._explanation = Explanation(glyphs=glyphs)
        self._known: object = None  # what the list was made of

    def compose(self) -> ComposeResult:
        with Vertical(id="findings"):
            yield self._rows
            yield self._explanation

    def on_mount(self) -> None:
        fit_scrollbars([self._rows, self._explanation], self._glyphs)
        for pane in (self._rows, self._explanation):
            pane.show(self._document.moment)
        self._rows.focus()
        self.catch_up()
        self._begin_at_cursor()
        self.set_interval(CATCH_UP_S, self.catch_up)

    def catch_up(self) -> None:
        """Make the list anew where there is more to list, or less."""
        document = self._document
        transcript, watcher = document.transcript, watcher_of(document.transcript)
        size = watcher.tally.size if watcher is not None else 0
        known = (watcher, size, transcript.decoded, document.feed.state, transcript.dialect, document.least)
        if known == self._known:
            return
        self._known = known
        every = watcher.tally.all() if watcher is not None else []
        found = [each for each in every if is_shown(each, document.least)]
        self._rows.take(found, [*([] if found else [why_none(document)]), *remarks(document)])
        self._entitle()

    def on_resize(self) -> None:
        self.call_after_refresh(self._entitle)

    def _entitle(self) -> None:
        listed, hidden = counts(self._document, listed=True), counts(self._document, listed=False)
        rows = self._rows
        title = [Piece(f"Finding {rows.place + 1} of {len(rows.found)}: {listed}" if rows.found else "Findings")]
        title += [Piece(f"not listed: {hidden}", 1)] if hidden else []
        title += [Piece(f"{counted(left_out, 'rule')} off", 2)] if (left_out := off(self._document)) else []
        keys = [Piece("enter goes there", 1), Piece(_FILTERS[self._other_filter()], 2), Piece("y copies", 3)]
        keys += [Piece("tab scrolls", 4), Piece("esc closes")]
        width = self._rows.outer_size.width
        self._rows.border_title = on_border(title, width, separator="; ")
        self._rows.border_subtitle = on_border(keys, width, separator=", ")

    def _begin_at_cursor(self) -> None:
        """Select what the user was led to, or else the first finding from the cursor on."""
        document = self._document
        here = document.lit
        frames = [place for place, each in enumerate(self._rows.found) if each.frame >= document.cursor]
        self._rows.select(self._rows.found.index(here) if here in self._rows.found else min(frames, default=0))

    def on_finding_rows_selected(self) -> None:
        self._entitle()
        finding, watcher = self._rows.selected, watcher_of(self._document.transcript)
        rules = watcher.rules if watcher is not None and finding is not None else ()
        rule = next((rule for rule in rules if finding is not None and rule.code == finding.code), None)
        self._explanation.explain(finding, rule)
        self.query_one("#findings").set_class(finding is None, "-empty")

    def on_finding_rows_wanted(self) -> None:
        self.dismiss(self._rows.selected)

    def action_filter(self) -> None:
        self._document.least = self._other_filter()
        self.catch_up()

    def _other_filter(self) -> Severity:
        """The next one with which other findings are listed than now, if there is one."""
        now = self._document.least
        others = [_NEXT[now], _NEXT[_NEXT[now]]]
        return next((each for each in others if self._listed(each) != self._listed(now)), others[0])

    def _listed(self, least: Severity) -> int:
        """How many findings are as bad as that, or worse."""
        tally = tally_of(self._document.transcript)
        return sum(tally.counts[each] for each in SEVERITIES[: SEVERITIES.index(least) + 1]) if tally else 0

    def action_ends(self, which: int) -> None:
        self._rows.select(which * _FAR)

    def action_copy(self) -> None:
        said = copy(self._explanation.copy_text(), self.app.copy_to_clipboard)
        self.notify(clean(said), markup=False, timeout=4)
