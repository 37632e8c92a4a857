"""Which calls that were sent say the same as one in a text."""

from __future__ import annotations

import json

import pytest

from inspector.calls import Call
from inspector.twins import Sent, Told

CITY = '{"city": "Oslo", "days": 2}'


def sent(*calls: tuple[str, str]) -> Sent:
    return Sent([Told(Call(slot, 0, slot, 0, "wire"), *call) for slot, call in enumerate(calls)])


SAME = {
    "letter for letter": (CITY, CITY),
    "other blanks": (CITY, '{"city":"Oslo",\n "days":2}'),
    "another order of keys": (CITY, '{"days": 2, "city": "Oslo"}'),
    "escapes": (CITY, '{"city": "\\u004fslo", "days": 2}'),
    "a number with a point": (CITY, '{"city": "Oslo", "days": 2.0}'),
    "no arguments at all": ("{}", ""),
    "half of a surrogate pair": ('{"a": "\ud83d"}', '{"a": "\\ud83d"}'),
}
OTHER = {
    "another value": (CITY, '{"city": "Lima", "days": 2}'),
    "one argument more": (CITY, '{"city": "Oslo", "days": 2, "unit": "c"}'),
    "a string for a number": (CITY, '{"city": "Oslo", "days": "2"}'),
    "true for 1": ('{"a": 1}', '{"a": true}'),
    "null for nothing": ("{}", '{"a": null}'),
    "another order of a list": ('{"a": [1, 2]}', '{"a": [2, 1]}'),
    "digits that a float would lose": ('{"a": 9007199254740993}', '{"a": 9007199254740992}'),
    "a number too long to be read": ('{"a": 1}', '{"a": ' + "1" * 5000 + "}"),
    "no JSON, though the same": ("{city: Oslo}", "{city: Oslo}"),
    "nested too deep, though the same": ("[" * 100_000, "[" * 100_000),
}


@pytest.mark.parametrize(("written", "arguments"), SAME.values(), ids=SAME)
def test_calls_with_the_same_values_are_the_same(written: str, arguments: str) -> None:
    assert [call.slot for call in sent(("f", arguments)).same_as("f", written)] == [0]


@pytest.mark.parametrize(("written", "arguments"), OTHER.values(), ids=OTHER)
def test_calls_with_other_values_are_not(written: str, arguments: str) -> None:
    assert sent(("f", arguments)).same_as("f", written) == ()


UNTYPED = {
    "a number": ({"a": "2"}, {"a": 2}),
    "a boolean": ({"a": "true"}, {"a": True}),
    "a list": ({"a": '["x",1]'}, {"a": ["x", 1]}),
    "a string": ({"a": "Oslo"}, {"a": "Oslo"}),
    "digits that are a string": ({"a": "2"}, {"a": "2"}),
}


@pytest.mark.parametrize(("written", "arguments"), UNTYPED.values(), ids=UNTYPED)
def test_where_the_text_has_no_types_it_is_read_as_the_server_may_have_done(written: object, arguments: object) -> None:
    server = sent(("f", json.dumps(arguments)))
    assert len(server.same_as("f", json.dumps(written), is_untyped=True)) == 1
    assert len(server.same_as("f", json.dumps(written))) == (written == arguments)


def test_the_name_is_compared_too_and_every_call_that_says_the_same_is_found() -> None:
    server = sent(("f", CITY), ("g", CITY), ("f", CITY))
    assert [call.slot for call in server.same_as("f", CITY)] == [0, 2]
    assert server.same_as("h", CITY) == ()
