# ruff: noqa: E501 - a table is read by its columns
"""What servers say when they refuse, and what is odd where they do not."""

from __future__ import annotations

import json

import httpx
import pytest

from inspector.asides import HeadCame
from inspector.live.attach import Watch, attach_source
from inspector.live.connection import Connection
from inspector.live.exchange import Exchange
from inspector.live.refusal import MOST_LETTERS, failure_of, is_loading, words_of
from tests.live.driving import Run, run
from tests.live.memory_tape import MemoryTape
from tests.live.raw_server import Do, RawServer, Step, answer, head

JSON, HTML, TEXT = "application/json", "text/html; charset=utf-8", "text/plain"


def watch(*script: Step, path: str = "/v1/chat/completions") -> tuple[Run, str]:
    with RawServer(script) as server:
        outcome = run(attach_source(Watch(Connection(server.url + path)), MemoryTape()))
        return outcome, server.url.partition("//")[2]


REFUSALS = [
    (
        "401 Unauthorized",
        JSON,
        b'{"error": {"message": "Invalid API Key", "type": "x"}}',
        "{} answered 401 Unauthorized: “Invalid API Key”; check the key: --api-key-env names the variable it is in.",
    ),
    (
        "403 Forbidden",
        HTML,
        b"<html><head><title>Access\n denied</title></head><body>x</body></html>",
        "{} answered 403 Forbidden: “Access denied”; check that the key may use this model, and that the server lets this machine in.",
    ),
    (
        "404 Not Found",
        JSON,
        b'{"error": "model \\"x\\" not found"}',
        '{} answered 404 Not Found: “model "x" not found”; check the path /v1/chat/completions and the name of the model.',
    ),
    (
        "422 Unprocessable Entity",
        JSON,
        b'{"detail": [{"loc": ["body"], "msg": "field required"}]}',
        "{} answered 422 Unprocessable Entity: “field required”; a field of the request is not as the server wants it: see its message, and --param.",
    ),
    (
        "429 Too Many Requests",
        TEXT,
        b"slow  down\n",
        "{} answered 429 Too Many Requests: “slow down” (Retry-After: 20 s); too many requests, or no quota left: wait, then send it again.",
    ),
    (
        "500 Internal Server Error",
        "",
        b"",
        "{} answered 500 Internal Server Error with an empty body (Retry-After: 20 s); the server failed: look at its log.",
    ),
    (
        "503 Service Unavailable",
        JSON,
        b'{"error": {"code": 503, "message": "Loading model"}}',
        "{} answered 503 Service Unavailable: “Loading model” (Retry-After: 20 s); it may still be loading the model: wait, then send it again.",
    ),
    (
        "502 Bad Gateway",
        "image/png",
        b"\x89PNG\0\0\0\0",
        "{} answered 502 Bad Gateway: “8 bytes that are no text (image/png)” (Retry-After: 20 s); a proxy has no working server behind it: look at its log.",
    ),
    (
        "418 I'm a teapot",
        TEXT,
        b"short and stout",
        "{} answered 418 I'm a teapot: “short and stout”; see the server's manual for what it means.",
    ),
]


@pytest.mark.parametrize(
    ("status", "content_type", "body", "sentence"), [pytest.param(*case, id=case[0]) for case in REFUSALS]
)
def test_a_refusal_is_said_with_the_servers_words_and_a_next_step(
    status: str, content_type: str, body: bytes, sentence: str
) -> None:
    more = ["Retry-After: 20"] if "Retry-After" in sentence else []
    outcome, place = watch(answer(body, status, content_type, *more))
    assert outcome.end[1:] == ("error", sentence.format(place))
    assert outcome.data == body
    assert outcome.all(HeadCame)[0].status == int(status[:3])


def test_a_missing_v1_is_thought_of() -> None:
    outcome, _ = watch(answer(b"404", "404 Not Found", TEXT), path="/chat/completions")
    assert outcome.end.message
    assert "check the path /chat/completions (most base URLs end in /v1) and the name" in outcome.end.message


