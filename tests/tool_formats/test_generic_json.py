"""Bare JSON: what is a call, what only looks like one, and that a part of one is none."""

from __future__ import annotations

import json

import pytest

from inspector.tool_formats.offered import Schemas
from inspector.tool_formats.recovering import recover

CALL = '{"name": "get_weather", "arguments": {"city": "Oslo"}}'
ARGUMENTS = '{"city": "Oslo"}'
OFFERED: Schemas = {"get_weather": {}, "get_time": {}}
TWO = f'[{CALL}, {{"parameters": {{}}, "name": "get_time"}}]'

CALLS = {
    "an object": (CALL, [("get_weather", ARGUMENTS)]),
    "blanks around": (f"\n  {CALL}\n\n", [("get_weather", ARGUMENTS)]),
    "blanks inside": ('{ "name"\t:"get_time" ,\n"arguments" : { } }', [("get_time", "{ }")]),
    "parameters": ('{"name": "get_time", "parameters": {"city": "Rome"}}', [("get_time", '{"city": "Rome"}')]),
    "type and id": ('{"type": "function", "id": "a", "name": "get_time", "arguments": {}}', [("get_time", "{}")]),
    "a list of one": (f"[{CALL}]", [("get_weather", ARGUMENTS)]),
    "a list of two": (TWO, [("get_weather", ARGUMENTS), ("get_time", "{}")]),
    "a fence": (f"```json\n{CALL}\n```", [("get_weather", ARGUMENTS)]),
    "a fence without a language": (f"```\n{CALL}\n```\n", [("get_weather", ARGUMENTS)]),
    "a fence with CRLF": (f"```json\r\n{CALL}\r\n```", [("get_weather", ARGUMENTS)]),
    "two objects": (f"{CALL} {CALL}", [("get_weather", ARGUMENTS)] * 2),
    "two objects and a semicolon": (f"{CALL}; {CALL}", [("get_weather", ARGUMENTS)] * 2),
    "two fences": (f"```json\n{CALL}\n```\n```json\n{CALL}\n```", [("get_weather", ARGUMENTS)] * 2),
    "single quotes": ("{'name': 'get_time', 'arguments': {'a': None}}", [("get_time", '{"a": null}')]),
    "arguments in a string": ('{"name": "get_time", "arguments": "{\\"a\\": 1}"}', [("get_time", '{"a": 1}')]),
    "arguments as written": (
        '{"name": "get_time", "arguments": {"a": 1.50, "a": "\\u00e9☀"}}',
        [("get_time", '{"a": 1.50, "a": "\\u00e9☀"}')],
    ),
}
NONE = {
    "nothing": "",
    "blanks": " \n",
    "prose": "It is sunny.",
    "prose before": f"I call it: {CALL}",
    "prose after": f"{CALL} Is that right?",
    "prose around a fence": f"Here:\n```json\n{CALL}\n```",
    "a fence of another language": f"```python\n{CALL}\n```",
    "an empty fence": "```json\n```",
    "a fence alone": "```",
    "a fence of blanks": "```json\n" + " " * 100_000 + "\n``",
    "no name": '{"arguments": {}}',
    "no arguments": '{"name": "get_time"}',
    "both keys of arguments": '{"name": "get_time", "arguments": {}, "parameters": {}}',
    "a name twice": '{"name": "get_weather", "name": "get_time", "arguments": {}}',
    "a name that is no text": '{"name": 1, "arguments": {}}',
    "an empty name": '{"name": "", "arguments": {}}',
    "arguments that are a list": '{"name": "get_time", "arguments": []}',
    "arguments that are text": '{"name": "get_time", "arguments": "Rome"}',
    "null arguments": '{"name": "get_time", "arguments": null}',
    "an empty list": "[]",
    "a list with something else": f"[{CALL}, 1]",
    "text": '"get_time"',
    "deep": "[" * 100_000,
    "deep and whole": '{"name": "get_time", "arguments": ' + '{"a":' * 5000 + "1" + "}" * 5001,
}


@pytest.mark.parametrize(("text", "expected"), CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("tools", [OFFERED, None], ids=["tools known", "tools not known"])
def test_a_call_is_found(text: str, expected: list[tuple[str, str]], tools: Schemas | None) -> None:
    found = recover(text, tools)
    assert [(call.name, call.arguments) for call in found] == expected
    assert {call.tool_format for call in found} == {"generic_json"}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
@pytest.mark.parametrize("tools", [OFFERED, None], ids=["tools known", "tools not known"])
def test_what_only_looks_like_one_is_none(text: str, tools: Schemas | None) -> None:
    assert recover(text, tools) == []


@pytest.mark.parametrize("text", [each for each, _ in CALLS.values()], ids=CALLS)
def test_a_part_of_a_call_is_none(text: str) -> None:
    whole = text.rstrip()
    found = [whole[:cut] for cut in range(len(whole)) if recover(whole[:cut], OFFERED)]
    assert [each for each in found if each.rstrip(" ;`\n") not in text.split(CALL)[0] + CALL] == []


def test_with_tools_known_the_name_must_be_one_of_them_and_other_keys_do_not_matter() -> None:
    strange = '{"name": "get_time", "arguments": {}, "thought": "hm"}'
    assert [len(recover(strange, tools)) for tools in (OFFERED, {"get_weather": {}}, {}, None)] == [1, 0, 0, 0]


def test_a_range_counts_bytes_of_the_utf_8() -> None:
    text = f'\u00a0[{{"name": "get_time", "arguments": {{"city": "Møre"}}}}, {CALL}]'
    first, second = (text.encode()[call.start : call.end].decode() for call in recover(text, None))
    assert json.loads(first[1:])["name"] == "get_time"  # the bracket of the list belongs to the first call
    assert second == f"{CALL}]"


def test_a_lone_surrogate_is_text_like_any_other() -> None:
    (call,) = recover('{"name": "get_time", "arguments": {"city": "\ud83d"}}', OFFERED)
    assert call.arguments == '{"city": "\ud83d"}'
