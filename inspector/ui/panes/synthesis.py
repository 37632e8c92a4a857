"""What the assistant wrote: the answer, and above it what it thought, said before the tools, and refused."""

from __future__ import annotations

from typing import NamedTuple

from inspector.choice import Choice
from inspector.gate import clean
from inspector.stage import ENDED, Stage
from inspector.tracks import TextTrack
from inspector.ui.lines import BLANK, Block, Fixed, Line, Span, View, cut, wrapped
from inspector.ui.moment import Canvas, Moment
from inspector.ui.pane import Pane
from inspector.ui.panes.call_header import FINISHES
from inspector.ui.text import empty_view, new_row, text_blocks
from inspector.ui.unread import errors_told, nothing_read

_NOT_YET = "No text yet. What the assistant writes appears here, the answer after the tools below everything else."
_CALLS_ONLY = "No text yet: so far the model only called tools. The answer appears here when it has their results."
_NONE = "No text: the assistant wrote none in this stage."
_REASONING = "reasoning"
_ENDS = {
    "cancelled": "cancelled",
    "cut": "cut: the input ended before the stage did",
}


class Section(NamedTuple):
    """One text under its heading; the answer stands alone without one."""

    name: str
    track: TextTrack
    last_frame: int


def view(moment: Moment, canvas: Canvas) -> View:
    """Sections in a fixed order, and how the stage ended under them."""
    stage, choice = moment.stage, moment.chosen
    sections = _sections(stage, choice, moment.n) if stage and choice else []
    ending = _ending(stage, choice, moment, canvas, bool(sections)) if stage else []
    if not sections:
        reason = nothing_read(moment) or _reason(stage, choice, moment.n)
        return View([*empty_view(reason, canvas).blocks, *_apart([Fixed(ending)])], empty=None if ending else reason)
    latest = max(sections, key=lambda section: section.last_frame)
    is_open = stage is not None and stage.phase.at(moment.n) not in ENDED and not ending
    blocks: list[Block] = []
    follow = new_from = 0
    for section in sections:
        blocks += [BLANK] if blocks else []
        alone = len(sections) == 1 and section.name == "answer"
        own = _blocks(section, moment, canvas, alone=alone, open_end=is_open and section is latest)
        if section is latest:
            new_from = sum(block.height for block in blocks) + new_row(own, moment.n)
            follow = sum(block.height for block in [*blocks, *own]) - 1
        blocks += own
    if ending:
        follow += len(ending) + 1 if latest is sections[-1] else 0
    return View([*blocks, *_apart([Fixed(ending)])], follow, new_from=min(new_from, follow))


def _blocks(section: Section, moment: Moment, canvas: Canvas, *, alone: bool, open_end: bool) -> list[Block]:
    if section.name == _REASONING:
        return _reasoning(section, moment, canvas, open_end=open_end)
    heading: list[Block] = [] if alone else [Fixed([[Span(section.name, "heading")]])]
    return [*heading, *text_blocks(moment, canvas, section.track, open_end=open_end)]


def _reasoning(section: Section, moment: Moment, canvas: Canvas, *, open_end: bool) -> list[Block]:
    """Folded to one line, which shows its end while it grows."""
    glyphs = canvas.glyphs
    unfolded = _REASONING in canvas.unfolded
    size = section.track.size_at(moment.n)
    sign = glyphs.unfolded if unfolded else glyphs.folded
    head = [Span(f"{sign} {section.name}", "heading", _REASONING), Span(f"  {size:,} bytes", "dim", _REASONING)]
    text = text_blocks(moment, canvas, section.track, look="reasoning", indent=2, open_end=open_end)
    if unfolded:
        return [Fixed([cut(head, canvas.width, glyphs.cut)]), *text]
    if not open_end:
        head.append(Span("  enter unfolds", "faint", _REASONING))
        return [Fixed([cut(head, canvas.width, glyphs.cut)])]
    return [Fixed([head, text[-1].line(text[-1].height - 1)])]


def _sections(stage: Stage, choice: Choice, n: int) -> list[Section]:
    """The texts that there are after frame `n`."""
    has_answer_of_its_own = choice.index == 0 and stage.synthesis.size_at(n) > 0
    with_tools = has_answer_of_its_own or any(call.opened <= n for call in choice.calls)
    found = [
        (_REASONING, choice.reasoning),
        ("before and with the tool calls" if with_tools else "answer", choice.content),
        ("refusal", choice.refusal),
        *([("answer", stage.synthesis)] if has_answer_of_its_own else []),
    ]
    return [Section(name, track, track.frame_of(size - 1)) for name, track in found if (size := track.size_at(n))]


def _ending(stage: Stage, choice: Choice | None, moment: Moment, canvas: Canvas, has_text: bool) -> list[Line]:
    """Why the text goes no further. Of chunks that no dialect reads, the rest of the pane has said that."""
    n, glyphs = moment.n, canvas.glyphs
    is_read = moment.transcript.dialect != "raw"
    lines: list[Line] = []
    given = [pair for pair in choice.finish.history() if pair[0] <= n] if choice else []
    began = stage.synthesis_from if stage.synthesis_began(n) else None
    # What ended the calls does not end the answer.
    if given and (began is None or given[-1][0] >= began) and (has_text or given[-1][1] != "tool_calls"):
        frame, finish = given[-1]
        look = "added" if frame == n else ""
        more = f": {FINISHES[finish]}" if finish in FINISHES else ""
        sign = f"{glyphs.warning} " if more else ""
        lines.append(
            [Span(f"{sign}finish ", "warning" if more else "dim", frame), Span(clean(finish) + more, look, frame)]
        )
    if (error := stage.error.at(n)) is not None and (is_read or error not in errors_told(moment)):
        frame = max(frame for frame, _ in stage.error.history() if frame <= n)
        look = "added" if frame == n else ""
        lines.append([Span(f"{glyphs.invalid} error: ", "bad", frame), Span(clean(error), look, frame)])
    elif (phase := stage.phase.at(n)) in _ENDS and (is_read or phase != "cut"):
        lines.append([Span(f"{glyphs.invalid} {_ENDS[phase]}", "bad")])
    return [row for line in lines for row in wrapped(line, canvas.width)]


def _apart(blocks: list[Block]) -> list[Block]:
    """With an empty line before them, if there is anything."""
    return [BLANK, *blocks] if any(block.height for block in blocks) else []


def _reason(stage: Stage | None, choice: Choice | None, n: int) -> str:
    if stage is not None and stage.phase.at(n) in ENDED:
        return _NONE
    return _CALLS_ONLY if choice and any(call.opened <= n for call in choice.calls) else _NOT_YET


class Synthesis(Pane):
    ID = "synthesis"
    TITLE = "Synthesis"
    HELP = (
        "What the assistant wrote. The answer comes last; what it wrote before or with the tool calls, what it thought "
        "and what it refused stand above it. Reasoning is folded: enter unfolds it as long as no caret "
        "is set, and on its heading; so does a click there. "
        "What the frame at the cursor brought is underlined. "
        "Up and down move a caret by lines, shift+left and shift+right by characters; enter, or a click, goes to the "
        "frame that brought the character."
    )

    def view_at(self, moment: Moment, canvas: Canvas) -> View:
        return view(moment, canvas)
