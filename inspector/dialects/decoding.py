"""One frame to events: its JSON, what is not JSON, and the dialect's reading of it. Knows nothing of other frames."""

from __future__ import annotations

import re
import traceback
from typing import Any

from jiter import from_json

from inspector.dialects.dialect import Dialect
from inspector.dialects.messages import message_of
from inspector.dialects.payload import NotJson, load
from inspector.events import Chunk, Event, JsonObject, StageError, StageMark, StreamEnd, ToolResult, Undecoded
from inspector.wire.frame import HTTP_HEAD, NO_STREAM, Frame

_SAMPLE_BYTES = 1024 * 1024
_DONE = b"[DONE]"
_STATUS = re.compile(rb"^HTTP/\S+ \d{3}[^\r\n]*", re.MULTILINE)


def read_data(data: bytes, event: str, id: str, dialect: Dialect) -> list[Event]:
    """What the data of a whole frame says. Never raises: what cannot be read is an `Undecoded`."""
    try:
        value = from_json(data)
    except ValueError:
        return _read_trouble(data, event, id, dialect)
    return _read(value, None, event, id, dialect, data)


def _read_trouble(data: bytes, event: str, id: str, dialect: Dialect) -> list[Event]:
    if data.strip() == _DONE:
        return [StreamEnd()]
    try:
        value, repaired = load(data)
    except NotJson as error:
        lines = data.split(b"\n") if b"\n" in data else []
        return _line_by_line(lines, event, id, dialect) or _not_json(str(error), data, event)
    return _read(value, repaired, event, id, dialect, data)


def _not_json(reason: str, data: bytes, event: str) -> list[Event]:
    """An event named `error` is one, whatever its data."""
    said = _undecoded(reason, data)
    return [said, StageError(said.raw)] if event == "error" else [said]


def read_frame(frame: Frame, dialect: Dialect) -> list[Event]:
    """What any frame says, whole or not."""
    if frame.note is not None:
        return _read_no_frame(frame)
    if not frame.complete:
        return _read_cut(frame, dialect)
    if frame.data is not None:
        return read_data(frame.data, frame.event, frame.id, dialect)
    return _read_fields(frame)


def sample(frame: Frame) -> list[JsonObject]:
    """The JSON objects of a frame, for choosing a dialect: its data, or else what its data lines are alone.

    Of data longer than a sample should be, the whole lines at its beginning.
    """
    data = frame.data if frame.note is None and frame.data else b""
    is_long = len(data) > _SAMPLE_BYTES
    lines = data[:_SAMPLE_BYTES].rpartition(b"\n")[0] if is_long else data
    for parts in [data] if frame.complete and not is_long else [], lines.split(b"\n"):
        if found := [value for part in parts if isinstance(value := _value(part), dict)]:
            return found
    return []


def _value(data: bytes) -> Any:
    try:
        return load(data)[0] if data else None
    except NotJson:
        return None


def _read(value: Any, repaired: str | None, event: str, id: str, dialect: Dialect, data: bytes) -> list[Event]:
    if type(value) is not dict:
        return [_undecoded("a JSON value that is no object", data)]
    try:
        events = dialect.read(value, event, id)
    except Exception:  # noqa: BLE001 - one of the engine's two: a dialect's bug must show and stop nothing
        return [_undecoded(f"the dialect {dialect.name} failed: {traceback.format_exc(limit=-3)}", data)]
    if repaired is None:
        return events
    return [
        each._replace(repaired=repaired) if isinstance(each, Chunk | StageMark | ToolResult) else each
        for each in events
    ]


def _line_by_line(lines: list[bytes], event: str, id: str, dialect: Dialect) -> list[Event]:
    """Several chunks in one frame, where a server ended them with one line end instead of two; else nothing."""
    events: list[Event] = []
    read_any = False
    for line in lines:
        if line.strip() == _DONE:
            events.append(StreamEnd())
            continue
        value = _value(line)
        if isinstance(value, dict):
            read_any = True
            events += _read(value, "one of several chunks in one frame", event, id, dialect, line)
        elif line:
            events.append(_undecoded("a data line that is no JSON object", line))
    return events if read_any else []


def _read_cut(frame: Frame, dialect: Dialect) -> list[Event]:
    """The end of the input cut this frame. By the standard nothing of it counts.

    Where a server ended chunks with one line end instead of two, this is all there is: of several data lines those
    that ended are read, and so is an error line. A last `[DONE]` wants no more to be what it is: recordings end so.
    """
    last = frame.block[max(frame.block.rfind(b"\n"), frame.block.rfind(b"\r")) + 1 :]
    lines = frame.data.split(b"\n") if frame.data is not None else []
    if [line.strip() for line in lines] == [_DONE]:
        return [StreamEnd()]
    if last.startswith(b"data:") and last[5:].strip() == _DONE:
        last = b""
    whole = lines[:-1] if last.startswith(b"data") else lines
    events = _line_by_line(whole, frame.event, frame.id, dialect) if len(lines) > 1 else []
    if not last:
        events += _read_fields(frame)
    if not events:
        return [_undecoded("the input ends inside this frame", frame.block)]
    return [*events, _undecoded("the input ends inside this line", last)] if last else events


def _read_fields(frame: Frame) -> list[Event]:
    """A block without data says nothing, but for llama.cpp's `error: {…}` line, which no client sees."""
    events: list[Event] = []
    for line in frame.unknown:
        name, _, value = line.partition(":")
        if name == "error":
            try:
                error = load(value.strip().encode("utf-8", "surrogatepass"))[0]
            except NotJson:
                error = value.strip()
            events.append(StageError(message_of(error)))
    return events


def _read_no_frame(frame: Frame) -> list[Event]:
    """An HTTP head, an error body, a page, junk: an error where it says so itself, else only shown."""
    if frame.note == HTTP_HEAD:
        status = _STATUS.findall(frame.block)[-1:]  # of a chain of heads the last is the one of the body
        failed = [each for each in status if each.split()[1][:1] in b"45"]
        return [StageError(each.decode("latin-1")) for each in failed]
    said: str | None = None
    if frame.note == NO_STREAM:
        said = _body_error(frame.block)
    reason = _undecoded(said or frame.note or "", frame.block)
    return [reason, StageError(said, is_body=True)] if said else [reason]


def _body_error(body: bytes) -> str | None:
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        return "an HTML or XML page, not a stream"
    try:
        value = load(body)[0]
    except NotJson:
        return None
    if isinstance(value, dict) and ("error" in value or "detail" in value):
        return f"a JSON error body, not a stream: {message_of(value)}"
    return "one JSON value, not a stream"


def _undecoded(reason: str, raw: bytes) -> Undecoded:
    return Undecoded(reason, raw.decode("utf-8", "replace"))
