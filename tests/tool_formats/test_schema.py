"""Text without a type, as the schema of its property has it."""

from __future__ import annotations

from typing import Any

import pytest

from inspector.tool_formats.scan import scan
from inspector.tool_formats.schema import converted, part_of

SHARED_PART = {"$defs": {"at": {"properties": {"days": {"type": "integer"}}}}}
TYPED: dict[str, tuple[str, Any, Any]] = {
    "a number that may be a string": ("42", {"type": ["string", "integer"]}, 42),
    "words that may be a number": ("2 dollars", {"type": ["number", "string"]}, "2 dollars"),
    "a truth value that may be a string": ("True", {"anyOf": [{"type": "string"}, {"type": "boolean"}]}, True),
    "null that may be a string": ("null", {"type": ["string", "null"]}, None),
    "the word null as a string": ("null", {"type": "string"}, "null"),
    "an integer with a point": ("5.0", {"type": "integer"}, 5.0),
    "zeros before an integer": ("007", {"type": "integer"}, 7),
    "digits that are a string": ("5123", {"type": "string"}, "5123"),
    "a Python dictionary": ("{'a': True, 'b': None}", {"type": "object"}, {"a": True, "b": None}),
    "no number": ("abc", {"type": "integer"}, "abc"),
    "blanks of a string": (" a ", {"type": "string"}, " a "),
}


@pytest.mark.parametrize(("text", "schema", "value"), TYPED.values(), ids=TYPED)
def test_a_text_becomes_what_its_schema_says(text: str, schema: Any, value: Any) -> None:
    found, is_typed = converted(text, schema)
    assert (found, type(found), is_typed) == (value, type(value), True)


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {"days": {"type": "integer"}}},
        {"anyOf": [{"type": "null"}, {"properties": {"days": {"type": "integer"}}}]},
        SHARED_PART | {"$ref": "#/$defs/at"},
        SHARED_PART | {"allOf": [{"oneOf": [{"$ref": "#/$defs/at"}]}]},
    ],
    ids=["at once", "in a branch", "in a reference", "in a reference in branches"],
)
def test_a_property_is_found_where_it_stands(schema: Any) -> None:
    assert part_of(schema, schema, "properties", "days") == {"type": "integer"}


def test_nested_elements_have_the_types_of_a_branch() -> None:
    text = (
        ']<]minimax[>[<tool_call>]<]minimax[>[<invoke name="f">]<]minimax[>[<limit>]<]minimax[>[<most>10'
        "]<]minimax[>[</most>]<]minimax[>[</limit>]<]minimax[>[</invoke>]<]minimax[>[</tool_call>"
    )
    limit = {"oneOf": [{"type": "integer"}, {"type": "object", "properties": {"most": {"type": "integer"}}}]}
    assert scan(text, {"f": {"properties": {"limit": limit}}}).calls[0].value == {"limit": {"most": 10}}


def test_a_schema_that_refers_to_itself_ends() -> None:
    schema: Any = {"$ref": "#"}
    assert part_of(schema, schema, "properties", "days") is None
