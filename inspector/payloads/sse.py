"""Writes one SSE frame, from which every conformant reader gets back what was given; knows no payload."""

import re
from collections.abc import Iterable

# The three line ends of the standard (HTML, "parsing an event stream") and no others. The recorded stage
# servers use str.splitlines, which breaks JSON at U+2028, U+2029 and U+0085 as well (ta-tool-separators).
_LINE_END = re.compile(r"\r\n|\n|\r")

# A field of one line can not carry these. A line end would begin a new field, even a whole new frame
# (ta-chat-stageid-forged-done); an id with NUL is ignored by every reader (ta-chat-stageid-nul).
_FORBIDDEN = {"\n": "a line feed", "\r": "a carriage return", "\0": "a NUL"}

MAX_RETRY_MS = 2**53


def encode_frame(
    data: str | None = None,
    *,
    event: str | None = None,
    id: str | None = None,
    retry: int | None = None,
    comments: Iterable[str] = (),
) -> bytes:
    """One frame with its empty line, LF only, in the order of the recorded servers: id, event, retry, data.

    `None` writes no field; without `data` no reader dispatches the frame. `retry` is milliseconds. Data and
    comments may hold line ends; a CR or CRLF comes back as LF, the format has no other way. An `id` or
    `event` that no line can carry is a ValueError, not cleaned: two ids that differ must not become one.
    """
    lines = [f": {line}" for comment in comments for line in _LINE_END.split(comment)]
    if id is not None:
        lines.append(f"id: {check_line('id', id)}")
    if event is not None:
        lines.append(f"event: {check_line('event', event)}")
    if retry is not None:
        lines.append(f"retry: {_check_retry(retry)}")
    if data is not None:
        lines += [f"data: {line}" for line in _LINE_END.split(data)]
    return _utf8("".join(f"{line}\n" for line in lines) + "\n")


def check_line(name: str, value: str) -> str:
    """`value` if one line of a frame can carry it; else ValueError, calling it `name`."""
    for character, words in _FORBIDDEN.items():
        if (at := value.find(character)) >= 0:
            raise ValueError(f"{name} {value!r} holds {words} at character {at}, which no line can carry")
    _utf8(value)
    return value


def _check_retry(retry: int) -> int:
    if not 0 <= retry <= MAX_RETRY_MS:
        raise ValueError(f"retry {retry} is not a number of milliseconds from 0 to 2^53")
    return retry


def _utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        character = f"U+{ord(text[error.start]):04X}"
        raise ValueError(f"the lone surrogate {character} has no UTF-8, and an event stream is UTF-8") from error
