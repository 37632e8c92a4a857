"""Server-sent events read slowly, word by word from the standards: what our own reading is measured by.

HTML, 9.2.5 "Parsing an event stream" and 9.2.6 "Interpreting an event stream"; Encoding, "UTF-8 decoder" and "UTF-8
decode". Shares no code with the project, and takes only the whole input.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

ASCII_DIGITS = "0123456789"


class StandardEvent(NamedTuple):
    """What a client sees. `retry` is the reconnection time that the event's own block set."""

    event: str
    data: str
    id: str
    retry: int | None


def utf_8_decode(stream: bytes) -> str:
    """Encoding, "UTF-8 decode": a first BOM is taken off, errors are U+FFFD."""
    if stream[:3] == b"\xef\xbb\xbf":
        stream = stream[3:]
    return "".join(code_points(stream))


def code_points(stream: bytes) -> Iterator[str]:
    """Encoding, "UTF-8 decoder", its handler step by step."""
    code_point, needed, seen, lower, upper = 0, 0, 0, 0x80, 0xBF
    queue = list(reversed(stream))
    while queue:
        byte = queue.pop()
        if needed == 0:
            if byte <= 0x7F:
                yield chr(byte)
            elif 0xC2 <= byte <= 0xDF:
                needed, code_point = 1, byte & 0x1F
            elif 0xE0 <= byte <= 0xEF:
                lower = 0xA0 if byte == 0xE0 else lower
                upper = 0x9F if byte == 0xED else upper
                needed, code_point = 2, byte & 0xF
            elif 0xF0 <= byte <= 0xF4:
                lower = 0x90 if byte == 0xF0 else lower
                upper = 0x8F if byte == 0xF4 else upper
                needed, code_point = 3, byte & 0x7
            else:
                yield "\ufffd"
            continue
        if not lower <= byte <= upper:
            code_point, needed, seen, lower, upper = 0, 0, 0, 0x80, 0xBF
            queue.append(byte)
            yield "\ufffd"
            continue
        lower, upper = 0x80, 0xBF
        code_point = code_point << 6 | byte & 0x3F
        seen += 1
        if seen == needed:
            yield chr(code_point)
            code_point, needed, seen = 0, 0, 0
    if needed:
        yield "\ufffd"


def lines_of(text: str) -> Iterator[str]:
    """The lines that end: by CRLF, by LF, or by a CR that no LF follows."""
    line = ""
    at = 0
    while at < len(text):
        character = text[at]
        at += 1
        if character == "\r":
            if at < len(text) and text[at] == "\n":
                at += 1
        elif character != "\n":
            line += character
            continue
        yield line
        line = ""


def read(stream: bytes) -> list[StandardEvent]:
    """The events that are dispatched; pending data at the end of the stream is discarded."""
    events: list[StandardEvent] = []
    data = event_type = last_id_buffer = ""
    retry: int | None = None
    for line in lines_of(utf_8_decode(stream)):
        if line == "":
            last_event_id = last_id_buffer
            if data != "":
                data = data[:-1] if data[-1] == "\n" else data
                events.append(StandardEvent(event_type or "message", data, last_event_id, retry))
            data, event_type, retry = "", "", None
            continue
        if line[0] == ":":
            continue
        field, value = line, ""
        if ":" in line:
            field, value = line[: line.index(":")], line[line.index(":") + 1 :]
            value = value[1:] if value[:1] == " " else value
        if field == "event":
            event_type = value
        elif field == "data":
            data += value
            data += "\n"
        elif field == "id":
            last_id_buffer = value if "\0" not in value else last_id_buffer
        elif field == "retry" and value and all(digit in ASCII_DIGITS for digit in value):
            # The standard knows no limit; ours is that of JSON numbers (CLI.md).
            digits = value.lstrip("0") or "0"
            retry = int(digits) if len(digits) < 17 and int(digits) <= 2**53 else retry
    return events
