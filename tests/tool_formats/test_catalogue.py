"""The registry against the shared catalogue: every format is there, with its marks, and its example is read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from inspector.tool_formats.registry import FORMATS, named
from inspector.tool_formats.rows import ROWS
from inspector.tool_formats.scan import scan
from tests.shared import SHARED, needs_shared

WEATHER = {
    "get_weather": {"type": "object", "properties": {"city": {"type": "string"}, "days": {"type": "integer"}}},
}


def catalogue() -> list[Any]:
    path = SHARED / "formats" / "formats.json"
    return list(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else []


def test_every_format_has_a_name_of_its_own_and_says_what_it_is() -> None:
    assert len({each.name for each in FORMATS}) == len(FORMATS) == 61
    assert all(each.title and each.models and each.opens for each in FORMATS)


def test_every_format_comes_from_a_row_and_every_row_makes_known_formats() -> None:
    made = {name for row in ROWS for name in row.may_be}
    assert made == {each.name for each in FORMATS}


@needs_shared
def test_the_registry_is_the_catalogue() -> None:
    ours = {each.name: (each.opens, each.closes) for each in FORMATS}
    assert ours == {each["id"]: (tuple(each["open"]), tuple(each["close"])) for each in catalogue()}


@needs_shared
@pytest.mark.parametrize("each", [pytest.param(each, id=each["id"]) for each in catalogue()])
@pytest.mark.parametrize("is_named", [False, True], ids=["auto", "named"])
@pytest.mark.parametrize("knows_tools", [False, True], ids=["tools not known", "tools known"])
def test_the_example_of_the_catalogue_is_read(each: Any, is_named: bool, knows_tools: bool) -> None:
    found = scan(each["example"], WEATHER if knows_tools else None, each["id"] if is_named else "auto")
    assert found.calls
    assert each["id"] in found.family
    for call in found.calls:
        assert call.name == "get_weather"
        assert call.is_complete
        assert call.value is not None
        assert call.value["city"] in ("Paris", "Oslo")
        assert str(call.value["days"]) in ("1", "2")
        if knows_tools:
            assert isinstance(call.value["days"], int)
        if not knows_tools:
            form = named(each["id"])
            assert form is not None
            assert call.is_untyped == form.is_untyped or each["id"] in ("kimi_k3", "dots", "longcat")
            assert (call.confidence == "hint") == form.is_bare


@needs_shared
@pytest.mark.parametrize("each", [pytest.param(each, id=each["id"]) for each in catalogue()])
def test_an_example_that_is_cut_is_never_two_calls_nor_another(each: Any) -> None:
    """Whatever part of the example came: what was found in it is what will be found in more of it."""
    text = each["example"]
    whole = [call.name for call in scan(text, WEATHER).calls]
    for cut in range(len(text)):
        found = scan(text[:cut], WEATHER)
        assert [call.name for call in found.calls] == whole[: len(found.calls)]
        assert all(call.end <= len(text[:cut].encode()) for call in found.calls)
