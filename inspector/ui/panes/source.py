"""The bytes of a frame as text, as JSON laid out, and in hexadecimal. Of a large frame the first part is enough.

Parses nothing: what is no JSON is laid out by its signs, and the first bad byte is marked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from inspector.json_layout import lay_out
from inspector.json_scan import JsonScanner
from inspector.tracks import decode
from inspector.ui.lines import Block, Fixed, Line, Rows, Span, cut
from inspector.ui.moment import Canvas
from inspector.ui.row import Stretch
from inspector.ui.text import Text, empty_view
from inspector.wire.frame import Frame

SHOWN_BYTES = 16 * 1024  # of a larger frame; more when it is unfolded
MOST_BYTES = 256 * 1024
MORE = "more of the frame"
_LOOKS = {"key": "key", "string": "string", "number": "number", "word": "word", "sign": "dim"}
_FIELD = re.compile(rb"^[a-z]*:", re.MULTILINE)
_LINE_END = re.compile(rb"\n")
_NO_DATA = "This frame has no data, so there is no JSON in it. Its bytes are in the raw view."


def raw_blocks(frame: Frame, canvas: Canvas, found: tuple[int, int] | None = None) -> list[Block]:
    """The bytes as text, line ends drawn; what is no UTF-8 is U+FFFD, and itself in hexadecimal.

    `found` are the bytes of the input that a finding is about: they are marked, and shown however far on they are.
    """
    start, end = (found[0] - frame.start, found[1] - frame.start) if found is not None else (0, 0)
    block = frame.block[: max(_shown(canvas), min(end, MOST_BYTES))]
    track = canvas.wraps.track(frame, "raw", frame.number, block.decode("utf-8", "replace"))
    size = track.size
    text = track.slice(0, size)
    marks = [Stretch(*match.span(), "key") for match in _FIELD.finditer(text)]
    marks += [Stretch(*match.span(), "faint") for match in _LINE_END.finditer(text)]
    wrapped = canvas.wraps.at(track, size, max(canvas.width - 1, 1), words=False)
    lit = Stretch(_drawn_at(block, start), _drawn_at(block, end), "found")
    stretches = [lit] if lit.start < lit.end else []
    drawn = Text(track, wrapped, stretches, paint=sorted(marks), newline=canvas.glyphs.newline)
    return [drawn, *_more(frame.end - frame.start - len(block), canvas)]


def first_found_row(blocks: Sequence[Block]) -> int:
    """The row of what `raw_blocks` gave in which the marked bytes begin."""
    return blocks[0].first_row() if isinstance(blocks[0], Text) else 0


def _drawn_at(block: bytes, at: int) -> int:
    """Where a byte of the block is in its text, in which another is drawn for each that is no UTF-8."""
    return len(block[: max(at, 0)].decode("utf-8", "replace").encode())


def json_blocks(frame: Frame, canvas: Canvas) -> list[Block]:
    """The data laid out; nothing but the blanks between its signs is changed."""
    if frame.data is None:
        return empty_view(_NO_DATA, canvas).blocks
    data = frame.data[: _shown(canvas)]
    text, paint = _laid(data, canvas.width - 1)
    track = canvas.wraps.track(frame, f"json {canvas.width}", frame.number, text)
    wrapped = canvas.wraps.at(track, track.size, max(canvas.width - 1, 1))
    return [Text(track, wrapped, paint=paint), *_more(len(frame.data) - len(data), canvas)]


def hex_block(frame: Frame, canvas: Canvas) -> Block:
    """Any number of rows, each made when it is drawn; offsets count in the whole input."""
    digits = len(f"{frame.end:x}")
    step = next((step for step in (16, 8) if canvas.width >= digits + 4 + 4 * step + step // 16), 4)
    count = -(-len(frame.block) // step)

    def line(row: int) -> Line:
        part = frame.block[row * step : (row + 1) * step]
        codes = f"{part[:8].hex(' ')}  {part[8:].hex(' ')}" if step == 16 else part.hex(" ")
        shown = "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in part)
        offset = Span(f"{frame.start + row * step:0{digits}x}  ", "dim")
        spans = [offset, Span(f"{codes:<{3 * step - 1 + step // 16}}  "), Span(shown, "string")]
        return cut(spans, canvas.width, canvas.glyphs.cut)

    return Rows(count, line, lambda row: None)


def _laid(data: bytes, width: int) -> tuple[str, Sequence[Stretch]]:
    """The text laid out, and the look of each of its tokens."""
    source = decode(data)
    scanner = JsonScanner()
    scanner.feed(data)
    bad = scanner.first_bad_byte
    broken = None if bad is None else len(decode(data[:bad]))
    parts: list[str] = []
    paint: list[Stretch] = []
    size = 0
    for before, text, kind, at in lay_out(source, width):
        start = size + len(before)  # blanks are one byte each
        size = start + len(text.encode("utf-8", "surrogatepass"))
        parts += (before, text)
        if broken is not None and at <= broken < at + len(text):
            cut = start + len(text[: broken - at].encode("utf-8", "surrogatepass"))
            paint += [Stretch(start, cut, _LOOKS[kind]), Stretch(cut, cut + 1, "broken"), Stretch(cut + 1, size, "")]
        else:
            paint.append(Stretch(start, size, _LOOKS[kind]))
    return "".join(parts), [each for each in paint if each.start < each.end and each.look]


def _shown(canvas: Canvas) -> int:
    return MOST_BYTES if MORE in canvas.unfolded else SHOWN_BYTES


def _more(rest: int, canvas: Canvas) -> list[Block]:
    """How long the part is that is not shown, and what leads to more of it."""
    if rest <= 0:
        return []
    if MORE in canvas.unfolded:
        return [Fixed([[Span(f"{rest:,} more bytes: see all of them in hexadecimal", "note")]])]
    return [Fixed([[Span(f"{canvas.glyphs.folded} {rest:,} more bytes: enter shows more", "note", MORE)]])]
