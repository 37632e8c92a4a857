"""What is said of a body that is no stream: its own words, and what to do about its status."""

from __future__ import annotations

import json

import pytest

from inspector.findings.registry import named
from tests.dialects.reading import chunk
from tests.findings.case import found

REFUSED = chunk({"content": "There is an issue.", "refusal": "Input tag 'robot' is none of the roles"})
BODIES = {
    "the title of a page": (
        "<html><head>\n<title>502  Bad\nGateway</title><body>nginx",
        "the body is a page, which says: 502 Bad Gateway",
    ),
    "what is seen of a page": (
        "<html><style>p {}</style><!-- x --><p>Log in &amp; <b>go on</b></p><script>if (a < b) {}</script></html>",
        "the body is a page, which says: Log in & go on",
    ),
    "a page without words": ("<html></html>", "the body is a page without words"),
    "the cause in the place of an answer": (
        json.dumps(REFUSED),
        "the body is one JSON value; the server says: Input tag 'robot' is none of the roles",
    ),
    "a whole answer": ('{"object": "chat.completion"}', "the body is a whole answer, not streamed"),
    "curl's complaint": ("curl: (7) Failed to connect\n", "the body is no stream: curl: (7) Failed to connect"),
}


@pytest.mark.parametrize(("body", "said"), BODIES.values(), ids=BODIES)
def test_a_body_that_is_no_stream_is_quoted(body: str, said: str) -> None:
    assert [each.message for each in found(body.encode())] == [said]


STATUSES = {400: "request", 401: "key", 404: "model", 418: "request", 500: "log", 502: "proxy", 599: "log"}


@pytest.mark.parametrize(("status", "word"), STATUSES.items())
def test_each_status_has_its_own_advice(status: int, word: str) -> None:
    data = f"HTTP/1.1 {status} X\r\nContent-Type: text/plain\r\n\r\n".encode()
    (finding,) = found(data, [named("TS127")])
    assert f" {status}: " in finding.advice
    assert word in finding.advice