OF_ANY_URL = [
    ("404 Not Found", "check the path /stream/v1/toolchain."),
    ("401 Unauthorized", "give the key with --header 'Authorization: Bearer KEY'."),
]


def test_a_path_that_answers_in_words_of_its_own_is_not_the_first_thing_to_check() -> None:
    body = b'{"error": {"message": "model \'m\' not found, try pulling it first"}}'
    outcome, place = watch(answer(body, "404 Not Found", JSON), path="/api/chat")
    said = "“model 'm' not found, try pulling it first”; see what it says is missing; if that does not help"
    assert outcome.end.message == f"{place} answered 404 Not Found: {said}, check the path /api/chat."


@pytest.mark.parametrize(("status", "step"), OF_ANY_URL, ids=["404", "401"])
def test_what_is_no_api_of_a_model_server_is_not_told_to_be_one(status: str, step: str) -> None:
    outcome, _ = watch(answer(b"no", status, TEXT), path="/stream/v1/toolchain")
    assert outcome.end.message
    assert outcome.end.message.endswith(f"; {step}")


def test_a_body_of_ten_megabytes_stays_and_its_beginning_is_told() -> None:
    body = b'{"error": {"message": "' + b"no " * (10 << 20 >> 1) + b'"}}'
    outcome, _ = watch(answer(body, "500 Oops", JSON))
    assert outcome.data == body
    assert outcome.end.message
    assert len(outcome.end.message) < MOST_LETTERS + 200


def test_the_size_of_a_binary_body_is_that_of_all_of_it() -> None:
    outcome, _ = watch(answer(b"\0" * 100_000, "500 Oops", "image/png"))
    assert "“100000 bytes that are no text (image/png)”" in str(outcome.end.message)


def test_the_size_of_a_binary_body_that_was_cut_is_not_known() -> None:
    outcome, _ = watch(head("500 Oops", "image/png", "Content-Length: 999"), b"\0" * 99, Do.CLOSE)
    assert "“more than 99 bytes that are no text (image/png)”" in str(outcome.end.message)


WORDS = [
    ({"error": {"message": "a"}}, "a"),
    ({"error": "a", "message": "b"}, "b"),
    ({"error": {"type": "x", "details": 1}, "detail": "d"}, "d"),
    ({"errors": [{"message": "a"}]}, "a"),
    ([{"error": {"message": "a"}}], "a"),
    ({"title": "t", "status": 400}, "t"),
    ({"ok": False}, '{"ok": false}'),
    ({"error": {"error": {"error": {"error": {"error": {"error": "deep"}}}}}}, None),
    ("text", "text"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "words"), WORDS, ids=str)
def test_the_words_are_found_in_error_objects_of_many_shapes(value: object, words: str | None) -> None:
    text = json.dumps(value)
    assert words_of(text.encode(), JSON) == (text if words is None else words)


@pytest.mark.parametrize(
    ("body", "content_type", "words"),
    [
        (b"<p>Bad &amp; worse</p><script>x()</script>", "text/html", "Bad & worse"),
        (b"<!DOCTYPE html><title></title><body>Hi <b>there</b></body>", "", "Hi there"),
        (b"\xff\xfe\xff\xfe", "", "4 bytes that are no text"),
        (b'{"error": {"message": "cut', JSON, '{"error": {"message": "cut'),
        (b"[" * 5000, JSON, "[" * (MOST_LETTERS - 1) + "…"),
        ("größer".encode(), TEXT, "größer"),
        (b"", TEXT, ""),
    ],
)
def test_the_words_of_pages_texts_and_junk(body: bytes, content_type: str, words: str) -> None:
    assert words_of(body, content_type) == words


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"])
def test_a_redirect_is_shown_and_nothing_is_sent_to_the_second_host(status: str) -> None:
    with RawServer([answer(b"secret")]) as second:
        location = f"{second.url}/v1?key=sk-abcdef"
        outcome, place = watch(answer(b"", status, "", f"Location: {location}"))
        assert second.visits == []
    shown = f"{second.url}/v1?key=***"
    assert outcome.end[1:] == (
        "error",
        f"{place} answered {status} and points to {shown}: not followed; give that URL if you trust it.",
    )
    assert ("Location", shown) in outcome.all(HeadCame)[0].headers


