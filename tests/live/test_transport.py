"""What an exchange says, and which bytes it gives."""

from __future__ import annotations

import base64
import gzip
import zlib

import pytest

from inspector.asides import ExchangeBegan, ExchangeEnded, HeadCame, Headers
from inspector.live.attach import Watch, attach_source
from inspector.live.connection import Connection
from inspector.live.encoding import decoder_of
from inspector.live.transport import MOST_DEPTH
from inspector.sources.source import Read
from tests.live.driving import Run, Running, plain_source, run
from tests.live.memory_tape import MemoryTape
from tests.live.raw_server import CHUNKED, LAST_CHUNK, Do, RawServer, Script, answer, chunk, head

EVENTS = b'data: {"n": 1}\n\n', b'data: {"n": 2}\n\n', b"data: [DONE]\n\n"
BODY = b"".join(EVENTS)
BASIC = "Basic " + base64.b64encode(b"u:passw0rd").decode()


def ask(*script: bytes | Do) -> Run:
    with RawServer(script) as server:
        return run(plain_source(Connection(server.url)))


def test_an_exchange_is_said_in_its_order() -> None:
    outcome = ask(answer(BODY))
    assert outcome.order == [
        "RunBegan",
        "ExchangeBegan",
        "RequestSent",
        "HeadCame",
        "Read",
        "ExchangeEnded",
        "RunEnded",
    ]
    (came,) = outcome.all(HeadCame)
    assert came[1:4] == ("1.1", 200, "OK")
    assert ("Content-Type", "text/event-stream") in came.headers
    assert outcome.end.how == "end"
    times = [item.at_s for item in outcome.asides()]
    assert times == sorted(times)
    assert times[0] == 0


AUTHORIZATIONS: dict[str, tuple[str, Headers, str | None, str | None]] = {
    "nothing": ("", (), None, None),
    "a key": ("", (), "sk-abcdef", "Bearer sk-abcdef"),
    "a password": ("u:passw0rd@", (), None, BASIC),
    "a password before a key": ("u:passw0rd@", (), "sk-abcdef", BASIC),
    "a header before both": ("u:passw0rd@", (("authorization", "Token t0ken9"),), "sk-abcdef", "Token t0ken9"),
}


@pytest.mark.parametrize(("user", "headers", "key", "sent"), AUTHORIZATIONS.values(), ids=AUTHORIZATIONS)
def test_one_authorization_is_sent_at_most(user: str, headers: Headers, key: str | None, sent: str | None) -> None:
    with RawServer([answer(BODY)]) as server:
        run(plain_source(Connection(server.url.replace("//", f"//{user}"), headers, api_key=key)))
    (visit,) = server.visits
    assert visit.header("authorization") == sent
    assert visit.head.lower().count("authorization:") == (sent is not None)


@pytest.mark.parametrize("depth", [10, 102, 480, 900])
def test_a_body_of_any_depth_is_sent_and_told(depth: int) -> None:
    body = "[" * depth + "]" * depth
    with RawServer([answer(BODY)]) as server:
        outcome = run(attach_source(Watch(Connection(server.url), body=body), MemoryTape()))
    assert outcome.end.how == "end"
    assert server.visits[0].body.decode() == body
    (began,) = outcome.all(ExchangeBegan)
    assert (began.body == body) == (depth > MOST_DEPTH)


def test_every_read_comes_at_once_and_is_on_the_tape_before() -> None:
    script: Script = [head("200 OK", "text/event-stream", CHUNKED)]
    for each in (*map(chunk, EVENTS), LAST_CHUNK):
        script = [*script, each, Do.WAIT]
    with RawServer(script) as server:
        source = plain_source(Connection(server.url))
        seen: list[bytes] = []
        for item in source.reads():
            if isinstance(item, Read):
                seen.append(item.data)
                assert source.tape.store.read(0, 1 << 20) == b"".join(seen)
                server.release()
        source.close()
    assert seen == list(EVENTS)


