"""What a stream is held against where the user has the plain answer to the same request."""

from __future__ import annotations

from typing import Any

import pytest

from inspector.findings.registry import RULES
from inspector.findings.rule import Finding
from tests.dialects.reading import calls, chunk, fragment, sse
from tests.findings.case import found
from tests.findings.leak_cases import plain, told

COMPARING = [rule for rule in RULES if "replay" in rule.needs]
ONE = sse(calls(fragment(0, "a", "f", '{"a": ')), calls(fragment(0, arguments="1}")), chunk(finish="tool_calls"))


def signs(data: bytes, replay: dict[str, Any] | None) -> list[Finding]:
    return found(data, COMPARING, replay=replay)


SAME = {
    "no plain answer": (told("Hi"), None),
    "the same text": (told("Hi ", "you"), plain("Hi you")),
    "another text": (told("Hello there"), plain("I greet you, my friend")),
    "more text": (told("Hi you"), plain("Hi")),
    "the same call, written otherwise": (ONE, plain("", ("f", '{"a":1}'))),
    "a plain answer without choices": (told("Hi"), {"choices": None}),
    "a stream that was cut": (told("Hi").partition(b"\n\n")[0] + b"\n\n", plain("Hi you")),
    "an answer cut at its limit": (told("Hi").replace(b'"stop"', b'"length"'), plain("Hi you")),
}


@pytest.mark.parametrize(("data", "replay"), SAME.values(), ids=SAME)
def test_no_difference_is_no_finding(data: bytes, replay: dict[str, Any] | None) -> None:
    assert signs(data, replay) == []


OTHER = {
    "no call": (told("Hi"), plain("Hi", ("f", "{}")), "the plain answer has 1 call (f), the stream no call"),
    "one call of two": (
        ONE,
        plain("", ("f", "{}"), ("g", "{}")),
        "the plain answer has 2 calls (f, g), the stream 1 call (f)",
    ),
    "other arguments": (
        ONE,
        plain("", ("f", '{"a": 2}')),
        'call 0 (f) has other arguments in the plain answer: {"a": 2}',
    ),
    "a word": (told("The fox"), plain("The quick fox"), "the plain answer has 'quick ' there, which the stream lacks"),
    "the end": (told("The fox"), plain("The fox runs"), "the plain answer has ' runs' there, which the stream lacks"),
    "all text": (
        ONE,
        plain("I look.", ("f", '{"a": 1}')),
        "the plain answer has 'I look.' there, which the stream lacks",
    ),
}


@pytest.mark.parametrize(("data", "replay", "message"), OTHER.values(), ids=OTHER)
def test_a_difference_is_told(data: bytes, replay: dict[str, Any], message: str) -> None:
    assert [each.message for each in signs(data, replay)] == [message]


def test_other_arguments_are_pinned_to_the_fragment_where_they_begin_to_differ() -> None:
    (sign,) = signs(ONE, plain("", ("f", '{"a": 2}')))
    assert sign.frame == 1
    assert ONE[sign.start : sign.end] == b'"arguments": "1}"'


def test_only_the_first_answer_of_an_input_is_held_against_it() -> None:
    assert signs(told("Hi you") + told("Hi"), plain("Hi you")) == []