def test_a_switch_of_protocols_is_not_supported() -> None:
    switch = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n"
    outcome, place = watch(switch, Do.CLOSE)
    sentence = f"{place} wants to switch to another protocol (101): this program speaks plain HTTP/1.1 only."
    assert outcome.end[1:] == ("error", sentence)


NO_STREAM = [
    (
        "application/json",
        b'{"error": {"message": "no such model"}}',
        "{} answered 200, yet the body is an error: “no such model”.",
    ),
    (
        "application/json",
        b'{"id": 1}',
        "{} answered 200 with one JSON object and no stream: does the request ask to stream?",
    ),
    (
        "text/html",
        b"<!doctype html><title>Log in</title>",
        "{} answered 200 with a page of markup (“Log in”) and no stream: is the URL the one of the API?",
    ),
    ("text/event-stream", b"", "{} answered 200 with an empty body: nothing was streamed; look at the server's log."),
]


@pytest.mark.parametrize(("content_type", "body", "sentence"), NO_STREAM)
def test_a_success_without_a_stream_is_named_at_the_end(content_type: str, body: bytes, sentence: str) -> None:
    outcome, place = watch(answer(body, "200 OK", content_type))
    assert outcome.end[1:] == ("end", sentence.format(place))
    assert (outcome.notices, outcome.data) == ([], body)


ODD = [
    (
        "text/plain",
        b"data: 1\n\n",
        ["{} answered 200 with a stream but calls it text/plain: browsers and strict clients want text/event-stream."],
    ),
    (
        "",
        b"data: 1\n\n",
        ["{} answered 200 with a stream but has no Content-Type: browsers and strict clients want text/event-stream."],
    ),
    (
        "text/event-stream; charset=latin-1",
        b"data: 1\n\n",
        ["{} answered 200 and calls the stream charset=latin-1: it is read as UTF-8, as event streams always are."],
    ),
    (
        "application/json",
        b'{"a": 1}\n{"a": 2}\n',
        [
            "{} answered 200 with a stream but calls it application/json: browsers and strict clients want text/event-stream."
        ],
    ),
    ("Text/Event-Stream;charset=UTF-8", b"data: 1\n\n", []),
    ("application/x-ndjson", b'{"a": 1}\n', []),
]


@pytest.mark.parametrize(("content_type", "body", "sentences"), ODD)
def test_what_is_odd_in_a_stream_is_named(content_type: str, body: bytes, sentences: list[str]) -> None:
    outcome, place = watch(answer(body, "200 OK", content_type))
    assert outcome.notices == [sentence.format(place) for sentence in sentences]
    assert outcome.end[1:] == ("end", None)
    assert outcome.data == body


@pytest.mark.parametrize(("status", "loads"), [(503, True), (500, False), (429, False), (200, False), (None, False)])
def test_a_model_may_be_loading_where_the_server_says_503(status: int | None, loads: bool) -> None:
    assert is_loading(Exchange("GET", httpx.URL("http://h/"), status=status)) == loads


@pytest.mark.parametrize("wait", ["20", "soon", "", "9" * 2000, "²"])
def test_whatever_retry_after_says_is_shown_and_short(wait: str) -> None:
    headers = httpx.Headers([(b"Retry-After", wait.encode())])
    failure = failure_of(Exchange("GET", httpx.URL("http://h/"), status=503, headers=headers))
    assert failure is not None
    assert ("Retry-After" in failure.sentence) == bool(wait)
    assert len(failure.sentence) < 2 * MOST_LETTERS


def test_an_error_body_without_end_is_left_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inspector.live.transport.ERROR_BODY_BYTES", 1000)
    outcome, _ = watch(head("500 Oops", TEXT), b"x" * 1000, Do.WAIT)
    assert outcome.data == b"x" * 1000
    assert outcome.end.how == "error"
