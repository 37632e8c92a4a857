"""Which framing an input has, chosen by its first bytes and said with the reason."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

FramingName: TypeAlias = Literal["sse", "ndjson", "jsonl", "json", "raw"]

SNIFF_BYTES = 64 * 1024
_SSE_LINE = re.compile(
    rb"(?:^|[\r\n])(?:\xef\xbb\xbf)?(?:data|event|id|retry)(?::|[\r\n])|^(?:\xef\xbb\xbf)?[\r\n]*:"
)
_UNKNOWN_FIELD = re.compile(rb"(?:\xef\xbb\xbf)?[\r\n]*[A-Za-z][\w-]*: ")
_STATUS_LINE = re.compile(rb"HTTP/\d(?:\.\d)? \d{3}")
_HEAD_END = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class Framing:
    """`head_end` is where the head of a `curl -i` capture ends, 0 without one; `why` is for a person."""

    name: FramingName
    why: str
    head_end: int = 0


def sniff(head: bytes, *, ended: bool) -> Framing | None:
    """Choose by the first bytes; `None` asks for more of them. Decides at `SNIFF_BYTES` or at the end of the input."""
    full = ended or len(head) >= SNIFF_BYTES
    if _STATUS_LINE.match(head) or (not full and b"HTTP/".startswith(head[:5])):
        return _after_head(head, ended=ended, full=full)
    return _choose(head, ended=ended, full=full)


def _after_head(head: bytes, *, ended: bool, full: bool) -> Framing | None:
    blank = _HEAD_END.search(head)
    if blank is None:
        return Framing("raw", "an HTTP head without a body", len(head)) if ended else None
    start = blank.end()
    rest = sniff(head[start:], ended=ended) or (
        _choose(head[start:], ended=ended, full=full) if full else None
    )
    if rest is None:
        return None
    name, why = rest.name, rest.why
    if name == "jsonl" and b"ndjson" in head[:start].lower():
        name, why = "ndjson", "JSON lines, and the head says ndjson"
    return Framing(name, f"{why}, after an HTTP head", start + rest.head_end)


def _choose(head: bytes, *, ended: bool, full: bool) -> Framing | None:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:1] in (b"{", b"["):
        return _json(text, ended=ended, full=full)
    if _SSE_LINE.search(head):
        return Framing("sse", "lines begin with an SSE field")
    if not full:
        return None
    if text[:1] == b"<":
        return Framing("raw", "it begins like HTML or XML")
    if _UNKNOWN_FIELD.match(head):
        return Framing("sse", "lines have the form of fields")
    return Framing("raw", "no SSE field and no JSON in its first bytes" if text else "it is empty")


def _json(text: bytes, *, ended: bool, full: bool) -> Framing | None:
    """One object a line, or one JSON body: a body is a single value without the line end that streams write."""
    line, newline, rest = text.partition(b"\n")
    if newline and _is_json(line):
        if rest.strip() or _is_chunk(line):
            return Framing("jsonl", "each line is a JSON value")
        return Framing("json", "it is one JSON value") if ended else None
    if not newline and ended and _is_json(line):
        return Framing("json", "it is one JSON value")
    if not newline and full and not ended:
        return Framing("jsonl", "its first line begins like JSON")
    if newline and _SSE_LINE.search(text):
        return Framing("sse", "lines begin with an SSE field")
    if not full:
        return None
    return Framing("json" if ended and _is_json(text) else "raw", "it begins like one JSON value")


def _is_json(text: bytes) -> bool:
    try:
        json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return False
    return True


def _is_chunk(line: bytes) -> bool:
    """Whether a lone line is a streamed piece and no error body: streams name their kind or whether they are done."""
    return any(
        key in line for key in (b'"delta"', b'"done"', b'"type"', b'"candidates"', b'"event"', b'"text"')
    )
