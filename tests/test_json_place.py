"""Where members stand in a JSON text, whole or broken."""

from __future__ import annotations

import pytest

from inspector import json_place
from inspector.json_place import Path, Places, place

TEXT = b'{"a": [1, {"b}": "x\\"]", "c" : null}], "d":2, "d": 3}'
PLACES: dict[str, tuple[bytes, Path, bytes | None]] = {
    "a member with its key": (TEXT, ("a",), b'"a": [1, {"b}": "x\\"]", "c" : null}]'),
    "an item": (TEXT, ("a", 0), b"1"),
    "a member of an item": (TEXT, ("a", 1, "c"), b'"c" : null'),
    "brackets and quotes in strings": (TEXT, ("a", 1, "b}"), b'"b}": "x\\"]"'),
    "of keys that come twice the last": (TEXT, ("d",), b'"d": 3'),
    "the innermost that is there": (TEXT, ("a", 1, "nothing", 4), b'{"b}": "x\\"]", "c" : null}'),
    "an item that is not there": (TEXT, ("a", 7), b'"a": [1, {"b}": "x\\"]", "c" : null}]'),
    "not even the first": (TEXT, ("x",), None),
    "no container": (b"17", ("x",), None),
    "no JSON": (b": KEEPALIVE", ("x",), None),
    "cut in the member": (b'{"a": {"b": "x', ("a", "b"), None),
    "cut after the member": (b'{"a": 1, "b', ("a",), b'"a": 1'),
    "an empty container": (b"{ }", ("a",), None),
}


@pytest.mark.parametrize(("text", "path", "there"), PLACES.values(), ids=PLACES)
def test_a_member_stands_where_its_path_leads(text: bytes, path: Path, there: bytes | None) -> None:
    span = place(text, path)
    assert (text[slice(*span)] if span else None) == there


def test_a_text_is_looked_through_once_for_all_its_items(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0

    def count(text: bytes, at: int) -> int:
        nonlocal looked
        looked += 1
        return value_end(text, at)

    value_end = json_place._value_end
    monkeypatch.setattr(json_place, "_value_end", count)
    places = Places(b'{"a": [' + b",".join([b'{"b": 1}'] * 1000) + b"]}")
    assert all(places.find(("a", number, "b")) for number in range(1000))
    assert looked < 10_000
