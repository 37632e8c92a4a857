"""JSON laid out: nothing but blanks changes, whatever the text is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.json_layout import lay_out

CASES = {
    "what fits stays together": ('{"a":1,"b":[1,2]}', 40, ['{"a": 1, "b": [1, 2]}']),
    "members have a line each where not": (
        '{"a":1,"b":[1,2]}',
        12,
        ["{", '  "a": 1,', '  "b": [', "    1,", "    2", "  ]", "}"],
    ),
    "an inner object stays together": (
        '{"alpha":{"b":1},"c":2}',
        16,
        ["{", '  "alpha": {', '    "b": 1', "  },", '  "c": 2', "}"],
    ),
    "digits and escapes stay as sent": (r'[1e400,-0,"\u00e9"]', 80, [r'[1e400, -0, "\u00e9"]']),
    "keys that come twice both stay": ('{"a":1,"a":2}', 80, ['{"a": 1, "a": 2}']),
    "an open text is laid out so far": ('{"a":[1,{"b":"c', 80, ["{", '  "a": [', "    1,", "    {", '      "b": "c']),
    "wrong brackets do no harm": ("]}{]", 80, ["]", "}", "{", "]"]),
    "several values follow each other": ("1 2", 80, ["1", "2"]),
    "what is no JSON is words": ("[DONE] {'a'", 80, ["[DONE]", "{", "  'a'"]),
    "an escape may be cut": ('"a\\', 80, ['"a\\']),
    "nothing is nothing": ("", 80, [""]),
}


def laid(text: str, width: int) -> str:
    return "".join(each.before + each.text for each in lay_out(text, width))


@pytest.mark.parametrize(("text", "width", "expected"), CASES.values(), ids=CASES)
def test_json_is_laid_out_so(text: str, width: int, expected: list[str]) -> None:
    assert laid(text, width).split("\n") == expected


@given(st.text(alphabet='{}[],:"\\ \n1ea', max_size=40), st.integers(1, 40))
@settings(max_examples=300, deadline=None)
def test_tokens_are_the_source_without_the_blanks_between_them(text: str, width: int) -> None:
    tokens = list(lay_out(text, width))
    for token in tokens:
        assert text.startswith(token.text, token.at)
    left = text
    for token in reversed(tokens):
        left = left[: token.at] + left[token.at + len(token.text) :]
    assert not re.sub(r"\s", "", left)


def test_kinds_tell_keys_from_strings() -> None:
    kinds = [(token.text, token.kind) for token in lay_out('{"k":"s","n":-1,"t":true}', 80) if token.kind != "sign"]
    assert kinds == [
        ('"k"', "key"),
        ('"s"', "string"),
        ('"n"', "key"),
        ("-1", "number"),
        ('"t"', "key"),
        ("true", "word"),
    ]
