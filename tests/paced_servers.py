"""Streaming servers on loopback, and a relay that slows a stream for the eye; knows nothing above SSE."""

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import httpx

Answer = Callable[[str, Any], Iterator[bytes]]
"""Path and JSON body of a POST to the pieces of an event stream, each sent as soon as it is made."""

END_OF_EVENT = re.compile(rb"(?<=\n\n)")


def handler_of(answer: Answer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.send_header("transfer-encoding", "chunked")
            self.end_headers()
            for piece in answer(self.path, body):
                self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")

        def log_message(self, format: str, *args: object) -> None:
            """stderr is for failures."""

    return Handler


@contextmanager
def streaming(answer: Answer) -> Iterator[str]:
    """The address of a server on a free port that gives `answer` to every POST."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(answer))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class PacingRelay:
    """Asks `upstream` and lets its events through one by one, bytes untouched, `events_per_s` a second."""

    def __init__(self, upstream: str, events_per_s: float) -> None:
        self.upstream, self.pause_s = upstream, 1 / events_per_s
        self.requests: list[dict[str, Any]] = []

    def __call__(self, path: str, body: Any) -> Iterator[bytes]:
        self.requests.append({"path": path, "body": body})
        reply = httpx.post(self.upstream + path, json=body, trust_env=False).raise_for_status()
        for event in filter(None, END_OF_EVENT.split(reply.content)):
            time.sleep(self.pause_s)
            yield event
