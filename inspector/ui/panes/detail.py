"""One frame as it came: in words, as JSON laid out, in hexadecimal, raw. Knows which of these is on show."""

from __future__ import annotations

from typing import Literal, TypeAlias

from inspector.transcript import Transcript
from inspector.ui.found import found_at
from inspector.ui.glyphs import UNICODE, Glyphs
from inspector.ui.lines import View
from inspector.ui.moment import Canvas, Moment
from inspector.ui.pane import Pane
from inspector.ui.panes.fields import fields_block
from inspector.ui.panes.finding_lines import chosen, finding_block
from inspector.ui.panes.source import as_hex, as_json, as_raw
from inspector.ui.text import empty_view
from inspector.ui.unread import nothing_read
from inspector.wire.frame import Frame

Mode: TypeAlias = Literal["raw", "fields", "json", "hex"]
MODES: tuple[Mode, ...] = ("raw", "fields", "json", "hex")
SUBTITLES: dict[Mode, str] = {
    "raw": "[b u]raw[/] fields json hex",
    "fields": "raw [b u]fields[/] json hex",
    "json": "raw fields [b u]json[/] hex",
    "hex": "raw fields json [b u]hex[/]",
}
_WAYS = {"raw": as_raw, "json": as_json, "hex": as_hex}
_NOTHING = "No frame yet. The frame at the cursor is shown here as it came."


def view(moment: Moment, canvas: Canvas, frame: Frame | None, mode: Mode) -> View:
    """`frame` is the one at the cursor."""
    if frame is None:
        return empty_view(nothing_read(moment) or _NOTHING, canvas)
    found = found_at(moment.transcript, frame.number)
    lit = chosen(found, moment.lit)
    above = [finding_block(found, lit, canvas)] if lit is not None else []
    if mode == "fields":
        return View([*above, fields_block(moment, frame, canvas)], follow=0)
    shown = _WAYS[mode](frame, canvas, None if lit is None else (lit.start, lit.end))
    blocks = [*above, *shown.blocks]
    if moment.lit is None:
        return View(blocks, follow=0)
    first, last = (above[0].height + row for row in shown.rows)
    return View(blocks, follow=last, new_from=first)


class Detail(Pane):
    ID = "detail"
    TITLE = "Detail"
    HELP = (
        "The frame at the cursor as it came, in four ways: its bytes as text; in words, with its time, its field "
        "lines, what it says and what its chunk holds; its JSON laid out, the first bad byte marked; and in "
        "hexadecimal with offsets in the whole input. What was found in the frame stands above; the bytes that the "
        "first of it, or what you were led to, is about are marked, but in words. "
        "Up and down move a caret by lines."
    )

    def __init__(self, *, glyphs: Glyphs = UNICODE, classes: str | None = None) -> None:
        super().__init__(glyphs=glyphs, classes=classes)
        self.mode: Mode = "fields"
        self.border_subtitle = SUBTITLES[self.mode]
        self._frame: tuple[Transcript, bool, Frame] | None = None  # the last one read

    def next_mode(self) -> None:
        """Raw bytes, fields, pretty JSON, hex, and round again."""
        self.show_as(MODES[(MODES.index(self.mode) + 1) % len(MODES)])

    def show_as(self, mode: Mode) -> None:
        self.mode = mode
        self.border_subtitle = SUBTITLES[self.mode]
        self.caret = None
        self._remake(follow=True)

    def view_at(self, moment: Moment, canvas: Canvas) -> View:
        return view(moment, canvas, self._read(moment), self.mode)

    def _read(self, moment: Moment) -> Frame | None:
        """The frame at the cursor, read once as long as the cursor stays."""
        transcript, n = moment.transcript, moment.n
        if not 0 <= n < transcript.framed:
            return None
        kept = self._frame
        if kept is None or kept[0] is not transcript or kept[1] != transcript.ended or kept[2].number != n:
            kept = self._frame = (transcript, transcript.ended, transcript.frame(n))
        return kept[2]
