"""Which framing an input has, chosen by its first bytes and said with the reason. Knows no dialect."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, TypeAlias

from inspector.wire.json_value import value_of

FramingName: TypeAlias = Literal["sse", "ndjson", "jsonl", "json", "raw"]
STREAMS: frozenset[str] = frozenset({"sse", "ndjson", "jsonl"})  # no page, no body of an error

SNIFF_BYTES = 64 * 1024
JSON_BYTES = 1024 * 1024  # of what begins like JSON: its first line may be long, and all there is
_BOM = b"\xef\xbb\xbf"
_SSE_LINE = re.compile(rb"(?:^|[\r\n])(?:data|event|id|retry)(?::|[\r\n])|^[\r\n]*:")
_ERROR_FIELD = re.compile(rb"[\r\n]*error: ")  # llama.cpp's `error: {…}`, which no client sees
_STATUS_LINE = re.compile(rb"HTTP/\d(?:\.\d)? \d{3}")
_STATUS_LINES = (b"HTTP/1.1 200", b"HTTP/2 200")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_CLOSED_BY = {b"{": b"}", b"[": b"]"}
# What a streamed chunk has at its top, and neither an error body nor an answer that was not streamed.
_CHUNK_KEYS = frozenset({"done", "candidates", "stage_id"})


class Framing(NamedTuple):
    """`head_end` is where the head of a `curl -i` capture ends, 0 without one; `why` is for a person."""

    name: FramingName
    why: str
    head_end: int = 0


def sniff(head: bytes, *, ended: bool) -> Framing | None:
    """Choose by the first bytes of the input; `None` asks for more of them. `ended`: this is all of it.

    Looks at `SNIFF_BYTES` of heads and as many of the body, `JSON_BYTES` where that begins like JSON. A prefix is
    answered only as every longer one would be, so that how the input was cut into reads decides nothing.
    """
    body = 0
    while body < SNIFF_BYTES and _begins_head(head[body : body + SNIFF_BYTES], ended=ended):
        end = _HEAD_END.search(head, body, body + SNIFF_BYTES)
        if end is not None:
            body = end.end()  # and perhaps the next one: after "100 Continue", a proxy's answer, a redirect
        elif len(head) - body >= SNIFF_BYTES:
            break
        else:
            return Framing("raw", "an HTTP head without a body", len(head)) if ended else None
    framing = _of_body(head[body:], ended=ended)
    return framing and _after_head(framing, head[:body])


def _begins_head(start: bytes, *, ended: bool) -> bool:
    """Whether an HTTP head begins here, or may yet begin: a few bytes are filled up to a status line."""
    if ended:
        return _STATUS_LINE.match(start) is not None
    return any(_STATUS_LINE.match(start + like[len(start) :]) for like in _STATUS_LINES)


def _after_head(framing: Framing, head: bytes) -> Framing:
    if not head:
        return framing
    if framing.name == "jsonl" and b"ndjson" in head.lower():
        return Framing("ndjson", "JSON lines, and the head says ndjson", len(head))
    return Framing(framing.name, f"{framing.why}, after an HTTP head", len(head))


def _of_body(body: bytes, *, ended: bool) -> Framing | None:
    text = body[:SNIFF_BYTES].removeprefix(_BOM)
    begin = text.lstrip()[:1]
    if begin in _CLOSED_BY:
        text = body[:JSON_BYTES].removeprefix(_BOM).lstrip()
        return _json_or_lines(text, whole=ended and len(body) < JSON_BYTES, full=ended or len(body) >= JSON_BYTES)
    if begin == b"<":
        return Framing("raw", "it begins like HTML or XML")
    if _SSE_LINE.search(text):
        return Framing("sse", "lines begin with an SSE field")
    return _of_no_stream(text) if ended or len(body) >= SNIFF_BYTES else None


def _of_no_stream(text: bytes) -> Framing:
    if _ERROR_FIELD.match(text):
        return Framing("sse", "it begins with an error line, as llama.cpp sends it")
    if _mostly_objects(text):
        return Framing("jsonl", "most lines are JSON objects")
    return Framing("raw", "no SSE field and no JSON in its first bytes" if text.strip() else "it is empty")


def _json_or_lines(text: bytes, *, whole: bool, full: bool) -> Framing | None:
    """One value a line, or one JSON body: a body has no second value, and no line end after a stream's keys."""
    line, newline, rest = text.partition(b"\n")
    line = line.rstrip()
    closed = line[-1:] == _CLOSED_BY[line[:1]]  # not whether it can be read: a line may be damaged
    if closed and newline and _is_chunk(line):
        return Framing("jsonl", "its first line is a chunk")
    if closed and newline and rest.lstrip(b"\r\n")[:1] in _CLOSED_BY:
        return Framing("jsonl", "each line is a JSON value")
    if newline and _SSE_LINE.search(text):
        return Framing("sse", "lines begin with an SSE field")
    return _json_body(text, newline=bool(newline), whole=whole) if full else None


def _json_body(text: bytes, *, newline: bool, whole: bool) -> Framing:
    if whole and value_of(text) is not None:
        return Framing("json", "it is one JSON value")
    if _mostly_objects(text):
        return Framing("jsonl", "most lines are JSON objects")
    if whole:
        return Framing("raw", "it begins like JSON, but is not")
    if newline:
        return Framing("json", "it begins like one JSON value")
    return Framing("jsonl", "its first line begins like JSON")


def _mostly_objects(text: bytes) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    objects = sum(line.startswith(b"{") and line.rstrip().endswith(b"}") for line in lines)
    return objects >= 2 and 2 * objects > len(lines)


def _is_chunk(line: bytes) -> bool:
    """Whether a lone line is a piece of a stream, by its keys."""
    value = value_of(line)
    if not isinstance(value, dict):
        return False
    choices = value.get("choices")
    deltas = isinstance(choices, list) and any(isinstance(each, dict) and "delta" in each for each in choices)
    return deltas or not _CHUNK_KEYS.isdisjoint(value)
