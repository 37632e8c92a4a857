# ruff: noqa: E501 - a table is read by its columns
"""A canary in every place where a key can stand is searched for in everything that comes of a run (L15, R7)."""

from __future__ import annotations

import base64
import traceback
from pathlib import Path

import httpx
import pytest

from inspector.asides import HeadCame
from inspector.errors import InspectorError
from inspector.live.attach import Watch, attach_source
from inspector.live.client import proxy_for
from inspector.live.connection import Connection
from inspector.live.mask import ECHOED
from inspector.recording.tape import Tape
from tests.live.driving import Run, plain_source, run
from tests.live.memory_tape import MemoryTape
from tests.live.raw_server import CHUNKED, LAST_CHUNK, Do, RawServer, Script, answer, chunk, free_port, head

CANARY = "canary-0123456789"
FORMS = [CANARY, base64.b64encode(CANARY.encode()).decode(), base64.b64encode(f"user:{CANARY}".encode()).decode()]
HEADERS = ["Authorization", "Proxy-Authorization", "X-Api-Key", "Api-Key", "X-Goog-Api-Key", "Cookie", "X-Tenant-Token"]
ECHO = f"data: you said {CANARY}, {FORMS[1]}\n\n".encode()


def echoing(base: str) -> list[tuple[str, Connection]]:
    return [
        ("the key", Connection(base, api_key=CANARY)),
        ("the URL", Connection(f"{base}/?key={CANARY}&model=x")),
        ("the password", Connection(base.replace("//", f"//user:{CANARY}@"))),
        *((name, Connection(base, ((name, CANARY),))) for name in HEADERS),
        ("a bearer", Connection(base, (("authorization", f"Bearer {CANARY}"),))),
    ]


ANSWERS: list[tuple[str, Script]] = [
    ("a stream that echoes", [head("200 OK", "text/event-stream", CHUNKED), *(chunk(ECHO[at : at + 7]) for at in range(0, len(ECHO), 7)), LAST_CHUNK]),
    ("a refusal that echoes", [answer(ECHO, "401 Unauthorized", "text/plain", f"Set-Cookie: a={CANARY}", f"X-Echo: {CANARY}")]),
    ("a redirect that echoes", [answer(b"", "302 Found", "", f"Location: http://elsewhere/?token={CANARY}")]),
    ("nonsense that echoes", [ECHO + b"\r\n\r\n", Do.CLOSE]),
    ("a reason that echoes", [answer(b"", f"500 {CANARY}")]),
]  # fmt: skip


@pytest.mark.parametrize("script", [pytest.param(script, id=name) for name, script in ANSWERS])
def test_no_run_shows_or_records_a_secret(script: Script, tmp_path: Path) -> None:
    with RawServer(script) as server:
        for number, (name, connection) in enumerate(echoing(server.url)):
            tape = Tape.create(str(tmp_path / f"{number}.sse"), "attach")
            source = attach_source(Watch(connection, body=f'{{"a": "{CANARY}"}}'), tape)
            items = list(source.reads())
            shown = f"{items!r} {source.name} {source!r} {connection!r} {vars(source)!r}"
            source.close()
            assert not [form for form in FORMS if form in shown], name
        sent = [visit.request.decode() for visit in server.visits]
    assert all(any(form in each for form in FORMS) for each in sent), "it was sent where it belongs"
    for path in tmp_path.iterdir():
        recorded = path.read_bytes()
        assert not [form for form in FORMS if form.encode() in recorded], path.name


def test_an_echo_stays_in_its_place_and_is_said_once() -> None:
    with RawServer([answer(ECHO + ECHO)]) as server:
        outcome = run(plain_source(Connection(server.url, api_key=CANARY)))
    blotted = ECHO
    for form in FORMS:
        blotted = blotted.replace(form.encode(), b"*" * len(form))
    assert outcome.data == blotted * 2
    assert outcome.notices == [ECHOED]


@pytest.mark.parametrize("scheme", ["ftp://", ""])
def test_no_traceback_shows_a_secret(scheme: str) -> None:
    connection = Connection(f"http://127.0.0.1:{free_port()}/?key={CANARY}", (("X-Key", CANARY),), api_key=CANARY)
    outcome = run(plain_source(connection))
    assert CANARY not in repr(outcome)
    with pytest.raises(InspectorError) as caught:
        Connection(f"{scheme}user:{CANARY}@h/?key={CANARY}")
    assert CANARY not in "".join(traceback.format_exception(caught.value))


def through_proxy(monkeypatch: pytest.MonkeyPatch, proxy: str, url: str, **more: str) -> Run:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("HTTP_PROXY", proxy)
    for name, value in more.items():
        monkeypatch.setenv(name, value)
    return run(attach_source(Watch(Connection(url)), MemoryTape()))


def test_a_proxy_of_the_environment_is_used_and_said_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    with RawServer([answer(b"data: 1\n\n")]) as server:
        proxy = server.url.replace("//", f"//user:{CANARY}@")
        outcome = through_proxy(monkeypatch, proxy, "http://model.example/v1")
        (visit,) = server.visits
    assert visit.head.startswith("GET http://model.example/v1 HTTP/1.1")
    assert outcome.data == b"data: 1\n\n"
    assert outcome.all(HeadCame)[0].status == 200
    place = server.url.partition("//")[2]
    assert outcome.notices == [f"The proxy http://***@{place} of the environment is used to reach model.example."]
    assert CANARY not in repr(outcome.items)


def test_a_proxy_that_is_not_there_is_what_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    outcome = through_proxy(monkeypatch, f"127.0.0.1:{port}", "http://model.example/v1")
    assert outcome.end.message
    assert outcome.end.message.startswith(f"Nothing listens at 127.0.0.1:{port} (connection refused)")


def test_a_proxy_of_no_use_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = through_proxy(monkeypatch, f"gopher://user:{CANARY}@h", "http://model.example/v1")
    assert outcome.end.how == "error"
    assert outcome.end.message
    assert outcome.end.message.startswith("The proxy gopher://***@h of the environment cannot be used")


@pytest.mark.parametrize(
    ("url", "no_proxy", "proxied"),
    [
        ("http://127.0.0.1:8080/", "", False),
        ("http://127.9.9.9/", "", False),
        ("http://localhost:8080/", "", False),
        ("http://model.localhost/", "", False),
        ("http://[::1]:8080/", "", False),
        ("http://model.example/", "model.example", False),
        ("http://model.example/", "other.example", True),
        ("https://model.example/", "", False),
    ],
)
def test_a_loopback_host_is_never_asked_by_way_of_a_proxy(
    url: str, no_proxy: str, proxied: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "http_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTP_PROXY", "proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", no_proxy)
    assert proxy_for(httpx.URL(url)) == ("http://proxy.example:3128" if proxied else None)


def test_a_netrc_file_is_not_looked_at(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".netrc").write_text(f"machine 127.0.0.1 login user password {CANARY}")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("HOME", str(tmp_path))
    with RawServer([answer(b"data: 1\n\n")]) as server:
        run(plain_source(Connection(server.url)))
        assert server.visits[0].header("authorization") is None
