"""Every tool call of the choice on show: a header, the arguments as text with the first bad byte marked, and a tree."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

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


def view(moment: Moment, canvas: Canvas) -> View:
    """Calls in order of appearance, each a header, its text and its tree; under them what was written as text."""
    calls, in_text = _calls(moment), written(moment, canvas)
    as_text, twins = written_blocks(in_text, moment, canvas), notes_of_twins(in_text, canvas)
    if not calls:
        return (
            View(as_text, sum(each.height for each in as_text) - 1) if as_text else empty_view(_reason(moment), canvas)
        )
    columns = columns_of(calls, moment, canvas)
    several_turns = any(call.turn for call in calls)
    latest = max(calls, key=lambda call: (_last_frame(call, moment.n), call.slot))
    blocks: list[Block] = []
    follow, new_from, newest, turn = 0, 0, 0, -1
    for call in calls:
        if blocks:
            blocks.append(BLANK)
        if several_turns and call.turn != turn:
            turn = call.turn
            blocks.append(Fixed([[Span(f"turn {turn + 1:d}", "heading")]]))
        head, text, tree = _blocks(call, moment, canvas, columns, twins.get(call.slot))
        blocks += [head, *text, *tree]
        if call is latest:
            above = sum(block.height for block in blocks)
            tree_height = sum(block.height for block in tree)
            follow = above - 1 - tree_height + min(tree_height, _TREE_IN_SIGHT)
            newest = above - tree_height - 1
            text_height = sum(block.height for block in text)
            new_from = above - tree_height - text_height
            new_from = new_from - head.height if call.opened == moment.n else new_from + new_row(text, moment.n)
    blocks += [BLANK, *as_text] if as_text else []
    if in_text and in_text[-1].frame > _last_frame(latest, moment.n):
        follow = new_from = newest = sum(block.height for block in blocks) - 1
    return View(blocks, follow, new_from=new_from, newest=newest)


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
