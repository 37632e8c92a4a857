"""Every tool call of the choice on show: a header, the arguments as text with the first bad byte marked, and a tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from inspector import partial_tree
from inspector.calls import Call
from inspector.stage import ENDED
from inspector.ui.lines import BLANK, Block, Fixed, Link, Span, View
from inspector.ui.moment import Canvas, Moment
from inspector.ui.pane import Pane
from inspector.ui.panes.call_header import INDENT, Columns, columns_of, header, is_closed
from inspector.ui.panes.tree import open_signs, tree_block
from inspector.ui.panes.written import notes_of_twins, written_blocks
from inspector.ui.panes.written_calls import written
from inspector.ui.row import Stretch
from inspector.ui.text import empty_view, new_row, text_blocks
from inspector.ui.unread import nothing_read

TREE_BYTES = 16 * 1024  # arguments up to here have their tree open; it is made anew at every step
MOST_TREE_BYTES = 1024 * 1024
_TREE_IN_SIGHT = 4  # rows of the tree that are scrolled into sight along with the newest argument text
_EMPTY = "No tool calls yet. They appear here as the stream brings them."
_NONE = "No tool calls: in this choice of this stage the model called none."


class _Newest(NamedTuple):
    """Rows: the one to keep in sight, the one from which on all is new, and the one in which a caret begins."""

    follow: int
    new_from: int
    caret: int


def view(moment: Moment, canvas: Canvas) -> View:
    """Calls in order of appearance, each a header, its text and its tree; under them what was written as text."""
    calls, in_text = _calls(moment), written(moment, canvas)
    if not calls and not in_text:
        return empty_view(_reason(moment), canvas)
    blocks, newest = _listed(calls, notes_of_twins(in_text, canvas), moment, canvas) if calls else ([], None)
    if in_text:
        blocks += [*([BLANK] if calls else []), *written_blocks(in_text, moment, canvas)]
    if newest is None or (in_text and in_text[-1].frame > max(_last_frame(call, moment.n) for call in calls)):
        newest = _Newest(*[_height(blocks) - 1] * 3)
    return View(blocks, newest.follow, new_from=newest.new_from, newest=newest.caret)


def _listed(
    calls: Sequence[Call], twins: Mapping[int, Span], moment: Moment, canvas: Canvas
) -> tuple[list[Block], _Newest | None]:
    """The server's calls, by turn where there are several, and the rows of the one that grew last."""
    columns = columns_of(calls, moment, canvas)
    latest = max(calls, key=lambda call: (_last_frame(call, moment.n), call.slot))
    blocks: list[Block] = []
    newest = None
    turn = -1 if any(call.turn for call in calls) else 0  # which alone has no heading
    for call in calls:
        if blocks:
            blocks.append(BLANK)
        if call.turn != turn:
            turn = call.turn
            blocks.append(Fixed([[Span(f"turn {turn + 1:d}", "heading")]]))
        head, text, tree = _blocks(call, moment, canvas, columns, twins.get(call.slot))
        if call is latest:
            newest = _newest(_height(blocks), head, text, tree, moment.n, is_new=call.opened == moment.n)
        blocks += [head, *text, *tree]
    return blocks, newest


def _newest(above: int, head: Block, text: Sequence[Block], tree: Sequence[Block], n: int, *, is_new: bool) -> _Newest:
    """Where the newest of a call is that has so many rows above it."""
    text_from = above + head.height
    tree_from = text_from + _height(text)
    follow = tree_from - 1 + min(_height(tree), _TREE_IN_SIGHT)
    return _Newest(follow, above if is_new else text_from + new_row(text, n), tree_from - 1)


def _height(blocks: Sequence[Block]) -> int:
    return sum(block.height for block in blocks)


