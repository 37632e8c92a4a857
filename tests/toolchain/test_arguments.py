"""Arguments that do not fit are told with path, what was expected, and what came; the model reads it too."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from inspector.toolchain.arguments import misfit
from inspector.toolchain.specs import ToolSpec

PARAMETERS = {
    "type": "object",
    "properties": {
        "city": {"type": "string", "maxLength": 9},
        "unit": {"enum": ["celsius", "fahrenheit"]},
        "days": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        "stops": {"type": "array", "items": {"type": "object", "properties": {"at": {"type": ["integer", "null"]}}}},
    },
    "required": ["city"],
    "additionalProperties": False,
}


def spec(parameters: Any = PARAMETERS) -> ToolSpec:
    return ToolSpec("f", "", parameters)


@pytest.mark.parametrize(
    "arguments",
    [
        '{"city": "Oslo"}',
        ' {"days":null,"city":"Paris \\u2600 \\ud83d\\ude00"}\n',
        '{"city":"a","stops":[{"at":1},{}]}',
    ],
)
def test_what_fits_has_no_misfit(arguments: str) -> None:
    assert misfit(spec(), arguments) is None


CASES = {
    "empty": ("", "not JSON: empty; no arguments would be {}"),
    "cut": ('{"city": "Os', "not JSON: Unterminated string starting at: line 1 column 10 (char 9)"),
    "single quotes": (
        "{'city': 'Oslo'}",
        "not JSON: Expecting property name enclosed in double quotes",
    ),
    "text after it": ('{"city": "Oslo"} ok', "not JSON: Extra data: line 1 column 18"),
    "NaN": ('{"city": NaN}', "not JSON: NaN is no JSON number"),
    "what Python reads as infinity": ('{"city": -1e999}', "not JSON: the number -1e999 is too large"),
    "half a surrogate pair": ('{"city": "\\ud83d"}', "not JSON: not Unicode text"),
    "too deep": ("[" * 100_000, "not JSON: nested too deeply"),
    "a huge number": ('{"city": ' + "1" * 5000 + "}", "not JSON: Exceeds the limit"),
    "a list": ("[1]", "expected an object, got a list"),
    "a JSON string of JSON": ('"{}"', "expected an object, got a string"),
    "null": ("null", "expected an object, got null"),
    "missing": ("{}", 'missing "city"'),
    "unknown": ('{"city": "Oslo", "town": 1}', 'unknown "town", expected only "city", "unit", "days", "stops"'),
    "wrong type": ('{"city": 3}', "city: expected string, got 3"),
    "not in the list": ('{"city": "Oslo", "unit": "K"}', 'unit: expected one of "celsius", "fahrenheit", got "K"'),
    "none of the types": ('{"city": "Oslo", "days": "3"}', 'days: expected integer or null, got "3"'),
    "deep inside": ('{"city": "a", "stops": [{}, {"at": "b"}]}', 'stops[1].at: expected integer or null, got "b"'),
    "another keyword": ('{"city": "Ouagadougou"}', 'city: expected maxLength 9, got "Ouagadougou"'),
}


@pytest.mark.parametrize(("arguments", "said"), CASES.values(), ids=CASES.keys())
def test_a_misfit_is_told(arguments: str, said: str) -> None:
    told = misfit(spec(), arguments)
    assert told is not None
    assert told.startswith(said)


def test_several_misfits_are_told_but_not_all_of_many() -> None:
    told = misfit(spec(), json.dumps({"city": 1, "unit": 2, "days": "x", "stops": 3, "y": 0}))
    assert told is not None
    assert told.count("; ") == 3
    assert told.endswith("; and 2 more")


def test_a_long_value_is_cut() -> None:
    told = misfit(spec(), json.dumps({"city": "x" * 1_000_000}))
    assert told is not None
    assert len(told) < 200


@pytest.mark.parametrize(
    "parameters",
    [{"$ref": "http://127.0.0.1:9/schema"}, {"$ref": "#"}, {"properties": {"a": {"pattern": "("}}}],
    ids=["a reference that would need the network", "a reference to itself", "a pattern that is none"],
)
def test_a_schema_that_cannot_be_used_is_said(parameters: Any) -> None:
    told = misfit(spec(parameters), '{"a": "x"}')
    assert told is not None
    assert told.startswith("the schema of f cannot be used (")


PATTERNS: dict[str, tuple[str, str, bool]] = {
    "found anywhere": ("b", "abc", True),
    "anchored": ("^b", "abc", False),
    "looking ahead": ("^a(?=b)", "abc", True),
    "looking back": (r"(a)\1", "abab", False),
    "what is the end of a word in Rust": (r"\>", "a b", False),
    "any language": (r"^\w+$", "größer", True),
}


@pytest.mark.parametrize(("pattern", "text", "fits"), PATTERNS.values(), ids=PATTERNS)
def test_a_pattern_is_looked_for(pattern: str, text: str, fits: bool) -> None:
    schema = {"type": "object", "properties": {"a": {"pattern": pattern}}}
    assert (misfit(spec(schema), json.dumps({"a": text})) is None) == fits


def test_no_pattern_of_a_tool_takes_long_for_what_a_model_wrote() -> None:
    schema = {"type": "object", "properties": {"a": {"pattern": "^(a+)+$"}}}
    began_at_s = time.monotonic()
    told = misfit(spec(schema), json.dumps({"a": "a" * 26 + "!"}))
    assert time.monotonic() - began_at_s < 1
    assert told == 'a: expected pattern "^(a+)+$", got "aaaaaaaaaaaaaaaaaaaaaaaaaa!"'
