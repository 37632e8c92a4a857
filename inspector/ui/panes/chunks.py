"""The list of frames: where the cursor is, what each frame says, and when it came. Knows no events."""

from __future__ import annotations

from collections import OrderedDict

from inspector import kinds
from inspector.gate import clean
from inspector.transcript import Transcript
from inspector.ui.found import Marks, Sign
from inspector.ui.glyphs import Glyphs
from inspector.ui.lines import Line, Rows, Span, View, cut, padded
from inspector.ui.moment import Canvas, Moment
from inspector.ui.pane import Pane
from inspector.ui.panes import label
from inspector.ui.text import empty_view
from inspector.ui.unread import nothing_came

NOTHING_YET = "No frames yet. They are listed here as they come in."
NOTHING = "No frames: the input is empty."
LARGE_BYTES = 256 * 1024  # a frame is not read only to name it in a list if it is larger than this
_KEPT_LABELS = 1024
_LEAST_FOR_TIME = 32  # cells of the pane; in a narrower one a label matters more than a time
_LARGE_WORDS = {
    kinds.TEXT: "text",
    kinds.REASONING: "reasoning",
    kinds.SYNTHESIS: "synthesis",
    kinds.CALL: "tool",
    kinds.STATUS: "status",
    kinds.RESULT: "result",
    kinds.UNDECODED: "undecoded",
    kinds.ERROR: "error",
}


class Labels:
    """The labels of the rows drawn last. They are made from the frames' bytes and cost nothing until drawn."""

    def __init__(self, transcript: Transcript, glyphs: Glyphs) -> None:
        self.transcript, self._glyphs = transcript, glyphs
        self._made: OrderedDict[int, Line] = OrderedDict()
        self._read_as: object = None

    def __call__(self, n: int) -> Line:
        transcript = self.transcript
        read_as = (transcript.dialect, transcript.ended, len(transcript.stages) > 1)
        if read_as != self._read_as:  # with another dialect, or at the end, frames may say something else
            self._made.clear()
            self._read_as = read_as
        made = self._made.get(n)
        if made is None:
            made = self._make(n)
            if n < transcript.decoded - 1:
                self._keep(n, made)
        return made

    def _keep(self, n: int, made: Line) -> None:
        self._made[n] = made
        if len(self._made) > _KEPT_LABELS:
            self._made.popitem(last=False)

    def _make(self, n: int) -> Line:
        transcript = self.transcript
        start, end = transcript.span(n)
        known = transcript.kinds
        kind = known[n] if n < len(known) else kinds.SILENT
        if end - start > LARGE_BYTES:
            return [Span(_LARGE_WORDS.get(kind, "frame")), Span(f" of {end - start:,} bytes", "dim")]
        events = transcript.events(n)
        said = label.of_events(events, kind, self._glyphs) if events else []
        return [*self._whose(n, label.choices_of(events)), *(said or label.of_frame(transcript.frame(n), self._glyphs))]

    def _whose(self, n: int, choices: set[int]) -> Line:
        """The stage and the choice, only where there are several."""
        stage = self.transcript.stage_at(n)
        if stage is None:
            return []
        begun = self.transcript.stages_index.turned_to(n) or [stage]
        parts = [f"s{each.number + 1:d}" for each in begun] if len(self.transcript.stages) > 1 else []
        if len(stage.choices) > 1:
            parts += [f"c{choice:d}" for choice in sorted(choices)]
        return [Span(" ".join(parts) + " ", "dim")] if parts else []


def view(moment: Moment, canvas: Canvas, labels: Labels) -> View:
    """A row a frame, made when it is drawn."""
    transcript, n = moment.transcript, moment.n
    count = transcript.framed
    if not count:
        nothing = NOTHING if transcript.exchanges.run is None else f"No frames. {nothing_came(transcript)}"
        return empty_view(nothing if transcript.ended else NOTHING_YET, canvas)
    digits = len(str(count - 1))
    times = _time_cells(transcript) if canvas.width >= _LEAST_FOR_TIME else 0
    marks = Marks(transcript, canvas.glyphs)

    def line(row: int) -> Line:
        return _line(moment, canvas, row, labels(row), digits, times, marks.worst(row, row + 1))

    return View([Rows(count, line, lambda row: row)], follow=max(n, 0))


def _line(moment: Moment, canvas: Canvas, row: int, said: Line, digits: int, times: int, mark: Sign | None) -> Line:
    transcript, n = moment.transcript, moment.n
    glyphs, here = canvas.glyphs, row == n
    number = f"{glyphs.cursor if here else ' '} {row:>{digits}d}"
    look = "strong" if here else "dim"
    numbered = [Span(f"{number}  ", look)] if mark is None else [Span(number, look), Span(*mark), Span(" ")]
    room = canvas.width - len(number) - 2 - (times + 1 if times else 0)
    line = [*numbered, *padded(cut(said, room, glyphs.cut), room)]
    if times:
        at_s = transcript.time_of(row)
        line.append(Span(f" {'' if at_s is None else f'+{at_s:.3f}s':>{times}}", "dim"))
    if here:
        line = [Span(text, f"cursor {look}".strip()) for text, look, _ in line]
    return line


def _time_cells(transcript: Transcript) -> int:
    """How wide the column of times is; 0 where none were recorded."""
    last_s = transcript.time_of(transcript.framed - 1)
    if last_s is None and (last_s := transcript.time_of(0)) is None:
        return 0
    return len(f"+{last_s:.3f}s")


class Chunks(Pane):
    ID = "chunks"
    TITLE = "Chunks"
    HELP = (
        "Every frame of the stream, in the order in which it came: its number, what it says, and when it was there. "
        "Up and down move the cursor one frame, page up and page down a screenful; a click moves it to that frame. "
        "The wheel looks elsewhere without moving the cursor. "
        "s2 and c1 before a label are its stage and its choice, where there are several. A cross or a warning sign "
        "after a number says that something was found in that frame: e goes to the next of them, ! lists them."
    )
    CONTEXT_ROWS = 3
    labels: Labels | None = None

    def view_at(self, moment: Moment, canvas: Canvas) -> View:
        if self.labels is None or self.labels.transcript is not moment.transcript:
            self.labels = Labels(moment.transcript, canvas.glyphs)
        return view(moment, canvas, self.labels)

    def copy_text(self) -> str:
        """What is selected with the mouse, or else the chunk under the cursor as it came, cleaned."""
        if self.text_selection is not None or self.moment is None or self.moment.n < 0:
            return super().copy_text()
        block = self.moment.transcript.frame(self.moment.n).block
        return clean(block.decode("utf-8", "replace").strip("\r\n"), multiline=True)

    def action_caret(self, rows: int, cells_right: int) -> None:
        self._want(rows)

    def action_page(self, pages: int) -> None:
        self._want(pages * max(self.scrollable_content_region.height - 1, 1))

    def _want(self, rows: int) -> None:
        if self.moment is not None and (last := self.moment.transcript.decoded - 1) >= 0:
            self.post_message(self.CursorWanted(min(max(self.moment.n + rows, 0), last)))
