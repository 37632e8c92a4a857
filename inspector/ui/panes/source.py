"""The bytes of a frame as text, as JSON laid out, and in hexadecimal. Of a large frame the first part is enough.

Parses nothing: what is no JSON is laid out by its signs, and the first bad byte is marked.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from inspector.json_layout import lay_out
from inspector.json_scan import JsonScanner
from inspector.tracks import decode
from inspector.ui.lines import Block, Fixed, Line, Rows, Span, cut
from inspector.ui.moment import Canvas
from inspector.ui.row import Stretch
from inspector.ui.text import Text, empty_view
from inspector.wire.frame import Frame

Bytes: TypeAlias = tuple[int, int]  # from where to before where

SHOWN_BYTES = 16 * 1024  # of a larger frame; more when it is unfolded
MOST_BYTES = 256 * 1024
MORE = "more of the frame"
_LOOKS = {"key": "key", "string": "string", "number": "number", "word": "word", "sign": "dim"}
_FIELD = re.compile(rb"^[a-z]*:", re.MULTILINE)
_LINE_END = re.compile(rb"\n")
_NO_DATA = "This frame has no data, so there is no JSON in it. Its bytes are in the raw view."


class Shown(NamedTuple):
    """The bytes of a frame in one way, and the rows in which those that are marked begin and end."""

    blocks: list[Block]
    rows: tuple[int, int] = (0, 0)


def as_raw(frame: Frame, canvas: Canvas, found: Bytes | None) -> Shown:
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
    return Shown([drawn, *_more(frame.end - frame.start - len(block), canvas)], drawn.stretch_rows())


def _drawn_at(block: bytes, at: int) -> int:
    """Where a byte of the block is in its text, in which another is drawn for each that is no UTF-8."""
    return len(block[: max(at, 0)].decode("utf-8", "replace").encode())


def as_json(frame: Frame, canvas: Canvas, found: Bytes | None) -> Shown:
    """The data laid out; nothing but the blanks between its signs is changed. `found` as in `as_raw`."""
    if frame.data is None:
        return Shown(empty_view(_NO_DATA, canvas).blocks)
    start, end = _in_data(frame, frame.data, found)
    data = frame.data[: max(_shown(canvas), min(end, MOST_BYTES))]
    laid = _laid(data, canvas.width - 1)
    track = canvas.wraps.track(frame, f"json {canvas.width}", frame.number, laid.text)
    wrapped = canvas.wraps.at(track, track.size, max(canvas.width - 1, 1))
    lit = [_place(laid, data, start, end)] if start < end and laid.tokens else []
    drawn = Text(track, wrapped, lit, paint=laid.paint)
    return Shown([drawn, *_more(len(frame.data) - len(data), canvas)], drawn.stretch_rows())


def _in_data(frame: Frame, data: bytes, found: Bytes | None) -> Bytes:
    """Where the marked bytes are in the data; nowhere in data of several lines, which no bytes of the input are."""
    at = frame.block.rfind(data)
    if found is None or at < 0:
        return 0, 0
    start, end = (min(max(each - frame.start - at, 0), len(data)) for each in found)
    return start, end


def as_hex(frame: Frame, canvas: Canvas, found: Bytes | None) -> Shown:
    """Any number of rows, each made when it is drawn; offsets count in the whole input. `found` as in `as_raw`."""
    digits = len(f"{frame.end:x}")
    step = next((step for step in (16, 8) if canvas.width >= digits + 4 + 4 * step + step // 16), 4)
    start, end = (found[0] - frame.start, found[1] - frame.start) if found is not None else (0, 0)

    def line(row: int) -> Line:
        first = row * step
        part = frame.block[first : first + step]
        marked = min(max(start - first, 0), len(part)), min(max(end - first, 0), len(part))
        offset = Span(f"{frame.start + first:0{digits}x}  ", "dim")
        return cut([offset, *_hex_row(part, step, *marked)], canvas.width, canvas.glyphs.cut)

    rows = Rows(-(-len(frame.block) // step), line, lambda row: None)
    last = max(rows.height - 1, 0)
    first, final = (min(max(at // step, 0), last) for at in (start, max(end - 1, start)))
    return Shown([rows], (first, final))


def _hex_row(part: bytes, step: int, start: int, end: int) -> Line:
    """Bytes as codes and as characters, those from `start` to `end` marked in both."""
    codes = f"{part[:8].hex(' ')}  {part[8:].hex(' ')}" if step == 16 else part.hex(" ")
    codes = f"{codes:<{3 * step - 1 + step // 16}}  "
    shown = "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in part)
    cells = [3 * at + (step == 16 and at >= 8) for at in (start, end - 1)]
    columns = (cells[0], cells[1] + 2) if start < end else (0, 0)
    return [*_marked(codes, *columns, ""), *_marked(shown, start, end, "string")]


def _marked(text: str, start: int, end: int, look: str) -> Line:
    pieces = [(text[:start], look), (text[start:end], f"{look} found".strip()), (text[end:], look)]
    return [Span(*each) for each in pieces if each[0]]


class _Laid(NamedTuple):
    """A text laid out, the looks of its tokens, and each of them: its character in the source, its byte, and itself."""

    text: str
    paint: Sequence[Stretch]
    tokens: Sequence[tuple[int, int, str]]


def _place(laid: _Laid, data: bytes, start: int, end: int) -> Stretch:
    """Where some bytes of the source are in the text."""
    first, last = (len(decode(data[:byte])) for byte in (start, end))
    begin = laid.tokens[max(bisect_right(laid.tokens, first, key=itemgetter(0)) - 1, 0)]
    final = laid.tokens[max(bisect_left(laid.tokens, last, key=itemgetter(0)) - 1, 0)]
    return Stretch(_byte_in(*begin, first), _byte_in(*final, last), "found")


def _byte_in(at: int, byte: int, text: str, char: int) -> int:
    return byte + len(text[: max(char - at, 0)].encode("utf-8", "surrogatepass"))


def _laid(data: bytes, width: int) -> _Laid:
    source = decode(data)
    scanner = JsonScanner()
    scanner.feed(data)
    bad = scanner.first_bad_byte
    broken = None if bad is None else len(decode(data[:bad]))
    parts: list[str] = []
    paint: list[Stretch] = []
    tokens: list[tuple[int, int, str]] = []
    size = 0
    for before, text, kind, at in lay_out(source, width):
        start = size + len(before)  # blanks are one byte each
        size = start + len(text.encode("utf-8", "surrogatepass"))
        parts += (before, text)
        tokens.append((at, start, text))
        if broken is not None and at <= broken < at + len(text):
            cut = start + len(text[: broken - at].encode("utf-8", "surrogatepass"))
            paint += [Stretch(start, cut, _LOOKS[kind]), Stretch(cut, cut + 1, "broken"), Stretch(cut + 1, size, "")]
        else:
            paint.append(Stretch(start, size, _LOOKS[kind]))
    return _Laid("".join(parts), [each for each in paint if each.start < each.end and each.look], tokens)


def _shown(canvas: Canvas) -> int:
    return MOST_BYTES if MORE in canvas.unfolded else SHOWN_BYTES


def _more(rest: int, canvas: Canvas) -> list[Block]:
    """How long the part is that is not shown, and what leads to more of it."""
    if rest <= 0:
        return []
    if MORE in canvas.unfolded:
        return [Fixed([[Span(f"{rest:,} more bytes: see all of them in hexadecimal", "note")]])]
    return [Fixed([[Span(f"{canvas.glyphs.folded} {rest:,} more bytes: enter shows more", "note", MORE)]])]
