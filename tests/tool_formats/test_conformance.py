"""The tool-text cases of the shared folder: what the parsers of several servers are tested to make of a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from inspector.tool_formats.found import Found, Rethought, Text
from inspector.tool_formats.rows import ROWS
from inspector.tool_formats.scan import Folding, Scan, scan
from inspector.tool_formats.scanner import Scanner
from tests.shared import needs_shared
from tests.tool_formats.suite import FORMAT_OF, bare_tools, cases, exact, faults, key, rows, typed_tools

pytestmark = needs_shared

# The rows that are read otherwise, and why that stays so.
MISSES = {
    "llama3_json: test_extract_tool_calls_simple": "the parser drops the prose around the object; here it is content",
    "mistral_v11: L2106": "a JSON answer was asked for, and the server takes the fence off it",
    "lfm2: L3688": "llama.cpp keeps a backslash and an n in a Python string, which is a line end in Python",
    "apriel: L4109": "the first words of the reasoning were in the prompt, not in the text",
    "deepseek_v31: TestDeepSeekParser_EdgeCases/partial_think_tag_at_end_with_thinking": (
        "that thinking was open is known from the prompt alone: the closing tag is cut"
    ),
}
# A row whose text is of another format than it is called by.
_STRANGE = "mistral_v11: test_extract_tool_calls_pre_v11_regex_fallback"
_MARKS = {mark for row in ROWS for mark in row.marks if len(mark) > 1}


def in_pieces(pieces: Iterable[str], tools: Any) -> tuple[Scan, list[Found]]:
    scanner, folding, found = Scanner(tools), Folding(), []
    for piece in pieces:
        found += scanner.feed(piece)
    found += scanner.close()
    folding.add(found)
    return folding.scan(is_cut=scanner.is_cut), found


def cut_every(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]


def cut_in_first_mark(text: str) -> list[list[str]]:
    """The text in two, at every place within its first mark."""
    places = sorted((text.find(mark), -len(mark), mark) for mark in _MARKS if mark in text)
    if not places:
        return [[text[:at], text[at:]] for at in (1, len(text) // 2)]
    place, _, mark = places[0]
    return [[text[: place + at], text[place + at :]] for at in range(1, len(mark))]


def test_the_suite_is_there() -> None:
    assert len(exact()) >= 300
    assert len(rows("tool_text_malformed.jsonl")) >= 20


@pytest.mark.parametrize("typed", [False, True], ids=["without schemas", "with schemas"])
def test_exact_rows_are_read_as_their_parsers_read_them(typed: bool) -> None:
    wrong = {}
    for row in exact():
        found = scan(row["text"], typed_tools(row) if typed else bare_tools(row))
        if fault := faults(row, found, as_text=not typed):
            wrong[key(row)] = fault
    assert wrong.keys() == MISSES.keys(), {name: fault for name, fault in wrong.items() if name not in MISSES}
    assert len(wrong) <= 0.02 * len(exact())


def test_exact_rows_are_read_so_where_the_format_is_named_too() -> None:
    wrong = set()
    for row in exact():
        name = FORMAT_OF.get(row["format"], row["format"])
        found = scan(row["text"], typed_tools(row), "auto" if name == "content_only" else name)
        assert all(call.format == name for call in found.calls)
        if faults(row, found, as_text=False):
            wrong.add(key(row))
    assert wrong <= MISSES.keys()


@pytest.mark.parametrize("name", sorted({row["format"] for row in cases()}))
@pytest.mark.parametrize("knows_tools", [True, False], ids=["tools known", "tools not known"])
def test_a_row_says_the_same_however_it_is_cut(name: str, knows_tools: bool) -> None:
    for row in (each for each in cases() if each["format"] == name):
        text, tools = row["text"], bare_tools(row) if knows_tools else None
        whole = scan(text, tools)
        for pieces in (list(text), cut_every(text, 3), *cut_in_first_mark(text)):
            assert in_pieces(pieces, tools)[0] == whole, key(row)


def test_text_that_is_let_go_early_holds_no_part_of_a_mark() -> None:
    for row in exact():
        _, found = in_pieces(row["text"], bare_tools(row))
        begins = max((at for at, each in enumerate(found) if isinstance(each, Rethought)), default=0)
        said = "".join(each.text for each in found[begins:] if isinstance(each, Text))
        assert said.strip() == scan(row["text"], bare_tools(row)).content.strip(), key(row)


@pytest.mark.parametrize("knows_tools", [True, False], ids=["tools known", "tools not known"])
def test_malformed_rows_only_have_to_pass(knows_tools: bool) -> None:
    for row in rows("tool_text_malformed.jsonl"):
        tools: dict[str, Any] | None = {"func": {}} if knows_tools else None
        whole = scan(row["text"], tools)
        assert in_pieces(row["text"], tools)[0] == whole


def test_no_call_is_found_where_none_is_and_there_is_no_mark() -> None:
    for row in cases():
        if not row["expected_calls"] and not any(mark in row["text"] for mark in _MARKS):
            assert scan(row["text"], {}).calls == (), key(row)
            assert scan(row["text"], None).calls == (), key(row)


def test_the_family_of_a_call_has_the_format_of_its_row() -> None:
    strange = {
        key(row)
        for row in exact()
        for call in scan(row["text"], bare_tools(row)).calls
        if FORMAT_OF.get(row["format"], row["format"]) not in call.family
    }
    assert strange == {_STRANGE}


def test_ranges_are_in_order_and_within_the_text() -> None:
    for row in cases():
        found = scan(row["text"], bare_tools(row))
        ends = [0, *(at for call in found.calls for at in (call.start, call.end)), len(row["text"].encode())]
        assert ends == sorted(ends), key(row)
