"""JSON as far as framing needs it: a value, or none."""

from __future__ import annotations

import pytest

from inspector.wire.json_value import value_of

CASES: list[tuple[str, bytes, object | None]] = [
    ("an object", b'{"a": [1, "b"]}', {"a": [1, "b"]}),
    ("a list with white space around it", b" [1]\r\n", [1]),
    ("a raw line end in a text", b'{"a":"x\ny"}', {"a": "x\ny"}),
    ("bad UTF-8 in a text", b'["\xff"]', ["\ufffd"]),
    ("a cut value", b'{"a": 1', None),
    ("more than one value", b"{} {}", None),
    ("nothing", b"", None),
    ("a value nested too deep to read", b"[" * 100_000 + b"]" * 100_000, None),
    ("a number of 5000 digits", b"[" + b"9" * 5000 + b"]", [float("inf")]),
]


@pytest.mark.parametrize(("text", "value"), [pytest.param(text, value, id=id) for id, text, value in CASES])
def test_a_text_is_a_value_or_none(text: bytes, value: object | None) -> None:
    assert value_of(text) == value
