"""Checks the rows of whole, partial and refused texts, by cases and by laws over every prefix."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.json_scan import JsonScanner
from inspector.partial_tree import KINDS, Row, rows, starts

# A text and its rows as `drawn`, where … marks what is open.
CASES: list[tuple[bytes, list[str]]] = [
    (b"", []),
    (b" \n", []),
    (b"-", []),
    (b"tru", []),
    (b"{", ["object 0 keys…"]),
    (b"{}", ["object 0 keys"]),
    (b"[[", ["array 1 item…", "  array 0 items…"]),
    (b"[[]", ["array 1 item…", "  array 0 items"]),
    (b"[[],", ["array 1 item…", "  array 0 items"]),
    (b"true", ["bool true"]),
    (b"12", ["number 12"]),
    (b'"', ["string …"]),
    (b'"ab', ["string ab…"]),
    (b'"ab"', ["string ab"]),
    (b'{"na', ["object 0 keys…"]),
    (b'{"name":', ["object 0 keys…"]),
    (b'{"name": "', ["object 1 key…", "  name=string …"]),
    (b'{"a": "x", "b', ["object 1 key…", "  a=string x"]),
    (b'["x", "b', ["array 2 items…", "  string x", "  string b…"]),
    (b'{"a": ["x"], "b', ["object 1 key…", "  a=array 1 item", "    string x"]),
    (b'{"a": [{"b": "y\\', ["object 1 key…", "  a=array 1 item…", "    object 1 key…", "      b=string y…"]),
    (b'["{[\\"\\\\", "\\"{', ["array 2 items…", '  string {["\\', '  string "{…']),
    (b'["a\xe2\x82', ["array 1 item…", "  string a…"]),
    (b'["a\\ud83d', ["array 1 item…", "  string a…"]),
    (b'{"a": 1', ["object 1 key…", "  a=number 1…"]),
    (b'{"a": 1 ', ["object 1 key…", "  a=number 1"]),
    (b'{"a": 1.', ["object 0 keys…"]),
    (b'{"a": 1, "b": 2e', ["object 1 key…", "  a=number 1"]),
    (b"[true, false, null]", ["array 3 items", "  bool true", "  bool false", "  null null"]),
    (b"[1.10, 1E400, -0.0]", ["array 3 items", "  number 1.10", "  number 1E400", "  number -0.0"]),
    (b"[" + b"9" * 40 + b"]", ["array 1 item", "  number " + "9" * 40]),
]

REFUSED: list[tuple[bytes, str]] = [
    (b"[" * 100_000, "nested more than 200 levels deep"),
    (b'{"a": "\\ud83d "}', "half of a surrogate pair"),
    (b'{"a": "\xed\xa0\xbd"}', "not UTF-8"),
    (b'{"a": "x\ny"}', "raw control character"),
    (b"[" + b"1" * 5000 + b"]", "more than 4,300 digits"),
    (b"[NaN]", "not JSON"),
    (b"{'a'", "not JSON"),
    (b"hello", "not JSON"),
]


def drawn(row: Row) -> str:
    key = "" if row.key is None else f"{row.key}="
    return f"{'  ' * row.depth}{key}{row.kind} {row.text}{'…' if row.open else ''}"


@pytest.mark.parametrize(("text", "lines"), CASES, ids=[repr(text) for text, _ in CASES])
def test_text_becomes_rows_with_what_is_still_arriving_marked(text: bytes, lines: list[str]) -> None:
    assert [drawn(row) for row in rows(text)] == lines


@pytest.mark.parametrize(("text", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_refused_text_becomes_one_row_that_says_why(text: bytes, words: str) -> None:
    (row,) = rows(text)
    assert (row.depth, row.key, row.kind, row.open) == (0, None, "error", False)
    assert words in row.text


def test_key_that_comes_twice_is_said_first_and_its_last_value_shown() -> None:
    said, *tree = rows(b'{"a": 1, "b": {}, "a": {"c": "x')
    assert said.kind == "error"
    assert 'Detected duplicate key "a" at line 1' in said.text
    assert [drawn(row) for row in tree] == ["object 2 keys", "  a=object 1 key", "    c=string x", "  b=object 0 keys"]


def test_trouble_after_a_key_that_comes_twice_is_said_too() -> None:
    assert [row.kind for row in rows(b'{"a": 1, "a": 2, "b": NaN}')] == ["error", "error"]


def test_two_hundred_levels_are_shown() -> None:
    tree = rows(b"[" * 200)
    assert [row.depth for row in tree] == list(range(200))
    assert all(row.open for row in tree)


def test_rows_below_the_limit_are_left_out_and_their_container_still_counts_them() -> None:
    tree = rows(b'{"a": [1, 2], "b": {"c": "x', limit_depth=1)
    assert [drawn(row) for row in tree] == ["object 2 keys…", "  a=array 2 items", "  b=object 1 key…"]


SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()


def containers(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)


VALUES = containers(st.recursive(SCALARS, containers, max_leaves=8))
WRITING = st.fixed_dictionaries({"ensure_ascii": st.booleans(), "indent": st.sampled_from([None, 1])})


def walked(value: Any, depth: int = 0, key: str | None = None) -> Iterator[tuple[int, str | None, str, str]]:
    if isinstance(value, dict):
        yield depth, key, "object", f"{len(value)} key{'s' * (len(value) != 1)}"
        for name, member in value.items():
            yield from walked(member, depth + 1, name)
    elif isinstance(value, list):
        yield depth, key, "array", f"{len(value)} item{'s' * (len(value) != 1)}"
        for item in value:
            yield from walked(item, depth + 1)
    elif isinstance(value, str):
        yield depth, key, "string", value
    else:
        yield depth, key, "number" if isinstance(value, float) else KINDS[type(value)], json.dumps(value)


@given(VALUES, WRITING)
def test_rows_of_a_whole_document_are_its_values_in_order_and_none_is_open(value: Any, writing: Any) -> None:
    tree = rows(json.dumps(value, **writing).encode())
    assert [(row.depth, row.key, row.kind, row.text) for row in tree] == list(walked(value))
    assert not any(row.open for row in tree)


@given(VALUES, WRITING)
def test_rows_of_a_prefix_are_those_of_the_document_but_for_the_open_ones(value: Any, writing: Any) -> None:
    text = json.dumps(value, **writing).encode()
    whole = rows(text)
    for end in range(len(text)):
        for row, final in zip(rows(text[:end]), whole, strict=False):
            assert row[:3] == final[:3]
            assert row.open or row.text == final.text
            assert final.text.startswith(row.text) or row.kind != "string"


@given(VALUES, WRITING)
def test_open_containers_are_those_the_scanner_finds_open(value: Any, writing: Any) -> None:
    text = json.dumps(value, **writing).encode()
    scanner = JsonScanner()
    for end in range(1, len(text) + 1):
        scanner.feed(text[end - 1 : end])
        kinds = [row.kind for row in rows(text[:end]) if row.open]
        signs = ["{" if kind == "object" else "[" for kind in kinds if kind in ("object", "array")]
        assert signs == scanner.open_at_end().replace('"', "").split()
        assert "string" not in kinds or scanner.open_at_end().endswith('"')


SIGNS = {"object": b"{", "array": b"[", "string": b'"', "number": b"-0123456789", "bool": b"tf", "null": b"n"}


@given(VALUES, WRITING)
def test_each_row_begins_where_its_value_does_in_the_whole_and_in_every_prefix(value: Any, writing: Any) -> None:
    text = json.dumps(value, **writing).encode()
    whole = starts(text)
    for row, start in zip(rows(text), whole, strict=True):
        assert text[start] in SIGNS[row.kind]
        if row.kind == "string":
            assert json.JSONDecoder().raw_decode(text[start:].decode())[0] == row.text
    for end in range(len(text)):
        tree = rows(text[:end])
        assert starts(text[:end])[: len(tree)] == whole[: len(tree)]


@given(st.binary() | st.text('{}[]",:1-0e.+true \\nulfas\n\x01N').map(str.encode))
def test_no_bytes_whatever_raise(text: bytes) -> None:
    rows(text)
    starts(text)
