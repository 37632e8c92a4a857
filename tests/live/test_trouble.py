# ruff: noqa: E501 - a table is read by its columns
"""Everything that can go wrong before an answer, and within one: its sentence, and the bytes that stay."""

from __future__ import annotations

import errno
import gzip
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from inspector.asides import ExchangeEnded
from inspector.errors import InspectorError
from inspector.live.connection import Connection
from inspector.live.trouble import Wait, trouble_of
from tests.live.certificates import certificate, serving
from tests.live.driving import Run, plain_source, run
from tests.live.raw_server import CHUNKED, Do, RawServer, Step, answer, chunk, free_port, head

EVENT = b'data: {"n": 1}\n\n'
HALF = b'data: {"n'
SHORT_S = 0.3


def ask(*script: Step, timeout_s: float = 10) -> tuple[Run, str]:
    with RawServer(script) as server:
        outcome = run(plain_source(Connection(server.url, timeout_s=timeout_s)))
        return outcome, server.url.partition("//")[2]


BROKEN: list[tuple[str, list[Step], bytes, str]] = [
    (
        "a reset",
        [head(), EVENT + HALF, Do.WAIT, Do.RESET],
        EVENT + HALF,
        "the connection was lost (Connection reset by peer)",
    ),
    (
        "a short body",
        [head("200 OK", "", "Content-Length: 99"), EVENT, Do.CLOSE],
        EVENT,
        "the server closed it after 16 of 99 bytes",
    ),
    (
        "half a close",
        [head("200 OK", "", "Content-Length: 99"), EVENT, Do.HALF_CLOSE],
        EVENT,
        "the server closed it after 16 of 99 bytes",
    ),
    (
        "no last chunk",
        [head("200 OK", "", CHUNKED), chunk(EVENT), Do.CLOSE],
        EVENT,
        "the server closed it without the last chunk",
    ),
    (
        "half a chunk",
        [head("200 OK", "", CHUNKED), b"ff\r\n" + EVENT, Do.CLOSE],
        EVENT,
        "the server closed it without the last chunk",
    ),
    (
        "a bad chunk",
        [head("200 OK", "", CHUNKED), chunk(EVENT), b"zz\r\n" + EVENT, Do.CLOSE],
        EVENT,
        "what came is not HTTP (illegal chunk header",
    ),
    (
        "bad gzip",
        [head("200 OK", "", "Content-Encoding: gzip"), gzip.compress(EVENT)[:-8] + b"\0" * 8, Do.CLOSE],
        EVENT,
        "its gzip data is damaged after 16 bytes",
    ),
    (
        "half of gzip",
        [head("200 OK", "", "Content-Encoding: gzip"), gzip.compress(EVENT)[:-8], Do.CLOSE],
        EVENT,
        "its gzip data ends in the middle, after 16 bytes",
    ),
    (
        "gzip that is none",
        [answer(EVENT, "200 OK", "", "Content-Encoding: gzip")],
        EVENT,
        "it is called gzip in its Content-Encoding, but is not; it was kept as it came",
    ),
    (
        "gzip that is none, though it begins like it",
        [answer(b"xylophone", "200 OK", "", "Content-Encoding: x-gzip")],
        b"xylophone",
        "it is called x-gzip in its Content-Encoding, but is not; it was kept as it came",
    ),
    (
        "another encoding",
        [answer(EVENT, "200 OK", "", "Content-Encoding: br")],
        EVENT,
        "it is in the content-encoding 'br'",
    ),
]


