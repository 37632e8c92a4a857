"""What is odd in an answer that HTTP calls a success: no client library says a word about any of it."""

from collections.abc import Iterator

from inspector.live.connection import place_of
from inspector.live.exchange import Exchange
from inspector.live.refusal import words_of
from inspector.wire.framing import STREAMS, sniff

_STREAMS = ("text/event-stream", "application/x-ndjson", "application/ndjson", "application/jsonl")


def oddities(exchange: Exchange) -> list[str]:
    """Say in sentences what a stream had that no event stream has."""
    is_stream = _is_success(exchange) and exchange.received and no_stream(exchange) is None
    return list(_oddities(exchange)) if is_stream else []


def no_stream(exchange: Exchange) -> str | None:
    """Say what an exchange that was no failure had in place of a stream, by how it begins."""
    if not _is_success(exchange):
        return None
    answered, start = _answered(exchange), exchange.said.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not exchange.received:
        said = f"{answered} with an empty body: nothing was streamed; look at the server's log."
        return None if exchange.trouble else said
    if start[:1] == b"<":
        words = words_of(exchange.said, _content_type(exchange))
        return f"{answered} with a page of markup (“{words}”) and no stream: is the URL the one of the API?"
    if start[:1] == b"{" and not _is_lines(exchange):
        return _object(exchange, start, answered)
    return None


def _oddities(exchange: Exchange) -> Iterator[str]:
    answered, content_type = _answered(exchange), _content_type(exchange)
    if _kind(exchange) not in _STREAMS:
        called = f"calls it {content_type}" if content_type else "has no Content-Type"
        yield f"{answered} with a stream but {called}: browsers and strict clients want text/event-stream."
    parameters = content_type.partition(";")[2]
    if "charset" in parameters.lower() and "utf-8" not in parameters.lower():
        yield f"{answered} and calls the stream{parameters}: it is read as UTF-8, as event streams always are."


def _object(exchange: Exchange, start: bytes, answered: str) -> str:
    if b'"error"' in start[:4096] or b'"detail"' in start[:4096]:
        return f"{answered}, yet the body is an error: “{words_of(exchange.said, '')}”."
    return f"{answered} with one JSON object and no stream: does the request ask to stream?"


def _is_lines(exchange: Exchange) -> bool:
    """Whether it is a stream of JSON, whatever the server calls it, or is called one."""
    framing = sniff(exchange.beginning, ended=True)
    return _kind(exchange) in _STREAMS[1:] or (framing is not None and framing.name in STREAMS)


def _is_success(exchange: Exchange) -> bool:
    return exchange.status is not None and 200 <= exchange.status < 300 and exchange.status != 204


def _answered(exchange: Exchange) -> str:
    return f"{place_of(exchange.url)} answered {exchange.status}"


def _content_type(exchange: Exchange) -> str:
    return str(exchange.headers.get("content-type", ""))


def _kind(exchange: Exchange) -> str:
    return _content_type(exchange).partition(";")[0].strip().lower()
