"""A stage server of the tests' own: streams the envelope in all its forms over HTTP; asks no model, knows no client."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain, zip_longest
from threading import Event, Thread
from typing import Any, Literal, TypeAlias

from inspector.payloads.chunk import CallDelta, CallFunction, Chunk, ChunkChoice, ChunkDelta
from inspector.payloads.plain_writer import PlainWriter
from inspector.payloads.stage_writer import StageWriter, Writer

Variant: TypeAlias = Literal["newer", "older", "plain"]
End: TypeAlias = Literal["done", "cancel", "error", "cut", "hang"]
CHAT, TOOLCHAIN = "/stream/v1/chat", "/stream/v1/toolchain"
RESULTS = {"call_1": '{"temp": 17}'}
PATIENCE_S = 5


def chunk(**delta: Any) -> Chunk:
    finish = delta.pop("finish", None)
    choice = ChunkChoice(delta=ChunkDelta(**delta), finish_reason=finish)
    return Chunk(id="chatcmpl-1", choices=[choice], created=1, model="tiny")


def call(arguments: str, **begin: str) -> Chunk:
    function = CallFunction(name=begin.get("name"), arguments=arguments)
    return chunk(tool_calls=[CallDelta(index=0, id=begin.get("id"), function=function, type="function")])


def chat(writer: Writer) -> Iterator[bytes]:
    for text in ("It is ", "sunny."):
        yield writer.chat(chunk(content=text))
    yield writer.chat(chunk(finish="stop"))


def toolchain(writer: Writer) -> Iterator[bytes]:
    yield writer.tool(call('{"city": ', id="call_1", name="get_weather"))
    yield writer.tool(call('"Oslo"}'))
    yield writer.tool(chunk(finish="tool_calls"))
    yield writer.summary(RESULTS)
    for text in ("17 ", "degrees."):
        yield writer.synthesis(chunk(content=text))


def ending(writer: Writer, end: End) -> Iterator[bytes]:
    match end:
        case "done":
            yield writer.done()
        case "cancel":
            yield writer.cancel()
        case "error":
            yield writer.error("The model is gone.")


def writer_for(variant: Variant, stage: str) -> Writer:
    return PlainWriter() if variant == "plain" else StageWriter(stage, variant)


def stream(path: str, stages: list[str], variant: Variant, end: End) -> Iterator[bytes]:
    """The frames of all stages, in turn where there are several; only the first ends otherwise than `done`."""
    script = toolchain if path == TOOLCHAIN else chat
    scripts = []
    for number, stage in enumerate(stages):
        writer = writer_for(variant, stage)
        scripts.append(chain(script(writer), ending(writer, "done" if number else end)))
    for frames in zip_longest(*scripts, fillvalue=b""):
        yield from filter(None, frames)


@dataclass
class EnvelopeServer:
    """`left` is set when a client goes away from a stream that hangs; `asked` has every request."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    left: Event = field(default_factory=Event)


@contextmanager
def serving() -> Iterator[EnvelopeServer]:
    """A server on a free port. A POST says `{"stages", "variant", "end"}`; a GET is one stage that gets done."""
    state = EnvelopeServer()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(state))
    state.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(state: EnvelopeServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            self._answer(json.loads(self.rfile.read(int(self.headers["content-length"]))))

        def _answer(self, body: dict[str, Any]) -> None:
            state.asked.append({"method": self.command, "path": self.path, "headers": dict(self.headers), "body": body})
            end: End = body.get("end", "done")
            self.close_connection = True
            self.send_response(200)
            self.send_header("content-type", "text/event-stream; charset=utf-8")
            self.send_header("transfer-encoding", "chunked")
            self.end_headers()
            for frame in stream(self.path, body.get("stages", ["A"]), body.get("variant", "newer"), end):
                self.wfile.write(b"%x\r\n%b\r\n" % (len(frame), frame))
            if end == "hang":
                self._wait_for_the_client_to_leave()
            elif end != "cut":
                self.wfile.write(b"0\r\n\r\n")

        def _wait_for_the_client_to_leave(self) -> None:
            self.connection.settimeout(PATIENCE_S)
            if self.connection.recv(1) == b"":
                state.left.set()

        def log_message(self, format: str, *args: object) -> None:
            """stderr is for failures."""

    return Handler
