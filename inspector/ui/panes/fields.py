"""A frame in words: what it is, what its lines and its chunk hold, what it says. Parses nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inspector import events as ev
from inspector import kinds
from inspector.events import Event
from inspector.gate import clean
from inspector.transcript import Transcript
from inspector.ui.glyphs import Glyphs
from inspector.ui.lines import Fixed, Line, Span, cut, wrapped
from inspector.ui.moment import Canvas, Moment
from inspector.ui.panes import label
from inspector.ui.panes.exchange import exchange_fields
from inspector.ui.text import width_of
from inspector.wire.frame import HTTP_HEAD, Frame

LARGE_BYTES = 1024 * 1024  # of a larger frame the chunk is not read again, as that would take too long
_MOST_CHARACTERS = 2000  # of one value
_MOST_MEMBERS = 100  # of one chunk
_DEEPEST = 3
_NAME_CELLS = 36
_TOLD = frozenset({"choices", "delta", "message"})  # what the events say already

Field = tuple[str, Line]


class Fields(Fixed):
    """Lines of which several may be one value; copied, each value is whole."""

    def __init__(self, lines: Sequence[Line], copied: Sequence[Line]) -> None:
        super().__init__(lines)
        self._copied = Fixed(copied)

    def text(self) -> str:
        return self._copied.text()


def fields_block(moment: Moment, frame: Frame, canvas: Canvas) -> Fields:
    """Names in one column, values in another."""
    fields = list(_fields(moment, frame, canvas.glyphs))
    width = width_of([name for name, _ in fields], min(_NAME_CELLS, canvas.width * 2 // 5))
    lines: list[Line] = []
    copied: list[Line] = []
    for name, value in fields:
        named = cut([Span(name, "dim")], width, canvas.glyphs.cut)
        left: Line = [*named, Span(" " * (width - width_of([span.text for span in named], width) + 2))]
        copied.append([*left, *value])
        for row in wrapped(value, canvas.width - width - 2):
            lines.append(cut([*left, *row], canvas.width, canvas.glyphs.cut))
            left = [Span(" " * (width + 2))]
    return Fields(lines, copied)


def _fields(moment: Moment, frame: Frame, glyphs: Glyphs) -> Iterator[Field]:
    transcript = moment.transcript
    yield "frame", _frame(frame, transcript.framed)
    yield from _time(transcript, frame.number)
    yield from exchange_fields(transcript.exchanges.at(frame.number), glyphs)
    yield from _trouble(frame, glyphs)
    if frame.note == HTTP_HEAD:
        yield from _http_head(frame)
        return
    if frame.end - frame.start > LARGE_BYTES:
        yield "says", [Span("not read again: the frame is too large", "note")]
    else:
        events = transcript.events(frame.number)
        known = transcript.kinds
        yield from _says(events, known[frame.number] if frame.number < len(known) else kinds.SILENT, glyphs)
        yield from _lines(frame)
        for event in events:
            if isinstance(event, ev.Chunk):
                yield from _members(event.body, "")


def _frame(frame: Frame, framed: int) -> Line:
    size = frame.end - frame.start
    return [
        Span(f"{frame.number:,d}", "strong"),
        Span(f" of {framed:,}", "dim"),
        Span(f"   bytes {frame.start:,d} to {frame.end:,d}", "dim"),
        Span(f" ({size:,d})", "dim"),
    ]


def _time(transcript: Transcript, n: int) -> Iterator[Field]:
    at_s = transcript.time_of(n)
    if at_s is not None:
        yield "time", [Span(f"+{at_s:.6f} s")]


def _trouble(frame: Frame, glyphs: Glyphs) -> Iterator[Field]:
    """Why no client sees an event here."""
    if frame.note is not None and frame.note != HTTP_HEAD:
        yield "note", [Span(f"{glyphs.warning} {clean(frame.note)}", "warning")]
    if not frame.complete and frame.note is None:
        yield "complete", [Span(f"{glyphs.invalid} no: the input ends inside this frame", "bad")]
    elif not frame.dispatched and frame.note is None:
        yield "dispatched", [Span("no: it has no data, so clients see nothing", "dim")]


def _lines(frame: Frame) -> Iterator[Field]:
    """The field lines of an event, but for its data."""
    if frame.event:
        yield "event", [Span(_cut(frame.event))]
    if frame.id:
        yield "event id", [Span(_cut(frame.id))]
    if frame.retry is not None:
        yield "retry", [Span(f"{frame.retry:d} ms")]
    for comment in frame.comments:
        yield "comment", [Span(_cut(comment))]
    for line in frame.unknown:
        yield "unknown line", [Span(_cut(line), "warning")]


def _says(events: list[Event], kind: int, glyphs: Glyphs) -> Iterator[Field]:
    repairs = [event.repaired for event in events if isinstance(event, ev.Chunk) and event.repaired]
    for repaired in dict.fromkeys(repairs):
        yield "repaired", [Span(f"{glyphs.warning} {_cut(repaired)}", "warning")]
    told = [event for event in events if not isinstance(event, ev.Chunk)]
    each = [said for event in told if (said := label.of_events([event], kind, glyphs))]
    for said in each or [label.of_events(events, kind, glyphs)]:
        if said:
            yield "says", said


def _http_head(frame: Frame) -> Iterator[Field]:
    status, *headers = frame.block.decode("latin-1").splitlines()
    yield "status", [Span(_cut(status), "strong")]
    for header in headers:
        name, colon, value = header.partition(":")
        if colon:
            yield _cut(name), [Span(_cut(value.strip()))]


def _members(body: ev.JsonObject, above: str) -> Iterator[Field]:
    """The scalars of a chunk, those of an object inside it under its name: usage, timings, models, ids."""
    for key, value in list(body.items())[:_MOST_MEMBERS]:
        name = f"{above}{_cut(key)}"
        if key in _TOLD:
            continue
        if isinstance(value, dict):
            if name.count(".") < _DEEPEST:
                yield from _members(value, f"{name}.")
        elif isinstance(value, list):
            yield name, [Span(f"{len(value)} items", "dim")]
        elif value is not None:
            yield name, [_scalar(value)]


def _scalar(value: object) -> Span:
    if isinstance(value, str):
        return Span(_cut(value), "string")
    return Span(_cut(str(value)).lower(), "number" if not isinstance(value, bool) else "word")


def _cut(text: str) -> str:
    return clean(text[:_MOST_CHARACTERS])
