"""A server on loopback that floods its first client with events, and says what it sent and how fast it was taken.

    python -m tests.bench.programs.flood_server EVENTS_PER_S SECONDS

Prints its address, answers one request with one event, waits for a line of its input, then floods, and prints a JSON
object. It sends what is due every 10 ms as one HTTP chunk, as servers do whose events come faster than their writes;
when the client takes less than that, it falls behind and makes up for it later.
"""

from __future__ import annotations

import hashlib
import json
import socket
import sys
import time
from collections.abc import Iterator

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
EVENT = (
    b'data: {"choices":[{"finish_reason":null,"index":0,"delta":{"content":"%s"}}],"created":1795237200,'
    b'"id":"chatcmpl-flood","model":"tiny","object":"chat.completion.chunk"}\n\n'
)
LAST = EVENT.replace(b'"finish_reason":null', b'"finish_reason":"stop"') % b"" + b"data: [DONE]\n\n"
TICK_S = 0.01


class Sender:
    def __init__(self, client: socket.socket) -> None:
        self.client, self.size, self.sha256 = client, 0, hashlib.sha256()

    def send(self, data: bytes) -> None:
        self.client.sendall(b"%x\r\n%b\r\n" % (len(data), data))
        self.size += len(data)
        self.sha256.update(data)


def due(events_per_s: float, seconds: float) -> Iterator[bytes]:
    """What is due at each tick; every event has a number, so that none can stand for another."""
    began_s = time.perf_counter()
    for tick in range(round(seconds / TICK_S)):
        time.sleep(max(began_s + tick * TICK_S - time.perf_counter(), 0))
        numbers = range(round(tick * TICK_S * events_per_s), round((tick + 1) * TICK_S * events_per_s))
        yield b"".join([EVENT % b"word%d " % number for number in numbers])


def main(events_per_s: float, seconds: float) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        print(f"http://127.0.0.1:{listening.getsockname()[1]}/stream", flush=True)
        client, _ = listening.accept()
    with client:
        client.recv(65536)
        client.sendall(HEAD)
        sender = Sender(client)
        sender.send(EVENT % b"ready ")
        sys.stdin.readline()
        began_s = time.perf_counter()
        for data in due(events_per_s, seconds):
            sender.send(data)
        took_s = time.perf_counter() - began_s
        sender.send(LAST)
        client.sendall(b"0\r\n\r\n")
        events = round(events_per_s * seconds)
        print(
            json.dumps({"events": events, "bytes": sender.size, "sha256": sender.sha256.hexdigest(), "took_s": took_s})
        )


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