@pytest.mark.parametrize(("script", "kept", "cause"), [pytest.param(*case[1:], id=case[0]) for case in BROKEN])
def test_an_answer_that_breaks_off_keeps_what_came_and_says_why(script: list[Step], kept: bytes, cause: str) -> None:
    with RawServer(script) as server:
        source = plain_source(Connection(server.url, timeout_s=10))
        items = []
        for item in source.reads():
            items.append(item)
            if getattr(item, "data", b""):
                server.release()  # a reset may throw away what was not read yet
        source.close()
        place = server.url.partition("//")[2]
    outcome = Run(source.tape, items)  # type: ignore[arg-type]  # it is the tape that was given
    assert outcome.data == kept
    assert bytes(outcome.tape.data) == kept
    assert outcome.end.how == "cut"
    assert outcome.end.message
    assert outcome.end.message.startswith(f"The answer of {place} broke off after {len(kept)} bytes: {cause}")
    assert outcome.all(ExchangeEnded)[0].trouble == outcome.end.message


def test_silence_is_a_cut_that_says_how_long_it_was_waited() -> None:
    outcome, place = ask(head(), EVENT, Do.WAIT, timeout_s=SHORT_S)
    assert outcome.data == EVENT
    assert outcome.end[1:] == (
        "cut",
        f"The answer of {place} broke off after 16 bytes: nothing came for 0.3 s (--timeout sets how long to wait).",
    )


NOTHING: list[tuple[str, list[Step], str]] = [
    ("no first byte", [Do.WAIT], "{} took the request and sent nothing for 0.3 s: it may be loading a model"),
    ("no answer", [Do.CLOSE], "{} closed the connection without an answer: is it an HTTP/1.1 server"),
    ("a reset", [Do.RESET], "{} dropped the connection before any answer (Connection reset by peer): look at its log."),
    (
        "another protocol",
        [b"220 smtp ready\r\n\r\n", Do.CLOSE],
        "{} answered with what is not HTTP/1.1 (illegal status line",
    ),
    (
        "HTTP/2 alone",
        [b"\0\0\0\x04\0\0\0\0\0", Do.CLOSE],
        "{} answered in binary: use https:// if it speaks TLS; HTTP/2 without TLS is not supported.",
    ),
    (
        "an alert of TLS",
        [b"\x15\x03\x03\0\x02\x02\x28", Do.CLOSE],
        "{} answered in binary: use https:// if it speaks TLS",
    ),
    (
        "TLS",
        [b"\x15\x03\x03\x00\x02\x02\x28\r\n\r\n", Do.CLOSE],
        "{} answered with TLS to a plain http:// request: use https",
    ),
    ("a head and silence", [head(), Do.WAIT], "The answer of {} ended before its first byte: nothing came for 0.3 s"),
]


@pytest.mark.parametrize(("script", "sentence"), [pytest.param(*case[1:], id=case[0]) for case in NOTHING])
def test_no_answer_at_all_is_an_error_with_a_next_step(script: list[Step], sentence: str) -> None:
    outcome, place = ask(*script, timeout_s=SHORT_S)
    assert outcome.data == b""
    assert outcome.end.how == "error"
    assert outcome.end.message
    assert outcome.end.message.startswith(sentence.format(place))


def test_a_bomb_is_stopped() -> None:
    bomb = gzip.compress(b"\0" * (80 << 20), 9)
    outcome, _ = ask(answer(bomb, "200 OK", "", "Content-Encoding: gzip"))
    assert 60 << 20 < len(outcome.data) <= 65 << 20
    assert outcome.end.message
    assert outcome.end.message.endswith(
        "unpacks to more than 64 MiB and 200 times its size, as a decompression bomb does."
    )


def test_nobody_listens() -> None:
    port = free_port()
    outcome = run(plain_source(Connection(f"http://127.0.0.1:{port}/v1")))
    assert outcome.order == ["RunBegan", "ExchangeBegan", "ExchangeEnded", "RunEnded"]
    sentence = (
        f"Nothing listens at 127.0.0.1:{port} (connection refused): is the server running, and is the port right?"
    )
    assert outcome.end[1:] == ("error", sentence)


def test_a_host_without_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    outcome = run(plain_source(Connection("http://no.such.host.invalid/v1")))
    sentence = "No address is known for no.such.host.invalid:80 (Name or service not known): check the host's name, and the network."
    assert outcome.end[1:] == ("error", sentence)


