"""The lines of a sidecar come back as what was noted, and what is no line of ours is told."""

import json
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.asides import Aside, ExchangeBegan, RunBegan, ToolAnswered
from inspector.recording.lines import (
    TYPES,
    Fact,
    NoticeSaid,
    ReadCame,
    RecordingBegan,
    RecordingClosed,
    fact_of,
    line_of,
)
from tests.recording import asides


def test_every_aside_has_a_type_of_its_own() -> None:
    assert set(TYPES.values()) == {*get_args(Aside), RecordingBegan, ReadCame, NoticeSaid, RecordingClosed}


@given(asides.asides)
def test_what_was_noted_comes_back_exactly(aside: Aside) -> None:
    back = fact_of(line_of(aside))
    assert back == aside
    assert repr(back) == repr(aside)  # also 1 and 1.0 and True are themselves


@given(asides.seconds, asides.texts)
def test_a_notice_comes_back_exactly(at_s: float, sentence: str) -> None:
    assert fact_of(line_of(NoticeSaid(at_s, sentence))) == NoticeSaid(at_s, sentence)


@given(asides.seconds, st.integers(0, 1 << 53))
def test_a_read_comes_back_exactly(at_s: float, size: int) -> None:
    assert fact_of(line_of(ReadCame(at_s, size))) == ReadCame(at_s, size)


def test_a_line_is_as_documented() -> None:
    assert [line_of(fact) for fact in (RunBegan(0.1234567, "chat"), ReadCame(1.25, 3))] == [
        b'{"type":"run","t_s":0.123457,"kind":"chat"}\n',
        b'{"type":"read","t_s":1.25,"bytes":3}\n',
    ]


@pytest.mark.parametrize("at_s", [0, 1e-06, 0.000011, 123456789.123456, 10**12])
def test_every_time_of_a_read_comes_back(at_s: float) -> None:
    assert fact_of(line_of(ReadCame(at_s, 1))) == ReadCame(at_s, 1)


@pytest.mark.parametrize("fact", [ToolAnswered(0.5, "c", "n", "\u2028\x00\n", None, None), ReadCame(1e-6, 1)])
def test_a_line_is_one_line_of_ascii(fact: Fact) -> None:
    line = line_of(fact)
    assert line.isascii()
    assert line.count(b"\n") == 1


def test_other_spacing_order_and_fields_are_read() -> None:
    assert fact_of(b' { "bytes": 3, "more": [], "t_s": 2, "type": "read" }\r\n') == ReadCame(2.0, 3)


def test_a_type_of_a_later_version_is_none() -> None:
    assert fact_of(b'{"type":"comment","t_s":1}\n') is None


REQUEST = {"type": "exchange", "t_s": 1, "method": "GET", "url": "u", "headers": [["a", "b"]], "body": None}
ANSWER = {"type": "tool_result", "t_s": 1, "call_id": "c", "name": "n", "content": "", "failure": None, "took_s": None}
WRONG: list[tuple[str, dict[str, Any]]] = [
    ("no time", {"type": "sent"}),
    ("a time that is text", {"type": "sent", "t_s": "1"}),
    ("a time that is true", {"type": "sent", "t_s": True}),
    ("no finite time", {"type": "sent", "t_s": float("inf")}),
    ("a time beyond all numbers", {"type": "sent", "t_s": 10**400}),
    ("an unknown kind", {"type": "run", "t_s": 1, "kind": "dance"}),
    ("a kind that is a list", {"type": "run", "t_s": 1, "kind": ["chat"]}),
    ("a negative size", {"type": "read", "t_s": 1, "bytes": -1}),
    ("a broken size", {"type": "read", "t_s": 1, "bytes": 1.0}),
    ("headers that are an object", REQUEST | {"headers": {"a": "b"}}),
    ("a header of three", REQUEST | {"headers": [["a", "b", "c"]]}),
    ("a header of a number", REQUEST | {"headers": [["a", 1]]}),
    ("a failure that is a number", ANSWER | {"failure": 1}),
    ("a duration that is text", ANSWER | {"took_s": "1"}),
    ("a field missing", {key: value for key, value in REQUEST.items() if key != "body"}),
    ("a type that is none", {"type": None}),
    ("a type that is a list", {"type": []}),
    ("no type", {}),
]


@pytest.mark.parametrize("value", [case[1] for case in WRONG], ids=[case[0] for case in WRONG])
def test_a_line_that_is_not_what_it_should_be_is_refused(value: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        fact_of(json.dumps(value).encode())


@pytest.mark.parametrize(
    "line",
    [b"\n", b"null\n", b"[]\n", b"3\n", b'"read"\n', b"\xff\xfe\n", b"[" * 100_000, b'{"type":"read"'],
    ids=lambda line: repr(line[:9]),
)
def test_what_is_no_object_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError):
        fact_of(line)


def test_a_body_that_json_cannot_hold_is_refused() -> None:
    body: Any = []
    for _ in range(100_000):
        body = [body]
    with pytest.raises((ValueError, RecursionError)):
        line_of(ExchangeBegan(0, "POST", "u", (), body))
    while body:  # or it is taken down recursively
        body = body[0]