def _blocks(
    call: Call, moment: Moment, canvas: Canvas, columns: Columns, twin: Span | None
) -> tuple[Block, list[Block], list[Block]]:
    size = call.arguments.size_at(moment.n)
    verdict = call.verdict(size)
    good = size if verdict.first_bad_byte is None else verdict.first_bad_byte
    rows = _rows(call, "tree", good, canvas) if good <= _tree_limit(call, canvas) else []
    head = Fixed(header(call, moment, canvas, columns, verdict, open_signs(rows), twin))
    if not size:
        return head, [], []
    broken = [Stretch(good, good + 1, "broken")] if good < size else []
    is_open = verdict.state == "partial" and not is_closed(call, moment.n)
    text = text_blocks(moment, canvas, call.arguments, broken, indent=INDENT, open_end=is_open)
    return head, text, _tree(call, moment, canvas, rows, good)


# -- the tree -----------------------------------------------------------------------------------------------------


def _tree(call: Call, moment: Moment, canvas: Canvas, rows: Sequence[partial_tree.Row], good: int) -> list[Block]:
    link = partial(_began, call, good, canvas)
    if good > TREE_BYTES:
        unfolded = _fold_name(call) in canvas.unfolded
        return [_fold_line(call, canvas, good), *([tree_block(rows, None, canvas, INDENT, link)] if unfolded else [])]
    start, end = call.arguments.span_of(moment.n)
    before = _rows(call, "tree before", min(start, good), canvas) if end > start else None
    return [tree_block(rows, before, canvas, INDENT, link)]


def _began(call: Call, good: int, canvas: Canvas, row: int) -> Link | None:
    """The frame in which the value of a row of the tree began."""
    arguments = call.arguments
    starts = canvas.wraps.once(call, "starts", lambda: partial_tree.starts(arguments.slice(0, good)), of=good)
    return arguments.frame_of(starts[row]) if row < len(starts) else None


def _rows(call: Call, part: str, size: int, canvas: Canvas) -> Sequence[partial_tree.Row]:
    return canvas.wraps.once(call, part, lambda: partial_tree.rows(call.arguments.slice(0, size)), of=size)


def _tree_limit(call: Call, canvas: Canvas) -> int:
    return MOST_TREE_BYTES if _fold_name(call) in canvas.unfolded else TREE_BYTES


def _fold_line(call: Call, canvas: Canvas, size: int) -> Block:
    name, glyphs = _fold_name(call), canvas.glyphs
    if size > MOST_TREE_BYTES:
        return Fixed([[Span(f"{'':{INDENT}}no tree of {size:,} bytes: too many to unfold", "note")]])
    unfolded = name in canvas.unfolded
    text = f"{glyphs.unfolded if unfolded else glyphs.folded} tree of {size:,} bytes"
    return Fixed([[Span(" " * INDENT), Span(text, "dim", name)]])


def _fold_name(call: Call) -> str:
    return f"tree {call.slot:d}"


# -- which calls --------------------------------------------------------------------------------------------------


def _calls(moment: Moment) -> list[Call]:
    chosen = moment.chosen
    return [call for call in chosen.calls if call.opened <= moment.n] if chosen else []


def _reason(moment: Moment) -> str:
    """Why there is no call to see."""
    if (why := nothing_read(moment)) is not None:
        return why
    stage = moment.stage
    return _NONE if stage is not None and stage.phase.at(moment.n) in ENDED else _EMPTY


def _last_frame(call: Call, n: int) -> int:
    size = call.arguments.size_at(n)
    return max(call.opened, call.arguments.frame_of(size - 1) if size else -1)


class Calls(Pane):
    ID = "calls"
    TITLE = "Tool calls"
    HELP = (
        "Every tool call: its number in order of appearance, name, id, and what its arguments are worth as JSON: "
        "empty, open, valid, broken since a byte of a chunk (a click on that leads there), or unfinished when the turn "
        "ended. Under it the arguments as text and as a tree. Calls that the model wrote as plain text, in its answer "
        "or its reasoning, stand under a heading of their own, with their format: these are none of the server's. "
        "Where the server sent the same call too, both say so. Texts of over 64 KiB are not looked through for such "
        "calls. What the frame at the cursor brought is underlined. "
        "Up and down move a caret by lines, shift+left and shift+right by characters; enter, or a click, goes to the "
        "frame that brought the character, or in which the value of a row of the tree began. On a folded tree they "
        "unfold it."
    )

    def view_at(self, moment: Moment, canvas: Canvas) -> View:
        return view(moment, canvas)
