"""The transport of every request: says what happens as it happens, and takes each read before it is handed up."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from typing import Any

import httpx

from inspector.asides import ExchangeBegan, ExchangeEnded, HeadCame, Headers, RequestSent
from inspector.live.connection import Connection
from inspector.live.desk import Desk
from inspector.live.encoding import decoder_of
from inspector.live.exchange import Exchange
from inspector.live.secrets import masked_headers, masked_url
from inspector.live.trouble import Trouble, Wait, is_about_connecting, trouble_of
from inspector.live.wire import Wire

ERROR_BODY_BYTES = 64 << 20  # no more is taken of what a server says beside its refusal
MOST_DEPTH = 100  # of a request's JSON: what is deeper is told as its text
_TOO_LONG = f"The body of the refusal is longer than {ERROR_BODY_BYTES >> 20} MiB: the rest was not taken."
_LEFT = "The connection was closed before the answer ended."


class Tee(httpx.AsyncBaseTransport):
    """`last` is the exchange that was begun last: it says how it went, whatever a library above makes of it."""

    def __init__(
        self, connection: Connection, desk: Desk, inner: httpx.AsyncBaseTransport, proxy: str | None = None
    ) -> None:
        self._wait = Wait(connection.connect_timeout_s, connection.timeout_s)
        self._connection = connection
        self._desk = desk
        self._inner = inner
        self._proxy = httpx.URL(proxy) if proxy else None
        self.last: Exchange | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        exchange = self.last = Exchange(request.method, request.url, self._desk.mask)
        wire = Wire(self._say_sent)
        sent = self._as_sent(request, wire)
        self._say_began(sent, request.content)
        ending = Ending(exchange, self._desk, self._wait, self._proxy)
        try:
            response = await self._inner.handle_async_request(sent)
        except BaseException as error:
            ending.say(error)
            await wire.close()
            if isinstance(error, _OF_LIBRARIES):
                raise httpx.ConnectError(str(error)) from error
            raise
        self._say_head(response, exchange)
        return httpx.Response(
            response.status_code,
            headers=[(name, value) for name, value in response.headers.raw if name.lower() not in _PACKING_HEADERS],
            stream=TeeStream(response, exchange, self._desk, ending),
            extensions=response.extensions,
        )

    def _as_sent(self, request: httpx.Request, wire: Wire) -> httpx.Request:
        """Make the request that goes on the wire; the one above stays as the library there knows it."""
        extensions = {**request.extensions, "timeout": self._timeouts(), "trace": wire.trace}
        stream = request.stream
        return httpx.Request(
            request.method, request.url, headers=self._headed(request), stream=stream, extensions=extensions
        )

    def _headed(self, request: httpx.Request) -> list[tuple[bytes, bytes]]:
        """What the user said is what is sent, whatever a library above adds: its key, its name, its statistics.

        A header of the user's goes before a password in the URL, and that before a key, which the environment may have.
        """
        given = {name.lower() for name, _ in self._connection.headers}
        given |= set() if request.url.userinfo else {"authorization"}
        added = [(name, value) for name, value in self._connection.headers if name.lower() != "authorization"]
        if "authorization" in given and (authorization := self._connection.authorization):
            added.append(("Authorization", authorization))
        kept = [each for each in request.headers.raw if each[0].decode("latin-1").lower() not in given]
        kept = [each for each in kept if not each[0].lower().startswith(b"x-stainless-")]
        return kept + [(name.encode(), value.encode()) for name, value in added]

    def _timeouts(self) -> dict[str, float | None]:
        """A library above has other ideas of them: ours are the user's."""
        wait = self._wait
        return {"connect": wait.connect_s, "read": wait.read_s, "write": wait.read_s, "pool": None}

    def _say_began(self, request: httpx.Request, content: bytes) -> None:
        url, headers = masked_url(str(request.url)), masked_headers(_headers(request.headers))
        self._desk.say(ExchangeBegan(self._desk.now(), request.method, url, headers, _json(content)))

    def _say_sent(self) -> None:
        self._desk.say(RequestSent(self._desk.now()))

    def _say_head(self, response: httpx.Response, exchange: Exchange) -> None:
        exchange.status, exchange.headers = response.status_code, response.headers
        exchange.reason = response.reason_phrase
        headers = masked_headers(_headers(response.headers))
        http = response.http_version.removeprefix("HTTP/")
        self._desk.say(HeadCame(self._desk.now(), http, response.status_code, response.reason_phrase, headers))

    async def aclose(self) -> None:
        await self._inner.aclose()


