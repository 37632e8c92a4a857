"""What is secret, how it is shown, and that a secret of the run leaves in no form."""

from __future__ import annotations

import base64

import pytest

from inspector.asides import RunEnded
from inspector.live.connection import Connection
from inspector.live.mask import Mask
from inspector.live.secrets import is_secret, masked_headers, masked_url

CANARY = "sk-canary/0123456789+abcdef"


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        *((name, True) for name in ("Authorization", "Proxy-Authorization", "x-api-key", "api-key", "x-goog-api-key")),
        *((name, True) for name in ("Cookie", "Set-Cookie", "X-My-Token", "client_secret", "PASSWORD", "Api_Key")),
        *((name, False) for name in ("Content-Type", "X-Request-Id", "Retry-After", "max_tokens")),
        ("x-ratelimit-remaining-tokens", False),
    ],
)
def test_names_tell_what_is_secret(name: str, secret: bool) -> None:
    assert is_secret(name) is secret


@pytest.mark.parametrize(
    ("header", "shown"),
    [
        (("Authorization", "Bearer abc"), "Bearer ***"),
        (("authorization", "Basic abc=="), "Basic ***"),
        (("X-Api-Key", "abc def"), "***"),
        (("Set-Cookie", "a=b; Path=/"), "***"),
        (("Location", "https://u:p@h/?key=abc"), "https://***@h/?key=***"),
        (("Accept", "text/event-stream; q=1"), "text/event-stream; q=1"),
        (("X-Upstream", "Bearer abc"), "Bearer ***"),
        (("X-Upstream", "Bearer of news"), "Bearer of news"),
        (("WWW-Authenticate", 'Basic realm="x"'), 'Basic realm="x"'),
    ],
)
def test_headers_are_shown_without_secrets(header: tuple[str, str], shown: str) -> None:
    assert masked_headers((header,)) == ((header[0], shown),)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://h:1/v1?a=b", "http://h:1/v1?a=b"),
        ("http://user:pass@h:1/", "http://***@h:1/"),
        ("http://token@h/", "http://***@h/"),
        ("https://h/?a=1&key=abc&api_key=d#token=e", "https://h/?a=1&key=***&api_key=***#token=***"),
        ("https://h/?%6Bey=abc", "https://h/?%6Bey=***"),
        ("http://h/a@b?c=d@e", "http://h/a@b?c=d@e"),
    ],
)
def test_urls_are_shown_without_secrets(url: str, shown: str) -> None:
    assert masked_url(url) == shown


CONNECTIONS = [
    Connection("http://h/", api_key=CANARY),
    Connection("http://h/", (("Authorization", f"Bearer {CANARY}"),)),
    Connection("http://h/", (("X-Upstream", f"Bearer {CANARY}"),)),
    Connection("http://h/", (("X-Api-Key", CANARY),)),
    Connection("http://h/", (("Cookie", f"a=b; session={CANARY}"),)),
    Connection("http://h/?key=sk-canary%2F0123456789%2Babcdef"),
    Connection("http://user:sk-canary%2F0123456789%2Babcdef@h/"),
]


@pytest.mark.parametrize("connection", CONNECTIONS, ids=repr)
@pytest.mark.parametrize(
    "echo",
    [
        CANARY,
        CANARY.replace("/", "\\/"),
        "sk-canary%2F0123456789%2Babcdef",
        base64.b64encode(CANARY.encode()).decode(),
    ],
    ids=["plain", "as JSON", "as a URL", "base64"],
)
def test_a_secret_is_blotted_out_however_the_bytes_are_cut(connection: Connection, echo: str) -> None:
    data = f"data: your key is {echo}, and s sk sk-canar\n\n".encode()
    expected = data.replace(echo.encode(), b"*" * len(echo))
    for size in range(1, len(data) + 1):
        mask = connection.mask()
        pieces = [mask.feed(data[at : at + size]) for at in range(0, len(data), size)]
        assert b"".join([*pieces, mask.end()]) == expected
        assert mask.was_echoed


def test_only_what_may_be_the_beginning_of_a_secret_is_held_back() -> None:
    mask = Mask(["abcabd"])
    assert [mask.feed(data) for data in (b"xab", b"cab", b"ca", b"z")] == [b"x", b"", b"abc", b"abcaz"]
    assert [mask.feed(data) for data in (b"ab", b"cabd", b"a")] == [b"", b"******", b""]
    assert mask.end() == b"a"


def test_of_two_secrets_the_longer_one_is_waited_for() -> None:
    mask = Mask(["secret", "secret-longer"])
    assert mask.feed(b"a secret") + mask.feed(b"-longer b") + mask.end() == b"a ************* b"
    assert mask.feed(b"a secret") + mask.feed(b"-long b") + mask.end() == b"a ******-long b"


@pytest.mark.parametrize("word", ["ollama", "LM-Studio", "EMPTY", "none", "", "12345"])
def test_a_placeholder_and_a_short_word_are_no_secrets(word: str) -> None:
    data = f"the model {word} of this kind".encode()
    mask = Connection("http://h/", api_key=word).mask()
    assert mask.feed(data) == data
    assert not mask.was_echoed


def test_values_and_asides_are_masked_within() -> None:
    mask = Mask([CANARY])
    assert mask.value({"a": [CANARY, 1, None], CANARY: True}) == {"a": ["***", 1, None], "***": True}
    assert mask.value(RunEnded(1.0, "error", f"no {CANARY}")) == RunEnded(1.0, "error", "no ***")


def test_no_repr_shows_a_secret() -> None:
    for connection in CONNECTIONS:
        shown = f"{connection!r} {connection.mask()!r} {connection}"
        assert "canary" not in shown


def test_basic_authorization_made_of_a_url_is_blotted_out() -> None:
    mask = Connection(f"http://user:{CANARY.replace('/', '%2F')}@h/").mask()
    sent = base64.b64encode(f"user:{CANARY}".encode())
    assert mask.feed(b"Basic " + sent + b"!") == b"Basic " + b"*" * len(sent) + b"!"
