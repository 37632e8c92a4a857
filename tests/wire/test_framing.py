"""The framing of an input is known by its first bytes, however they come."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.wire import framing
from inspector.wire.framing import Framing, sniff

CHUNK = b'{"id":"c1","choices":[{"index":0,"delta":{"content":"Hi"}}]}'
ERROR = b'{"error":{"message":"no such model","type":"invalid_request_error","code":404}}'
PRETTY = json.dumps(json.loads(ERROR), indent=2).encode()
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
BOM = b"\xef\xbb\xbf"
LONG, LONG_JSON = framing.SNIFF_BYTES, framing.JSON_BYTES

CASES: list[tuple[str, bytes, str]] = [
    # Server-sent events
    ("a data line", b"data: x\n\n", "sse"),
    ("a data line without a space", b"data:x\n\n", "sse"),
    ("a half first event", b'data: {"id', "sse"),
    ("an event line", b"event: done\ndata: {}\n\n", "sse"),
    ("an id line", b"id: 0\nevent: error\n", "sse"),
    ("a retry line", b"retry: 1000\n\n", "sse"),
    ("a field without a colon", b"data\n\n", "sse"),
    ("CR as line end", b"data\r\r", "sse"),
    ("a comment alone", b": ping\n\n", "sse"),
    ("a comment after empty lines", b"\r\n\n: ping\n\n", "sse"),
    ("a BOM before a field", BOM + b"data: x\n\n", "sse"),
    ("a BOM before a comment", BOM + b":x\n\n", "sse"),
    ("a field after unknown ones", b"Foo\nbar: 1\ndata: x\n\n", "sse"),
    ("a field after a log line in brackets", b"[info] ready\ndata: x\n\n", "sse"),
    ("a field after one JSON line", ERROR + b"\ndata: x\n\n", "sse"),
    ("a field after half a kilobyte of junk", b"\x00junk\n" * 100 + b"data: x\n\n", "sse"),
    ("only llama.cpp's error line", b'error: {"code":500,"message":"oh"}\n\n', "sse"),
    ("a program's complaint", b"curl: (7) Failed to connect to localhost port 8080\n", "raw"),
    ("a head without its status line", b"content-type: text/plain\n\nNot here\n", "raw"),
    ("pretty JSON in data lines", b"data: {\ndata:  1}\n\n", "sse"),
    # JSON lines
    ("two JSON lines", b'{"a":1}\n{"a":2}\n', "jsonl"),
    ("two JSON lines, the last not ended", b'{"a":1}\n{"a":2}', "jsonl"),
    ("two JSON lines, the last cut", b'{"a":1}\n{"a"', "jsonl"),
    ("two JSON lines with CRLF", b'{"a":1}\r\n{"a":2}\r\n', "jsonl"),
    ("JSON lines with empty lines between", b'\n{"a":1}\n\n{"a":2}\n', "jsonl"),
    ("JSON lines after a BOM", BOM + b'{"a":1}\n{"a":2}\n', "jsonl"),
    ("JSON lines of lists", b"[1]\n[2]\n", "jsonl"),
    ("JSON lines that name SSE fields", b'{"data":1}\n{"event":2}\n', "jsonl"),
    ("JSON lines, the first with bad UTF-8", b'{"a":"\xff"}\n{"a":2}\n', "jsonl"),
    ("JSON lines, the first damaged", b'{"a":?}\n{"a":2}\n', "jsonl"),
    ("JSON lines, the first cut at its start", b'":1}\n{"a":2}\n{"a":3}\n', "jsonl"),
    ("JSON lines, the first cut at its end", b'{"a":1\n{"a":2}\n{"a":3}\n', "jsonl"),
    ("JSON lines nested too deep to read", b"[" * 9999 + b"]" * 9999 + b"\n{}\n", "jsonl"),
    ("one streamed chunk and its line end", CHUNK + b"\n", "jsonl"),
    ("one piece of Ollama's and its line end", b'{"model":"m","response":"H","done":false}\n', "jsonl"),
    ("one stage chunk and its line end", b'{"stage_id":"a","error":"no"}\n', "jsonl"),
    ("a long first line", b'{"a":"' + b"x" * LONG + b'"}\n{}\n', "jsonl"),
    ("a first line longer than is looked at", b'{"a":"' + b"x" * LONG_JSON + b'"}\n{}\n', "jsonl"),
    # One JSON body
    ("an error body", ERROR, "json"),
    ("an error body with a line end", ERROR + b"\n", "json"),
    ("an error body with CRLF and empty lines", ERROR + b"\r\n\r\n", "json"),
    ("an error body after a BOM", BOM + ERROR, "json"),
    ("a pretty error body", PRETTY, "json"),
    ("a pretty error body with a line end", PRETTY + b"\n", "json"),
    ("a pretty list", b'[\n{"a":1},\n{"a":2}\n]\n', "json"),
    ("one chunk without a line end", CHUNK, "json"),
    ("an answer that was not streamed", b'{"choices":[{"message":{"content":"Hi"}}]}\n', "json"),
    ("an empty object", b"{}", "json"),
    ("a text in it that holds a CR and a field", b'{"a":"x\rdata: y"}', "json"),
    ("a long body on one line", b'{"a":"' + b"x" * LONG + b'"}', "json"),
    ("long pretty JSON", b"{\n" + b'"a": 1,\n' * 9999 + b'"b": 1}', "json"),
    ("pretty JSON longer than is looked at", b"{\n" + b'"a": 1,\n' * (LONG_JSON // 8) + b'"b": 1}', "json"),
    ("JSON after a page of spaces", b" " * (LONG - 1) + b"{}", "json"),
    # No stream
    ("nothing", b"", "raw"),
    ("a BOM alone", BOM, "raw"),
    ("empty lines", b"\r\n\n\n", "raw"),
    ("spaces", b"    ", "raw"),
    ("HTML", b"<!DOCTYPE html>\n<html>\ndata: no\n", "raw"),
    ("HTML after a BOM and empty lines", BOM + b"\n <html>", "raw"),
    ("plain text", b"Internal Server Error", "raw"),
    ("the first letters of a field", b"dat", "raw"),
    ("a field's name without its line end", b"data", "raw"),
    ("binary", bytes(range(256)) * 4, "raw"),
    ("zeros longer than is looked at", bytes(2 * LONG), "raw"),
    ("spaces longer than is looked at", b" " * LONG + b"data: x\n\n", "raw"),
    ("UTF-16", "data: x\n\n".encode("utf-16"), "raw"),
    ("half a JSON body", PRETTY[:40], "raw"),
    ("half a long JSON body", b"{\n" + b'"a": 1,\n' * 9999, "raw"),
    ("a lone JSON line that is damaged", b'{"a": 1,}\n', "raw"),
    ("a JSON number", b"17\n", "raw"),
    ("text with some lines of JSON", b'Example\n\n{"a":1}\n{"a":2}\n\nand more\nof it\n', "raw"),
]

# id, heads, body, framing
HEADS: list[tuple[str, bytes, bytes, str]] = [
    ("CRLF", HEAD, b"data: x\n\n", "sse"),
    ("LF", HEAD.replace(b"\r", b""), b"data: x\n\n", "sse"),
    ("LF, then CRLF", b"HTTP/1.1 200 OK\nA: b\n\r\n", b"data: x\n\n", "sse"),
    ("no header at all", b"HTTP/1.0 200 OK\r\n\r\n", b"data: x\n\n", "sse"),
    ("no reason", b"HTTP/1.1 200\r\n\r\n", b"data: x\n\n", "sse"),
    ("HTTP/2", b"HTTP/2 200 \r\ncontent-type: text/event-stream\r\n\r\n", b"data: x\n\n", "sse"),
    ("HTTP/3", b"HTTP/3 200 \r\n\r\n", b"data: x\n\n", "sse"),
    ("a BOM in the body", HEAD, BOM + b"data: x\n\n", "sse"),
    ("an empty line in the body", HEAD, b"\r\ndata: x\n\n", "sse"),
    ("a header that looks like a field", b"HTTP/1.1 200 OK\r\ndata: no\r\n\r\n", b'{"a":1}\n{"a":2}\n', "jsonl"),
    ("100 Continue", b"HTTP/1.1 100 Continue\r\n\r\n" + HEAD, b"data: x\n\n", "sse"),
    ("a proxy's answer", b"HTTP/1.0 200 Connection established\r\n\r\n" + HEAD, b"data: x\n\n", "sse"),
    ("two redirects", b"HTTP/2 301 \r\nlocation: /b\r\n\r\n" * 2 + HEAD, b"data: x\n\n", "sse"),
    ("an error body", b"HTTP/1.1 401 Unauthorized\r\n\r\n", ERROR, "json"),
    ("an error body with a line end", b"HTTP/1.1 401 Unauthorized\r\n\r\n", ERROR + b"\n", "json"),
    ("an HTML page", b"HTTP/1.1 502 Bad Gateway\r\n\r\n", b"<html>\n", "raw"),
    ("NDJSON by the head", b"HTTP/1.1 200 OK\r\nContent-Type: application/x-NDJSON\r\n\r\n", CHUNK + b"\n", "ndjson"),
    ("an empty body", HEAD, b"", "raw"),
    ("no end of the head", b"HTTP/1.1 200 OK\r\nContent-Ty", b"", "raw"),
    ("half a line end", HEAD[:-1], b"", "raw"),
    ("a status line that is none", b"", b"HTTP/1.1 abc\r\n\r\ndata: x\n\n", "sse"),
    ("half a status line", b"", b"HTTP/1.1 2", "raw"),
    ("a head longer than is looked at", b"", b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * LONG, "raw"),
]


@pytest.mark.parametrize(("data", "name"), [pytest.param(data, name, id=id) for id, data, name in CASES])
def test_the_first_bytes_tell_the_framing(data: bytes, name: str) -> None:
    found = sniff(data, ended=True)
    assert found is not None
    assert (found.name, found.head_end) == (name, 0), found.why


@pytest.mark.parametrize(("head", "body", "name"), [pytest.param(*case, id=id) for id, *case in HEADS])
def test_http_heads_are_set_apart_from_the_body(head: bytes, body: bytes, name: str) -> None:
    found = sniff(head + body, ended=True)
    assert found is not None
    assert (found.name, found.head_end) == (name, len(head)), found.why


@pytest.mark.parametrize(
    "data",
    [*(pytest.param(case[1], id=case[0]) for case in CASES), *(pytest.param(b"".join(h[1:3]), id=h[0]) for h in HEADS)],
)
def test_a_prefix_is_answered_as_the_whole_or_not_at_all(data: bytes) -> None:
    answer = sniff(data, ended=True)
    step = max(1, len(data) // (200 if len(data) < LONG_JSON else 20))  # long inputs at some points and at the limits
    for n in {*range(0, len(data), step), *range(LONG - 2, LONG + 3), *range(LONG_JSON - 2, LONG_JSON + 3)}:
        assert sniff(data[:n], ended=False) in (None, answer), data[:n]


STREAMS: list[tuple[str, bytes]] = [
    ("a comment", b":"),
    ("an event's first field", b"data:"),
    ("a chunk on a line", CHUNK + b"\n"),
    ("a second line's first character", b'{"a":1}\n{'),
    ("a head and a first field", HEAD + b"event:"),
    ("the first character of a page", b"<"),
    ("as much as is looked at", bytes(LONG)),
    ("as much JSON as is looked at", b"{" + b" " * (LONG_JSON - 1)),
]


@pytest.mark.parametrize("data", [pytest.param(data, id=id) for id, data in STREAMS])
def test_a_live_stream_is_known_before_its_end(data: bytes) -> None:
    assert sniff(data, ended=False) is not None
    assert sniff(data[:-1], ended=False) is None


# Fragments that decide, and that make others decide otherwise.
FRAGMENTS = [
    b"\n", b"\r\n", b"\r", b" ", BOM, BOM[:2], b"data: x", b"data", b"id", b":", b"error: x", b"HTTP/1.1 200 OK\r\n",
    b"HTTP/2 ", b"\r\n\r\n", b"ndjson", b"<html>", b"{", b"}", b"[", b"]", b'{"a":1}', ERROR, CHUNK, b"x", b"\xff",
]  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=14).map(b"".join), st.integers(4, 200))
def test_no_cut_changes_the_answer(data: bytes, limit: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(framing, "SNIFF_BYTES", limit)  # so that short inputs reach them
        patch.setattr(framing, "JSON_BYTES", 2 * limit)
        answer = sniff(data, ended=True)
        for n in range(len(data) + 1):
            assert sniff(data[:n], ended=False) in (None, answer), (data[:n], answer)
        assert answer is not None


def test_a_chain_of_heads_without_end_is_given_up_in_time() -> None:
    found = sniff(b"HTTP/1.1 200 OK\r\n\r\n" * 100_000, ended=False)
    assert isinstance(found, Framing)
    assert found.head_end < 2 * LONG
