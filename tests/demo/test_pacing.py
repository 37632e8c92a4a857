"""The relay slows what the server sends, and nothing else about it."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

import pytest

from inspector.demo.pacing import PacedRelay

HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
EVENT = b"d\r\ndata: hello\n\n\r\n"
LAST = b"0\r\n\r\n"
BODIES = {
    "a stream": HEAD + EVENT * 5 + LAST,
    "an error": b'HTTP/1.1 400 Bad Request\r\nContent-Length: 14\r\n\r\n{"error": "x"}',
    "cut in an event": HEAD + EVENT + b"d\r\ndata: he",
    "nothing": b"",
    "bytes that are no HTTP": bytes(range(256)) * 1000,
}


class Server:
    """Reads a request, answers with fixed bytes, and notes whether the client left before the end of `held_s`."""

    def __init__(self, answer: bytes, held_s: float = 0.0) -> None:
        self.answer, self.held_s, self.request = answer, held_s, b""
        self.left_after_s: float | None = None

    def serve(self, listening: socket.socket) -> None:
        connection, _ = listening.accept()
        with connection:
            self.request = connection.recv(65536)
            with suppress(ConnectionError):
                connection.sendall(self.answer)
            if self.held_s:
                connection.settimeout(self.held_s)
                began_s = time.monotonic()
                with suppress(ConnectionError):
                    assert not connection.recv(1)
                self.left_after_s = time.monotonic() - began_s


@contextmanager
def relayed(server: Server, events_per_s: float) -> Iterator[socket.socket]:
    """A client's connection to the relay; when it is left the server has ended."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=server.serve, args=[listening])
        thread.start()
        with PacedRelay(f"http://127.0.0.1:{listening.getsockname()[1]}", events_per_s) as url:
            with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=5) as client:
                yield client
            thread.join()


def everything(client: socket.socket) -> bytes:
    return b"".join(iter(lambda: client.recv(65536), b""))


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_the_bytes_of_both_sides_come_through_untouched(body: bytes) -> None:
    server = Server(body)
    with relayed(server, 1000) as client:
        client.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert everything(client) == body
    assert server.request == b"GET / HTTP/1.1\r\n\r\n"


def test_events_come_one_by_one_at_the_pace() -> None:
    arrivals = []
    with relayed(Server(HEAD + EVENT * 5 + LAST), 50) as client:
        client.sendall(b"x")
        while client.recv(65536):
            arrivals.append(time.monotonic())
    assert len(arrivals) >= 5
    assert arrivals[-1] - arrivals[0] >= 4 / 50


def test_when_the_client_leaves_the_server_sees_it_at_once() -> None:
    server = Server(HEAD + EVENT * 100, held_s=5.0)
    with relayed(server, 10) as client:
        client.sendall(b"x")
        assert client.recv(65536)
        client.close()
    assert server.left_after_s is not None
    assert server.left_after_s < 1.0


def test_a_relay_that_is_stopped_lets_go_of_both_sides() -> None:
    server = Server(HEAD + EVENT * 100_000, held_s=5.0)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=server.serve, args=[listening])
        thread.start()
        with PacedRelay(f"http://127.0.0.1:{listening.getsockname()[1]}", 10) as url:
            client = socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=5)
            client.sendall(b"x")
            assert client.recv(10)
        client.close()
        thread.join(5)
    assert not thread.is_alive()


def test_a_server_that_is_not_there_is_a_connection_that_closes() -> None:
    with socket.create_server(("127.0.0.1", 0)) as was_there:
        port = was_there.getsockname()[1]
    with (
        PacedRelay(f"http://127.0.0.1:{port}") as url,
        socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=5) as client,
    ):
        assert everything(client) == b""
