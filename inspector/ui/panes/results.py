"""What the tools gave back, each beside the call it answers, and what is still owed. Says so where a wire has none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from inspector.calls import Call
from inspector.gate import clean
from inspector.run import running, seconds
from inspector.stage import ENDED, Result, Stage
from inspector.ui.lines import Block, Fixed, Line, Span, View, cells, cut, wrapped
from inspector.ui.moment import Canvas, Moment
from inspector.ui.pane import Pane
from inspector.ui.text import empty_view, text_blocks, width_of
from inspector.ui.unread import nothing_read

SHOWN_CHARACTERS = 64 * 1024  # of one result; more when it is unfolded
MOST_CHARACTERS = 1024 * 1024
_INDENT = 2
RUNNING = "running_tools"  # the status of a run whose tools are
_NOT_SENT = {  # by dialect, where the wire never carries results
    "openai-chat": "No tool results on this wire: chat servers do not send them. The program that asked the model "
    "runs the tools, and sends the results with its next request.",
    "agent": "No tool results on this wire: an agent server runs the tools itself and only says that it did.",
}
_NOT_YET = "No tool results yet. They appear here, each beside its call, when the tools have run."
_NONE = "No tool result came in this stage."


class Answer(NamedTuple):
    """A result and the calls whose id it names; `tool_format` where that is a call recovered from text."""

    result: Result
    calls: Sequence[Call]
    tool_format: str | None = None

    @property
    def name(self) -> str:
        known = [name for call in self.calls if (name := call.name.last)]
        return clean(self.result.name or (known[0] if known else ""))


def view(moment: Moment, canvas: Canvas) -> View:
    """Results in the order in which they came, then the calls without one."""
    stage = moment.stage
    if stage is None:
        return empty_view(_reason(moment, None), canvas)
    answers = _answers(stage, moment.n)
    columns = _columns(stage, answers, moment.n, canvas)
    blocks: list[Block] = [Fixed(_status_lines(stage, moment, canvas))]
    reason = None if answers else _reason(moment, stage)
    blocks += empty_view(reason, canvas).blocks if reason else []
    new_from: int | None = None
    for answer in answers:
        if new_from is None and answer.result.frame == moment.n:
            new_from = sum(block.height for block in blocks)
        blocks += _blocks(answer, moment, canvas, columns)
    follow = sum(block.height for block in blocks) - 1 if answers else None
    owed = Fixed([*_running(stage, moment, canvas, columns), *_owed(stage, moment, canvas, columns)])
    is_empty = not answers and not blocks[0].height and not owed.height
    return View([*blocks, owed], follow, new_from=new_from, empty=reason if is_empty else None)


# -- one result ---------------------------------------------------------------------------------------------------


def _blocks(answer: Answer, moment: Moment, canvas: Canvas, columns: tuple[int, int]) -> list[Block]:
    """One line where it fits, else the result under its header."""
    result, glyphs = answer.result, canvas.glyphs
    head = _head(answer, moment, canvas, columns)
    notes = _notes(answer, canvas)
    arrow = Span(f"{glyphs.arrow} ", "dim")
    room = canvas.width - cells([*head, arrow])
    content = result.content
    if not notes and len(content) <= room and "\n" not in content and cells([Span(clean(content))]) <= room:
        look = "added" if result.frame == moment.n else ""
        said = Span(clean(content), look, result.frame) if content else Span("(empty)", "dim", result.frame)
        return [Fixed([[*head, arrow, said]])]
    shown = MOST_CHARACTERS if _fold_name(answer) in canvas.unfolded else SHOWN_CHARACTERS
    track = canvas.wraps.track(result, "result", result.frame, content[:shown])
    text = text_blocks(moment, canvas, track, indent=_INDENT)
    more = _more(answer, len(content) - shown, shown, canvas) if len(content) > shown else []
    named: Line = [*head, *notes]  # why a tool failed is never cut
    lines = [cut(named, canvas.width, glyphs.cut)] if result.failure is None else wrapped(named, canvas.width)
    return [Fixed(lines), *text, *more]


def _head(answer: Answer, moment: Moment, canvas: Canvas, columns: tuple[int, int]) -> list[Span]:
    result = answer.result
    added = " added" if result.frame == moment.n else ""
    call_id = clean(result.call_id or "") or canvas.glyphs.dash
    return [
        *_column([Span(call_id, f"dim{added}", result.frame)], columns[0], canvas),
        Span("  "),
        *_column([Span(answer.name or canvas.glyphs.dash, "strong", result.frame)], columns[1], canvas),
        Span(" "),
    ]


def _column(line: Line, width: int, canvas: Canvas) -> list[Span]:
    drawn = cut(line, width, canvas.glyphs.cut)
    return [*drawn, Span(" " * (width - cells(drawn)))]


def _columns(stage: Stage, answers: Sequence[Answer], n: int, canvas: Canvas) -> tuple[int, int]:
    """How wide ids and names are, so that they stand under one another."""
    calls, tools = _calls(stage, n), running(stage, n)
    ids = [*(a.result.call_id for a in answers), *(call.id.first_at(n) for call in calls), *(t.call_id for t in tools)]
    names = [*(a.name for a in answers), *(call.name.at(n) for call in calls), *(t.name for t in tools)]
    widest = canvas.width // 4
    return max(width_of(_clean(ids), widest), 1), max(width_of(_clean(names), widest), 1)


def _clean(texts: Sequence[str | None]) -> list[str]:
    return [clean(text or "") for text in texts]


def _notes(answer: Answer, canvas: Canvas) -> list[Span]:
    notes = _whose(answer, canvas)
    if answer.result.failure is not None:
        failed = Span(f"{canvas.glyphs.invalid} failed: {clean(answer.result.failure)}", "bad")
        return [failed, *([Span(f" {canvas.glyphs.dot} ", "faint"), *notes] if notes else [])]
    return notes


def _whose(answer: Answer, canvas: Canvas) -> list[Span]:
    """What is unusual about the call that a result names."""
    warning = canvas.glyphs.warning
    if answer.result.call_id is None:
        return [Span("the wire names no call", "dim")]
    if answer.tool_format is not None:
        return [Span(f"the call was written as text, format {clean(answer.tool_format)}", "dim")]
    if not answer.calls:
        return [Span(f"{warning} no call has this id", "warning")]
    return [Span(f"{warning} {len(answer.calls)} calls have this id", "warning")] if len(answer.calls) > 1 else []


def _more(answer: Answer, rest: int, shown: int, canvas: Canvas) -> list[Block]:
    if shown == MOST_CHARACTERS:
        return [Fixed([[Span(f"{'':{_INDENT}}{rest:,} more characters are not shown", "note")]])]
    text = f"{canvas.glyphs.folded} {rest:,} more characters: enter shows them"
    return [Fixed([[Span(" " * _INDENT), Span(text, "note", _fold_name(answer))]])]


def _fold_name(answer: Answer) -> str:
    return f"result {answer.result.frame:d} {answer.result.call_id}"


# -- all of them --------------------------------------------------------------------------------------------------


def _answers(stage: Stage, n: int) -> list[Answer]:
    calls: dict[str, list[Call]] = {}
    for call in _calls(stage, n):
        for call_id in dict.fromkeys(value for frame, value in call.id.history() if frame <= n):
            calls.setdefault(call_id, []).append(call)
    formats = {aside.call_id: aside.tool_format for frame, aside in list(stage.recovered) if frame <= n}
    results = [each for each in list(stage.results) if each.frame <= n]
    return [Answer(each, calls.get(each.call_id or "", []), formats.get(each.call_id or "")) for each in results]


def _running(stage: Stage, moment: Moment, canvas: Canvas, columns: tuple[int, int]) -> list[Line]:
    """The tools of a run of ours that run, while their seconds are counted."""
    if moment.now_s is None:
        return []
    lines = []
    for each in running(stage, moment.n):
        said = f"{canvas.glyphs.partial} {seconds(each, moment.now_s)} s of {each.limit_s:g} s at most"
        lines.append(_without(Answer(Result(moment.n, each.call_id, each.name, ""), ()), said, moment, canvas, columns))
    return lines


def _owed(stage: Stage, moment: Moment, canvas: Canvas, columns: tuple[int, int]) -> list[Line]:
    """The other calls that some result should have named by now."""
    n = moment.n
    answered = {each.call_id for each in list(stage.results) if each.frame <= n}
    over = stage.phase.at(n) in ENDED
    is_unsaid = moment.transcript.dialect in _NOT_SENT and not stage.is_run
    if None in answered or is_unsaid or not (over or stage.synthesis_began(n) or _is_running(stage, n)):
        return []
    if moment.now_s is not None:
        answered.update(each.call_id for each in running(stage, n))
    said = f"{canvas.glyphs.empty} no result came" if over else f"{canvas.glyphs.partial} no result yet"
    owing = [(call, call_id) for call in _calls(stage, n) if (call_id := call.id.first_at(n)) not in {None, *answered}]
    return [
        _without(Answer(Result(call.opened, call_id, call.name.at(n), ""), [call]), said, moment, canvas, columns)
        for call, call_id in owing
    ]


def _without(named: Answer, said: str, moment: Moment, canvas: Canvas, columns: tuple[int, int]) -> Line:
    """A call, and why it has no result."""
    return cut([*_head(named, moment, canvas, columns), Span(said, "warning")], canvas.width, canvas.glyphs.cut)


def _is_running(stage: Stage, n: int) -> bool:
    """Whether a run of ours has begun to run the tools."""
    return stage.is_run and any(each.status == RUNNING and each.frame <= n for each in list(stage.statuses))


def _status_lines(stage: Stage, moment: Moment, canvas: Canvas) -> list[Line]:
    """What an agent server or a run said it was doing; what it said several times in a row is one line."""
    lines: list[Line] = []
    seen = [status for status in list(stage.statuses) if status.frame <= moment.n]
    for words, alike in groupby(seen, key=lambda status: status.status):
        frames = [status.frame for status in alike]
        added = " added" if frames[-1] == moment.n else ""
        said = Span(clean(words), f"status{added}", frames[-1])
        times = f" {canvas.glyphs.dot} {len(frames):d} times" if len(frames) > 1 else ""
        line = [Span("status ", "dim"), said, Span(f"  frame {frames[-1]:d}{times}", "faint")]
        lines.append(cut(line, canvas.width, canvas.glyphs.cut))
    return [*lines, ()] if lines else []


def _reason(moment: Moment, stage: Stage | None) -> str:
    transcript = moment.transcript
    if (why := nothing_read(moment)) is not None:
        return why
    is_run = stage is not None and stage.is_run
    if transcript.decoded and not is_run and (why := _NOT_SENT.get(transcript.dialect)) is not None:
        return why
    return _NONE if stage is not None and stage.phase.at(moment.n) in ENDED else _NOT_YET


def _calls(stage: Stage, n: int) -> list[Call]:
    return [call for choice in list(stage.choices.values()) for call in choice.calls if call.opened <= n]


class Results(Pane):
    ID = "results"
    TITLE = "Tool results"
    HELP = (
        "What the tools gave back: the id of the call, its name, and the result. It is said where a result names no "
        "known call, or no result names a call. Of servers that only tell what they are doing, the statuses are here. "
        "Up and down move a caret; enter, or a click, goes to the frame that brought what is there."
    )

    def view_at(self, moment: Moment, canvas: Canvas) -> View:
        return view(moment, canvas)
