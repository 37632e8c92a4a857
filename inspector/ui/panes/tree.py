"""JSON rows as lines: keys and values of one object in two columns, what the frame added in its own look.

Makes no rows and reads no JSON: `partial_tree` does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from inspector.gate import clean
from inspector.partial_tree import Row
from inspector.ui.lines import Line, Link, Rows, Span, cells, cut
from inspector.ui.moment import Canvas
from inspector.ui.text import width_of

_WIDEST_KEY = 24
_LOOKS = {"string": "string", "number": "number", "bool": "word", "null": "word", "object": "dim", "array": "dim"}


def tree_block(
    rows: Sequence[Row], before: Sequence[Row] | None, canvas: Canvas, indent: int, link: Callable[[int], Link | None]
) -> Rows:
    """`before` are the rows without what the frame added; `None` where nothing was added.

    `link` says where one of the rows leads; it is not asked where some could not be read.
    """
    rows, top = _inside(rows)
    before = None if before is None else _inside(before)[0]
    names, widths = _names(rows)

    def line(at: int) -> Line:
        row = rows[at]
        edge = Span(" " * indent + canvas.glyphs.edge + "  " * (row.depth - top), "faint")
        name = [Span(names[at].ljust(widths[at] + 2), "dim" if row.key is None else "key")] if names[at] else []
        added = None if before is None else _added(row, before[at] if at < len(before) else None)
        room = canvas.width - cells([edge, *name])
        return [edge, *name, *_value(row, added, canvas, room)]

    return Rows(len(rows), line, lambda at: None if rows[-1].kind == "error" else link(at + top))


def open_signs(rows: Sequence[Row]) -> str:
    """What is still open, outermost first, as `{ [ "`."""
    signs = {"object": "{", "array": "[", "string": '"'}
    return " ".join(signs[row.kind] for row in rows if row.open and row.kind in signs)


def _inside(rows: Sequence[Row]) -> tuple[Sequence[Row], int]:
    """Without the object or the array at the top, as what it holds is seen anyway; and the depth that is left.

    What could not be read comes last, so that rows stay in their places whether there is such a thing or not.
    """
    values = [row for row in rows if row.kind != "error"]
    errors = [row for row in rows if row.kind == "error"]
    inside = bool(values) and values[0].kind in ("object", "array")
    return [*values[inside:], *(row._replace(depth=int(inside)) for row in errors)], int(inside)


def _names(rows: Sequence[Row]) -> tuple[list[str], list[int]]:
    """What stands before each value, a key or the number of an item, and how wide that column is where it stands."""
    names: list[str] = []
    widths = [0] * len(rows)
    columns: list[list[int]] = []  # for each depth, the rows of the container that is read there
    counts: list[int] = []
    for at, row in enumerate(rows):
        while len(columns) > row.depth + 1:
            _align(columns.pop(), names, widths)
            counts.pop()
        while len(columns) <= row.depth:
            columns.append([])
            counts.append(0)
        names.append(_name(row, counts[row.depth]))
        counts[row.depth] += 1
        columns[row.depth].append(at)
    for column in columns:
        _align(column, names, widths)
    return names, widths


def _name(row: Row, number: int) -> str:
    if row.key is not None:
        return clean(row.key[: 4 * _WIDEST_KEY])
    return f"{number:d}" if row.depth and row.kind != "error" else ""


def _align(column: Sequence[int], names: Sequence[str], widths: list[int]) -> None:
    width = width_of([names[at] for at in column], _WIDEST_KEY)
    for at in column:
        widths[at] = width


def _added(row: Row, before: Row | None) -> int | None:
    """From which character on the value is new; `None` if it is not."""
    if before is not None and (before.depth, before.key, before.kind) == (row.depth, row.key, row.kind):
        if row.text == before.text or row.kind not in ("string", "number"):
            return None
        return len(before.text) if row.text.startswith(before.text) else 0
    return 0


def _value(row: Row, added: int | None, canvas: Canvas, room: int) -> Line:
    """What there is room for: the end of a value that still grows, the beginning of any other."""
    glyphs = canvas.glyphs
    if row.kind == "error":
        return cut([Span(f"{glyphs.warning} {clean(row.text)}", "warning")], room, glyphs.cut)
    look, quote = _LOOKS[row.kind], '"' if row.kind == "string" else ""
    text = row.text
    skipped = max(len(text) - room + 4, 0) if row.open else 0
    old = text[skipped:] if added is None else text[skipped : max(added, skipped)]
    new = text[skipped + len(old) :]
    spans = [Span(quote + (glyphs.cut if skipped else "") + clean(old[:room]), look)]
    spans += [Span(clean(new[:room]), f"{look} added")] if new else []
    end = Span(glyphs.partial, "end") if row.open else Span(quote, look)
    return cut([*spans, end], room, glyphs.cut)
