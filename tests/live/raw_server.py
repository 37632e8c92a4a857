"""A server on the loopback that does as it is told, byte by byte, and says what it got and when it was left."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from threading import Event, Thread
from types import TracebackType

LONG_S = 10.0  # far beyond what anything here takes, on however busy a machine


class Do(Enum):
    WAIT = "until the test releases it"
    RESET = "drop the connection by RST"
    CLOSE = "close it"
    HALF_CLOSE = "say that no more will come, and go on reading"
    AT_ONCE = "as the first step: do not wait for the request"


Step = bytes | Do
Script = Sequence[Step]


@dataclass
class Visit:
    """One connection: what the client sent, and when it left, on the clock `time.monotonic`."""

    request: bytes = b""
    arrived: Event = field(default_factory=Event)  # the whole request is here
    left: Event = field(default_factory=Event)
    left_at_s: float = 0.0

    @property
    def head(self) -> str:
        return self.request.partition(b"\r\n\r\n")[0].decode()

    @property
    def body(self) -> bytes:
        return self.request.partition(b"\r\n\r\n")[2]

    def header(self, name: str) -> str | None:
        pairs = (line.partition(":") for line in self.head.splitlines()[1:])
        return next((value.strip() for key, _, value in pairs if key.lower() == name.lower()), None)


class RawServer:
    """The n-th connection plays the n-th script, later ones the last; after a script it waits to be left."""

    def __init__(self, *scripts: Script, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> None:
        self._scripts = scripts
        self._tls = tls
        self._host = host
        self._ready = Event()
        self._loop = asyncio.new_event_loop()
        self._released = asyncio.Semaphore(0)
        self._tasks: set[asyncio.Task[None]] = set()
        self._thread = Thread(target=self._run, name="raw server")
        self.visits: list[Visit] = []
        self.connected = Event()
        self.port = 0

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://{self._host}:{self.port}"

    def __enter__(self) -> RawServer:
        self._thread.start()
        assert self._ready.wait(LONG_S)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(LONG_S)
        assert not self._thread.is_alive()

    def release(self) -> None:
        """Let one `Do.WAIT` go on."""
        self._loop.call_soon_threadsafe(self._released.release)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        server = await asyncio.start_server(self._visited, self._host, 0, ssl=self._tls)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _visited(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        visit = Visit()
        self.visits.append(visit)
        self.connected.set()
        try:
            await self._play(self._scripts[min(len(self.visits), len(self._scripts)) - 1], visit, reader, writer)
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self._note_left(visit)
            self._tasks.discard(task)
            writer.transport.abort()

    async def _play(
        self, script: Script, visit: Visit, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if not script or script[0] is not Do.AT_ONCE:
            await self._receive(visit, reader)
        leaving = asyncio.create_task(self._watch(visit, reader))
        playing = asyncio.create_task(self._take_all(script, writer))
        try:
            await leaving  # the client may go in the middle of the script, or some time after its end
        finally:
            playing.cancel()
            leaving.cancel()
            await asyncio.gather(leaving, playing, return_exceptions=True)

    async def _receive(self, visit: Visit, reader: asyncio.StreamReader) -> None:
        with suppress(asyncio.IncompleteReadError):
            visit.request = await reader.readuntil(b"\r\n\r\n")
            visit.request += await reader.readexactly(int(visit.header("content-length") or 0))
        visit.arrived.set()

    async def _watch(self, visit: Visit, reader: asyncio.StreamReader) -> None:
        with suppress(ConnectionError):
            while await reader.read(1 << 16):
                pass
        self._note_left(visit)

    def _note_left(self, visit: Visit) -> None:
        if not visit.left.is_set():
            visit.left_at_s = time.monotonic()
            visit.left.set()

    async def _take_all(self, script: Script, writer: asyncio.StreamWriter) -> None:
        for step in script:
            await self._take(step, writer)

    async def _take(self, step: Step, writer: asyncio.StreamWriter) -> None:
        match step:
            case bytes():
                writer.write(step)
                await writer.drain()
            case Do.WAIT:
                await self._released.acquire()
            case Do.RESET:
                raw: socket.socket = writer.get_extra_info("socket")
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                writer.transport.abort()
            case Do.CLOSE:
                writer.close()
            case Do.HALF_CLOSE:
                writer.write_eof()


def head(status: str = "200 OK", content_type: str = "text/event-stream", *more: str, http: str = "1.1") -> bytes:
    """A response head; without a length the body ends where the connection does."""
    lines = [f"HTTP/{http} {status}", *([f"Content-Type: {content_type}"] if content_type else []), *more, "", ""]
    return "\r\n".join(lines).encode()


def answer(body: bytes, status: str = "200 OK", content_type: str = "text/event-stream", *more: str) -> bytes:
    """A whole response."""
    return head(status, content_type, f"Content-Length: {len(body)}", *more) + body


CHUNKED = "Transfer-Encoding: chunked"
LAST_CHUNK = b"0\r\n\r\n"


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


def free_port() -> int:
    """A port of the loopback where nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port
