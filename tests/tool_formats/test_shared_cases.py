"""The tool-text cases of the shared folder: those of bare JSON as their parsers' own tests have them."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from inspector.tool_formats.registry import recover
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared
_STARTS = ("{", "[{", "```")
_FORMATS = {"generic_json", "llama3_json", "xlam"}
_LATER = "}; {"  # llama's own way of saying several, a format of its own


@cache
def rows(name: str) -> list[Any]:
    path = SHARED / "conformance" / name
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []


def bare() -> list[Any]:
    found = [row for row in rows("tool_text_cases.jsonl") if row["format"] in _FORMATS]
    whole = [row for row in found if not row["partial"] and row["text"].lstrip().startswith(_STARTS)]
    return [row for row in whole if _LATER not in row["text"]]


def test_the_suite_is_there() -> None:
    assert len(bare()) >= 12


@pytest.mark.parametrize("row", [pytest.param(row, id=row["test"]) for row in bare()])
def test_a_case_of_bare_json_gives_the_calls_that_its_parser_is_tested_to_give(row: Any) -> None:
    names = [call["name"] for call in row["expected_calls"]]
    found = recover(row["text"], names)
    assert [call.name for call in found] == names
    for call, expected in zip(found, row["expected_calls"], strict=True):
        if expected["arguments"] is not None:
            assert json.loads(call.arguments).items() >= expected["arguments"].items()


@pytest.mark.parametrize("name", ["tool_text_cases.jsonl", "tool_text_malformed.jsonl"])
def test_no_text_makes_it_raise(name: str) -> None:
    for row in rows(name):
        for names in (None, [call["name"] for call in row.get("expected_calls", ())]):
            recover(row["text"], names)