BODIES: list[tuple[str, Script]] = [
    ("with a length", [answer(BODY)]),
    ("chunked", [head("200 OK", "text/event-stream", CHUNKED), *map(chunk, EVENTS), LAST_CHUNK]),
    (
        "chunked, cut anywhere",
        [head("200 OK", "", CHUNKED), b"%x" % len(BODY), b"\r\n" + BODY[:5], BODY[5:], b"\r\n0\r\n\r", b"\n"],
    ),
    ("ended by the connection", [head(), BODY, Do.CLOSE]),
    ("ended by half of the connection", [head(), BODY, Do.HALF_CLOSE]),
    ("HTTP/1.0", [head(http="1.0"), BODY, Do.CLOSE]),
    (
        "after 100 and 103",
        [b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", answer(BODY)],
    ),
    ("with trailers", [head("200 OK", "", CHUNKED), chunk(BODY), b"0\r\nX-Sum: 1\r\n\r\n"]),
    ("gzip that is zlib", [answer(zlib.compress(BODY), "200 OK", "", "Content-Encoding: gzip")]),
    ("gzip", [answer(gzip.compress(BODY), "200 OK", "", "Content-Encoding: gzip")]),
    (
        "GZIP in two members",
        [answer(gzip.compress(BODY[:9]) + gzip.compress(BODY[9:]), "200 OK", "", "Content-Encoding: x-GZIP")],
    ),
    ("deflate", [answer(zlib.compress(BODY), "200 OK", "", "Content-Encoding: deflate")]),
    ("raw deflate", [answer(zlib.compress(BODY, wbits=-15), "200 OK", "", "Content-Encoding: deflate")]),
]


@pytest.mark.parametrize("script", [pytest.param(script, id=name) for name, script in BODIES])
def test_the_body_comes_out_whole(script: Script) -> None:
    outcome = ask(*script)
    assert outcome.data == BODY
    assert outcome.end.how == "end", outcome.end
    assert outcome.all(ExchangeEnded)[0].trouble is None


def test_no_encoding_and_no_proxy_is_asked_for_and_names_stay_as_they_are_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with RawServer([answer(BODY)]) as server:
        outcome = run(plain_source(Connection(server.url + "/a?b=c", (("X-One", "1"),))))
        (visit,) = server.visits
    assert visit.head.startswith("GET /a?b=c HTTP/1.1")
    assert visit.header("accept-encoding") == "identity"
    assert visit.header("authorization") is None
    (began,) = outcome.all(ExchangeBegan)
    assert (began.method, began.url, began.body) == ("GET", server.url + "/a?b=c", None)
    assert ("X-One", "1") in began.headers
    assert outcome.notices == []


@pytest.mark.parametrize("packed", [gzip.compress(BODY), zlib.compress(BODY), BODY], ids=["gzip", "zlib", "neither"])
def test_what_is_called_gzip_may_come_byte_by_byte(packed: bytes) -> None:
    decoder = decoder_of("gzip")
    assert b"".join(piece for at in range(len(packed)) for piece in decoder.feed(packed[at : at + 1])) == BODY


def test_gzip_with_sync_flushes_comes_event_by_event() -> None:
    packer = zlib.compressobj(wbits=31)
    pieces = [packer.compress(event) + packer.flush(zlib.Z_SYNC_FLUSH) for event in EVENTS]
    script: list[bytes | Do] = [head("200 OK", "text/event-stream", "Content-Encoding: gzip", CHUNKED)]
    for piece in pieces:
        script += [chunk(piece), Do.WAIT]
    with RawServer([*script, chunk(packer.flush()), LAST_CHUNK]) as server:
        running = Running(
            plain_source(Connection(server.url)), lambda item: server.release() if isinstance(item, Read) else None
        )
        assert running.join().reads == list(EVENTS)
