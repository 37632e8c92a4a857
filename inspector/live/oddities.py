"""What is odd in an answer that HTTP calls a success: no client library says a word about any of it."""

from collections.abc import Iterator

from inspector.live.connection import place_of
from inspector.live.exchange import Exchange
from inspector.live.refusal import words_of

_STREAMS = ("text/event-stream", "application/x-ndjson", "application/ndjson", "application/jsonl")


def oddities(exchange: Exchange) -> list[str]:
    """Say in sentences what an exchange that was no failure had that no event stream has."""
    if exchange.status is None or not 200 <= exchange.status < 300 or exchange.status == 204:
        return []
    return list(_oddities(exchange, f"{place_of(exchange.url)} answered {exchange.status}"))


def _oddities(exchange: Exchange, answered: str) -> Iterator[str]:
    content_type = exchange.headers.get("content-type", "")
    kind, _, parameters = content_type.partition(";")
    start = exchange.said.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not exchange.received:
        if exchange.trouble is None:
            yield f"{answered} with an empty body: nothing was streamed."
        return
    if start[:1] == b"<":
        words = words_of(exchange.said, content_type)
        yield f"{answered} with a page of markup (“{words}”) and no stream: is the URL the one of the API?"
    elif start[:1] == b"{" and kind.strip().lower() not in _STREAMS[1:]:
        yield from _object(exchange, start, answered)
    elif kind.strip().lower() not in _STREAMS:
        called = f"calls it {content_type}" if content_type else "has no Content-Type"
        yield f"{answered} with a stream but {called}: browsers and strict clients want text/event-stream."
    if "charset" in parameters.lower() and "utf-8" not in parameters.lower():
        yield f"{answered} and calls the stream{parameters}: it is read as UTF-8, as event streams always are."


def _object(exchange: Exchange, start: bytes, answered: str) -> Iterator[str]:
    if b'"error"' in start[:4096] or b'"detail"' in start[:4096]:
        yield f"{answered}, yet the body is an error: “{words_of(exchange.said, '')}”."
    else:
        yield f"{answered} with one JSON object and no stream: does the request ask to stream?"
