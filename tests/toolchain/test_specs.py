"""A tools.json is a list of OpenAI tool specifications; anything else is one sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest

from inspector.errors import InspectorError
from inspector.toolchain.specs import Tools, ToolSpec, parse_specs

CITY = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}


def entry(name: Any = "get_weather", **more: Any) -> dict[str, Any]:
    return {"type": "function", "function": {"name": name, "description": "Ask.", "parameters": CITY}} | more


def parsed(*entries: Any) -> tuple[ToolSpec, ...]:
    return parse_specs(json.dumps(entries).encode(), "tools.json")


def test_a_specification_comes_back_as_it_was_written() -> None:
    (spec,) = parsed(entry())
    assert spec == ToolSpec("get_weather", "Ask.", CITY)
    assert spec.as_openai() == entry()


def test_what_may_be_left_out_may_be_left_out() -> None:
    (spec,) = parse_specs(b'\xef\xbb\xbf[{"function": {"name": "now"}}]', "tools.json")
    nothing = {"type": "object", "properties": {}}
    assert spec.as_openai() == {"type": "function", "function": {"name": "now", "parameters": nothing}}


def test_a_request_is_read_for_its_tools() -> None:
    request = {"model": "m", "messages": [], "tools": [entry()]}
    assert parse_specs(json.dumps(request).encode(), "request.json") == parsed(entry())


@pytest.mark.parametrize(
    ("result", "canned"),
    [("rainy", "rainy"), ("", ""), ({"temp": 3, "é": None}, '{"temp": 3, "é": null}'), (None, "null"), (3, "3")],
    ids=["text", "empty text", "an object", "null", "a number"],
)
def test_a_canned_result_is_text_as_it_is_or_else_json(result: Any, canned: str) -> None:
    (spec,) = parsed(entry(result=result))
    assert spec.canned == canned
    assert "result" not in spec.as_openai()


def test_tools_are_found_by_name() -> None:
    tools = Tools(parsed(entry("a"), entry("b")))
    assert tools.named("b") == tools.specs[1]
    assert tools.named("c") is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not JSON (Expecting value: line 1 column 1"),
        ("[{]", "line 1 column 3"),
        ("[" * 100_000, "nested too deeply"),
        ('["\\ud800"]', "surrogate"),
        ("[NaN]", "NaN is no JSON number"),
        ("[1e999]", "the number 1e999 is too large"),
        ("{}", "no list but an object without `tools`"),
        ('{"tools": null}', "no list but null"),
        ('{"tools": []}', "an empty list"),
        ('{"tools": [3]}', "tool 1 is no specification"),
        ("[]", "an empty list"),
        ("[3]", "tool 1 is no specification"),
        ('[{"function": "f"}]', "tool 1 is no specification"),
        ('[{"type": "web_search", "function": {"name": "f"}}]', "tool 1 is no specification"),
        ('[{"function": {"name": "f"}}, {"function": {}}]', "tool 2 has no name that servers take"),
        ('[{"function": {"name": "get weather"}}]', "has no name that servers take"),
        ('[{"function": {"name": "f", "description": 3}}]', "tool 1 (f) has a number as description"),
        ('[{"function": {"name": "f", "parameters": []}}]', "has a list as parameters"),
        (
            '[{"function": {"name": "f", "parameters": {"properties": {"x": {"type": "str"}}}}}]',
            "parameters that are no JSON schema (/properties/x/type 'str'",
        ),
        ('[{"function": {"name": "f"}}, {"function": {"name": "f"}}]', "two tools named f"),
    ],
)
def test_a_bad_file_is_one_sentence_that_names_it(text: str, says: str) -> None:
    with pytest.raises(InspectorError) as caught:
        parse_specs(text.encode(), "my.json")
    sentence = str(caught.value)
    assert sentence.startswith("my.json")
    assert says in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
