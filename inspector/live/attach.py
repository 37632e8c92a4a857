"""Watching any event stream: one request, its answer, and another one only where the user asked to reconnect."""

import asyncio
from dataclasses import dataclass

import httpx

from inspector.asides import Ending, RunEnded
from inspector.errors import InspectorError
from inspector.live.client import Line, open_line
from inspector.live.connection import Connection, parse_body
from inspector.live.desk import Desk, Tape
from inspector.live.exchange import Exchange
from inspector.live.last_event import LastEvent
from inspector.live.oddities import no_stream, oddities
from inspector.live.refusal import failure_of
from inspector.live.secrets import masked_url
from inspector.live.source import LiveSource

MOST_VAIN_TRIES = 5  # in a row, without a byte


@dataclass(frozen=True, slots=True)
class Watch:
    """What to ask for. `body` is JSON text; `method` is POST where there is one. `resend` lets a POST be sent again."""

    connection: Connection
    method: str | None = None
    body: str | None = None
    reconnect: bool = False
    resend: bool = False

    def __post_init__(self) -> None:
        """`InspectorError` where nothing could be sent."""
        if self.body is not None:
            parse_body(self.body)
        if not self.verb.isascii() or not self.verb.isalpha():
            raise InspectorError(f"{self.verb!r} is no method: use GET or POST.")

    @property
    def verb(self) -> str:
        return (self.method or ("GET" if self.body is None else "POST")).upper()

    @property
    def may_repeat(self) -> bool:
        return self.reconnect and (self.resend or self.verb in ("GET", "HEAD"))


def attach_source(watch: Watch, tape: Tape) -> LiveSource:
    async def script(desk: Desk) -> None:
        async with open_line(watch.connection, desk) as line:
            how, message = await _watched(watch, line, desk)
        desk.say(RunEnded(desk.now(), how, message))

    name = masked_url(watch.connection.url)
    return LiveSource(name, "attach", script, tape, watch.connection.mask())


async def _watched(watch: Watch, line: Line, desk: Desk) -> tuple[Ending, str | None]:
    """Ask, and ask again as long as that is wanted; give how the last answer ended."""
    last_event, vain_tries = LastEvent(), 0
    while True:
        exchange = await _asked(watch, line, last_event)
        for sentence in oddities(exchange):
            desk.notice(sentence)
        vain_tries = 0 if exchange.received else vain_tries + 1
        if not _is_worth_another(watch, exchange, vain_tries, desk):
            return failure_of(exchange) or ("end", no_stream(exchange))
        if (missing := no_stream(exchange)) is not None:
            desk.notice(missing)
        desk.notice(_reconnecting(last_event))
        await asyncio.sleep(last_event.retry_s)


async def _asked(watch: Watch, line: Line, last_event: LastEvent) -> Exchange:
    last_event.reconnected()
    try:
        async with line.http.stream(
            watch.verb, watch.connection.url, content=watch.body, headers=_headers(watch, last_event)
        ) as response:
            async for data in response.aiter_raw():
                if watch.reconnect:
                    last_event.feed(data)
    except httpx.HTTPError:
        assert line.tee.last
        assert line.tee.last.trouble, "the transport says what went wrong"
    assert line.tee.last
    return line.tee.last


def _headers(watch: Watch, last_event: LastEvent) -> list[tuple[bytes, bytes]]:
    headers = [(b"Accept", b"text/event-stream"), (b"Cache-Control", b"no-store")]
    if watch.body is not None:
        headers.append((b"Content-Type", b"application/json"))
    if last_event.id:
        headers.append((b"Last-Event-ID", last_event.id.encode()))
    return headers


def _is_worth_another(watch: Watch, exchange: Exchange, vain_tries: int, desk: Desk) -> bool:
    """204 and refusals end it, as in a browser."""
    if not watch.reconnect or exchange.status not in (None, 200) or vain_tries >= MOST_VAIN_TRIES:
        return False
    if not watch.may_repeat:
        desk.notice(f"Not reconnected: a {watch.verb} would be done twice on the server.")
    return watch.may_repeat


def _reconnecting(last_event: LastEvent) -> str:
    after = f" after the event {last_event.id!r}" if last_event.id else ""
    return f"The stream ended: reconnecting{after} in {last_event.retry_s:g} s."
