"""The models that a server offers, by `GET /models`: asked beside any run, and recorded nowhere."""

import json
from dataclasses import replace
from typing import Any

import httpx

from inspector.asides import Aside
from inspector.errors import InspectorError
from inspector.live.backlog import Backlog
from inspector.live.client import Line, open_line
from inspector.live.connection import Connection, place_of
from inspector.live.desk import Desk
from inspector.live.refusal import failure_of
from inspector.sources.store import ByteStore, FileStore

TIMEOUT_S = 10.0
MOST_BYTES = 4 << 20


async def models(connection: Connection) -> list[str]:
    """Give the ids in the server's order; `InspectorError` in words where it has no such list."""
    hurried = replace(connection, timeout_s=min(TIMEOUT_S, connection.timeout_s))
    desk = Desk(_NoTape(), connection.mask(), Backlog())
    async with open_line(hurried, desk) as line:
        body = await _asked(line, connection.url.rstrip("/") + "/models")
    return _ids(body, connection)


async def _asked(line: Line, url: str) -> bytes:
    body = bytearray()
    try:
        async with line.http.stream("GET", url) as response:
            async for data in response.aiter_raw():
                body += data
                if len(body) > MOST_BYTES:
                    break
    except httpx.HTTPError as error:
        if line.tee.last is None or line.tee.last.trouble is None:
            raise InspectorError(f"The models cannot be asked for ({error}).") from error
    assert line.tee.last
    if failure := failure_of(line.tee.last):
        raise InspectorError(failure.sentence)
    return bytes(body)


def _ids(body: bytes, connection: Connection) -> list[str]:
    try:
        value: Any = json.loads(body)
        listed: Any = value.get("data", value.get("models")) if isinstance(value, dict) else value
        names = [each["id"] if "id" in each else each["name"] for each in listed]
    except (ValueError, TypeError, KeyError, RecursionError):
        place = place_of(httpx.URL(connection.url))
        raise InspectorError(f"{place} did not answer /models with a list of models: type the name of one.") from None
    return [name for name in names if isinstance(name, str)]


class _NoTape:
    """Keeps nothing."""

    store: ByteStore = FileStore(-1)

    def append(self, data: bytes, at_s: float) -> None:
        return

    def note(self, aside: Aside) -> None:
        return

    def remark(self, sentence: str, at_s: float) -> None:
        return

    def notices(self) -> list[str]:
        return []

    def close(self) -> None:
        return

    def release(self) -> None:
        return
