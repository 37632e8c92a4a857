"""A relay on loopback that slows a server's events for the eye. It changes no byte and knows only where events end."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

END_OF_EVENT = re.compile(rb"(?<=\n\n)")
READ_BYTES = 65536
EVENTS_PER_S = 20.0


class PacedRelay:
    """`with PacedRelay(url) as slow_url:` passes on what either side sends, with a pause after each event of `url`'s.

    It speaks no HTTP, so that heads, errors and chunk sizes are the server's own. When either side leaves, the other
    is left at once.
    """

    def __init__(self, upstream: str, events_per_s: float = EVENTS_PER_S) -> None:
        address = urlsplit(upstream)
        self._upstream = address.hostname, address.port
        self._pause_s = 1 / events_per_s
        self._is_open = threading.Event()
        self._connections: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="relay", daemon=True)

    def __enter__(self) -> str:
        self._thread.start()
        self._is_open.wait()
        return f"http://127.0.0.1:{self._port}"

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()

    async def _serve(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self._port = server.sockets[0].getsockname()[1]
        self._is_open.set()
        await self._over.wait()
        server.close()
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._relay(reader, writer))
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)

    async def _relay(self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        with suppress(OSError), _held(to_client):
            server, to_server = await asyncio.open_connection(*self._upstream)
            with _held(to_server):
                await _until_one_ends(_pass_on(client, to_server), self._pass_slowly(server, to_client))

    async def _pass_slowly(self, server: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        while data := await server.read(READ_BYTES):
            for piece in filter(None, END_OF_EVENT.split(data)):
                to_client.write(piece)
                await to_client.drain()
                if piece.endswith(b"\n\n"):
                    await asyncio.sleep(self._pause_s)


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(READ_BYTES):
        writer.write(data)
        await writer.drain()


async def _until_one_ends(*ways: Coroutine[Any, Any, None]) -> None:
    tasks = [asyncio.create_task(way) for way in ways]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@contextmanager
def _held(writer: asyncio.StreamWriter) -> Iterator[None]:
    """What is written still goes out, but for when the relay itself is stopped: nobody may be reading."""
    try:
        yield
    except asyncio.CancelledError:
        writer.transport.abort()
        raise
    finally:
        writer.close()