# What comes through httpx as it is when a host or port cannot be; a bug would be something else.
_OF_LIBRARIES = (ExceptionGroup, OSError, OverflowError, UnicodeError)
# What is handed up is decoded, so that neither its size nor its encoding is what these say.
_PACKING_HEADERS = (b"content-encoding", b"content-length")


class Ending:
    """Says once how an exchange ended."""

    def __init__(self, exchange: Exchange, desk: Desk, wait: Wait, proxy: httpx.URL | None) -> None:
        self._exchange = exchange
        self._desk = desk
        self._wait = wait
        self._proxy = proxy

    def say(self, error: BaseException | None) -> None:
        exchange = self._exchange
        if exchange.has_ended:
            return
        exchange.has_ended = True
        if error is not None:
            exchange.trouble = self._trouble(error)
        sentence = exchange.trouble.sentence if exchange.trouble else None
        self._desk.say(ExchangeEnded(self._desk.now(), sentence))

    def _trouble(self, error: BaseException) -> Trouble:
        exchange = self._exchange
        if isinstance(error, asyncio.CancelledError):
            return Trouble("cut", "Cancelled.")
        if isinstance(error, GeneratorExit):
            return Trouble("cut", _LEFT)
        has_head = exchange.status is not None
        url = self._proxy if self._proxy and is_about_connecting(error) else exchange.url
        return trouble_of(error, url, self._wait, exchange.received, has_head=has_head)


class TeeStream(httpx.AsyncByteStream):
    """The body: decoded, taken, and handed up, read by read."""

    def __init__(self, response: httpx.Response, exchange: Exchange, desk: Desk, ending: Ending) -> None:
        assert isinstance(response.stream, httpx.AsyncByteStream)
        self._stream = response.stream
        self._decoder = decoder_of(response.headers.get("content-encoding", ""))
        self._exchange = exchange
        self._desk = desk
        self._ending = ending
        self._limit = ERROR_BODY_BYTES if response.status_code >= 400 else None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for packed in self._stream:
                for data in self._decoder.feed(packed):
                    self._desk.take(data)
                    self._exchange.took(data)
                    yield data
                if self._limit and self._exchange.received >= self._limit:
                    self._exchange.trouble = Trouble("error", _TOO_LONG)
                    break
            else:
                self._decoder.end()
            self._ending.say(None)
        except BaseException as error:
            self._ending.say(error)
            raise

    async def aclose(self) -> None:
        self._ending.say(GeneratorExit())
        await self._stream.aclose()


def _headers(headers: httpx.Headers) -> Headers:
    """Give names as they stand on the wire."""
    return tuple((name.decode("latin-1"), value.decode(headers.encoding)) for name, value in headers.raw)


def _json(body: bytes) -> Any:
    """The body of a request as JSON, or as text where it is none, or too deep to be looked through everywhere."""
    try:
        value = json.loads(body) if body else None
    except (ValueError, RecursionError):
        return body.decode("utf-8", "replace")
    return value if _depth(value) <= MOST_DEPTH else body.decode("utf-8", "replace")


def _depth(value: Any) -> int:
    depth, level = 0, [value]
    while level := [each for outer in level if isinstance(outer, list | dict) for each in _members(outer)]:
        depth += 1
    return depth


def _members(outer: list[Any] | dict[str, Any]) -> Iterable[Any]:
    return outer.values() if isinstance(outer, dict) else outer