@pytest.fixture
def full_port() -> Iterator[int]:
    """A port that takes no connection, and refuses none either: its queue is full."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listening:
        port = listening.getsockname()[1]
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(("127.0.0.1", port))
        yield port
        for each in waiting:
            each.close()


def test_a_connection_that_is_never_made(full_port: int) -> None:
    outcome = run(plain_source(Connection(f"http://127.0.0.1:{full_port}/", timeout_s=SHORT_S)))
    assert outcome.end.how == "error"
    assert outcome.end.message
    assert outcome.end.message.startswith(f"No connection to 127.0.0.1:{full_port} within 0.3 s: is the host right")


URL = httpx.URL("https://host.example/v1")


def _behind(outer: Exception, *inner: BaseException) -> Exception:
    outer.__cause__ = inner[0] if len(inner) == 1 else ExceptionGroup("several", list(inner))  # type: ignore[type-var]  # all are exceptions
    return outer


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            _behind(httpx.ConnectError("x"), OSError(errno.ENETUNREACH, "Network is unreachable")),
            "host.example:443 cannot be reached (Network is unreachable): check the address, and the network.",
        ),
        (
            _behind(httpx.ConnectError("x"), ConnectionRefusedError(), OSError(errno.EHOSTUNREACH, "No route")),
            "Nothing listens at host.example:443 (connection refused): is the server running, and is the port right?",
        ),
        (
            ExceptionGroup("x", [OverflowError("port must be 0-65535")]),
            "host.example:443 has a port that cannot be: a port is a number from 1 to 65535.",
        ),
        (
            httpx.ProxyError("407 Proxy Authentication Required"),
            "The proxy did not connect us to host.example:443 (407 Proxy Authentication Required): check HTTP_PROXY, HTTPS_PROXY and NO_PROXY.",
        ),
        (
            httpx.WriteTimeout(""),
            "host.example:443 did not take the request within 9 s: it may be busy; look at its log.",
        ),
        (
            httpx.LocalProtocolError("Illegal header value"),
            "The request to host.example:443 cannot be made (Illegal header value): check the URL and the headers.",
        ),
        (httpx.NetworkError(""), "No connection to host.example:443 (NetworkError): check host and port."),
    ],
    ids=["unreachable", "of a group", "a port", "a proxy", "a slow request", "a bad header", "anything else"],
)
def test_other_causes_have_their_sentences(error: Exception, sentence: str) -> None:
    assert trouble_of(error, URL, Wait(5, 9), 0, has_head=False) == ("error", sentence)


CERTIFICATES = [
    ("self-signed", {}, "is self-signed, so nothing was sent: set SSL_CERT_FILE to it, or pass --insecure"),
    ("expired", {"until": "20200201000000Z"}, "has expired, so nothing was sent: have it renewed"),
    ("another host", {"name": "DNS:elsewhere"}, "is for another address, so nothing was sent: give the right host"),
]


@pytest.mark.parametrize(("made", "sentence"), [pytest.param(*case[1:], id=case[0]) for case in CERTIFICATES])
def test_a_bad_certificate_is_refused_before_anything_is_sent(
    made: dict[str, str], sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = certificate(tmp_path, **made)
    if "self-signed" not in sentence:
        monkeypatch.setenv("SSL_CERT_FILE", str(both))  # it is trusted but for its own defect
    with RawServer([answer(EVENT)], tls=serving(both)) as server:
        outcome = run(plain_source(Connection(server.url)))
        assert [visit.request for visit in server.visits] in ([], [b""])
    place = server.url.partition("//")[2]
    assert outcome.end.how == "error"
    assert outcome.end.message
    assert outcome.end.message.startswith(f"The certificate of {place} {sentence}")


@pytest.mark.parametrize("by", ["--insecure", "SSL_CERT_FILE"])
def test_a_certificate_may_be_trusted_when_the_user_says_so(
    by: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = certificate(tmp_path)
    if by == "SSL_CERT_FILE":
        monkeypatch.setenv(by, str(both))
    with RawServer([answer(EVENT)], tls=serving(both)) as server:
        outcome = run(plain_source(Connection(server.url, insecure=by == "--insecure")))
    assert (outcome.data, outcome.end.how) == (EVENT, "end")


def test_https_to_a_plain_server() -> None:
    with RawServer([Do.AT_ONCE, b"HTTP/1.1 400 Bad Request\r\n\r\n", Do.CLOSE]) as server:
        outcome = run(plain_source(Connection(server.url.replace("http:", "https:"))))
    assert outcome.end.how == "error"
    assert outcome.end.message
    assert " does not speak TLS (" in outcome.end.message
    assert outcome.end.message.endswith("use http:// if it is a plain server.")


OF_TLS = {
    "silence": ([Do.AT_ONCE, Do.WAIT], " took the connection but did not answer TLS within 0.3 s: use http://"),
    "a server that waits for the request": ([Do.WAIT], " took the connection but did not answer TLS within 0.3 s: use"),
    "a server that hangs up": ([Do.AT_ONCE, Do.CLOSE], "TLS with "),
    "a reset": ([Do.AT_ONCE, Do.RESET], "TLS with "),
}


@pytest.mark.parametrize(("script", "words"), OF_TLS.values(), ids=OF_TLS)
def test_https_to_a_server_that_does_not_answer_it(script: list[Step], words: str) -> None:
    with RawServer(script) as server:
        outcome = run(plain_source(Connection(server.url.replace("http:", "https:"), timeout_s=SHORT_S)))
    assert outcome.end.how == "error"
    assert words in str(outcome.end.message)
    assert "did not complete" not in str(outcome.end.message)


def test_connecting_is_given_up_before_the_user_gives_up() -> None:
    assert Connection("https://h/").connect_timeout_s < 4.5


def test_http_to_a_server_of_tls(tmp_path: Path) -> None:
    with RawServer([answer(EVENT)], tls=serving(certificate(tmp_path))) as server:
        outcome = run(plain_source(Connection(server.url.replace("https:", "http:"))))
    assert outcome.end.how == "error"
    assert outcome.end.message
    assert "https://" in outcome.end.message


def test_certificates_that_cannot_be_read_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    with RawServer([answer(EVENT)]) as server:
        outcome = run(plain_source(Connection(server.url.replace("http:", "https:"))))
    assert outcome.end.how == "error"
    assert outcome.end.message
    assert outcome.end.message.startswith("The certificates that SSL_CERT_FILE or SSL_CERT_DIR name cannot be read")


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://h:99999/", "http://h:99999/ has the port 99999: a port is a number from 1 to 65535."),
        ("ftp://h/", "ftp://h/ has the scheme ftp: only http:// and https:// can be called."),
        ("file:///etc/passwd", "file:///etc/passwd has the scheme file: only http:// and https:// can be called."),
        ("h/v1", "h/v1 has no scheme: only http:// and https:// can be called."),
        ("http://", "http:// names no host: it looks like http://host:port/path."),
        ("http:///v1?key=abc", "http:///v1?key=*** names no host: it looks like http://host:port/path."),
        ("http://h:x/", "'http://h:x/' is no URL (Invalid port: 'x'): it looks like http://host:port/path."),
    ],
)
def test_a_url_that_cannot_be_called_is_refused_before_anything_is_sent(url: str, sentence: str) -> None:
    with pytest.raises(InspectorError) as caught:
        Connection(url)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    "header",
    [
        *(("a b", "c"), ("", "c"), ("Content-Length", "5"), ("transfer-encoding", "chunked")),
        *(("a", "secret\r\nc: d"), ("a", "ключ-secret"), ("a", "secret "), ("a", "\x01secret")),
    ],
)
def test_a_header_that_cannot_be_sent_is_refused_without_being_shown(header: tuple[str, str]) -> None:
    with pytest.raises(InspectorError, match="header") as caught:
        Connection("http://h/", (header,))
    assert "secret" not in str(caught.value)
