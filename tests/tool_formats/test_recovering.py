"""Which calls of a text are shown as what the model meant, and which of them it made in its thoughts."""

from __future__ import annotations

import json

import pytest

from inspector.tool_formats.glance import has_mark
from inspector.tool_formats.offered import Schemas
from inspector.tool_formats.recovering import as_json, calls_in, recover
from inspector.tool_formats.scan import scan
from tests.shared import SHARED, needs_shared

ONE = '<tool_call>\n{"name": "f", "arguments": {"a": 1}}\n</tool_call>'
TWO = '<tool_call>\n{"name": "g", "arguments": {}}\n</tool_call>'
BARE = '{"name": "f", "arguments": {"a": 1}}'
XML = "<tool_call>\n<function=f>\n<parameter=a>\n1\n</parameter>\n</function>\n</tool_call>"
LITERAL = "<tool_call>{'name': 'f', 'arguments': {'a': None}}</tool_call>"
OFFERED: Schemas = {"f": {}}

SAID = {
    "a call": (ONE, ["f"]),
    "a call in a sentence": (f"I look. {ONE} Done.", ["f"]),
    "a call of a tool that was not offered": (TWO, []),
    "one of two": (f"{ONE}\n{TWO}", ["f"]),
    "a call, and one that is not whole yet": (f"{ONE}\n{ONE[:40]}", ["f"]),
    "a call that is cut": (ONE[:40], []),
    "a call without marks": (BARE, ["f"]),
    "a call without marks in a sentence": (f"Like {BARE}?", []),
    "a call with marks beside one without": (f"{ONE} or {BARE}, as you like", ["f"]),
    "a call in the thoughts": (f"<think>\n{ONE}\n</think>\nHi", ["thought f"]),
    "a call in thoughts that the prompt began": (f"{ONE}\n</think>\nHi", ["thought f"]),
    "a call in the thoughts, and again after them": (f"<think>\n{ONE}\n</think>\n{ONE}", ["thought f", "f"]),
    "a call in code in the thoughts": (f"<think>\nLike `{ONE}`.\n</think>\nHi", []),
    "a call without marks in the thoughts": (f"<think>\n{BARE}\n</think>\nHi", []),
}
THOUGHT = {
    "a call": (f"Well. {ONE} So.", ["thought f"]),
    "a call in thoughts within thoughts": (f"<think>\nWell. {ONE}", ["thought f"]),
    "both": (f"<think>\n{ONE}\n</think>\n{ONE}", ["thought f", "thought f"]),
    "a call of a tool that was not offered": (TWO, []),
    "a call that is cut": (ONE[:40], []),
    "a call without marks": (BARE, []),
    "a call in quotes": (f'I write "{ONE}".', []),
}


CUT = {
    "a call": (ONE, ["f"]),
    "a call that is cut": (ONE[:40], ["f"]),
    "a call that is cut in its name": (f'{ONE}\n<tool_call>\n{{"name": "', ["f", "…"]),
    "a call whose name begins like another": ('<tool_call>\n{"name": "g', []),
    "words about a mark": ("They write <tool_call>", []),
}


def named(text: str, tools: Schemas | None = OFFERED, *, is_thought: bool = False) -> list[str]:
    calls = calls_in(text, tools, is_thought=is_thought)
    return [f"thought {call.name}" if call.in_reasoning else call.name for call in calls]


@pytest.mark.parametrize(("text", "expected"), SAID.values(), ids=SAID)
def test_the_calls_of_an_answer_are_shown(text: str, expected: list[str]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(("text", "expected"), CUT.values(), ids=CUT)
def test_what_is_not_whole_is_shown_once_no_more_can_come(text: str, expected: list[str]) -> None:
    assert [call.name for call in calls_in(text, OFFERED, is_thought=False, ending="cut")] == expected


@pytest.mark.parametrize(("text", "expected"), THOUGHT.values(), ids=THOUGHT)
def test_the_calls_of_a_reasoning_are_shown_as_thoughts(text: str, expected: list[str]) -> None:
    assert named(text, is_thought=True) == expected


PYTHON = 'get_weather(city="Oslo")'
CODE = {
    "all of the answer": (f"{PYTHON}\n{PYTHON}\n", 2),
    "all of the answer behind thoughts": (f"<think>\nHm.\n</think>\n{PYTHON}", 1),
    "the last line of code": (f"from weather import get_weather\n\n{PYTHON}", 0),
    "the first line of code": (f"{PYTHON}\nprint(1)", 0),
    "behind words, as code may be": (f"Call it so:\n{PYTHON}", 0),
    "a list behind words": (f"I look. [{PYTHON}]", 1),
}


@pytest.mark.parametrize(("text", "count"), CODE.values(), ids=CODE)
def test_lines_of_python_are_calls_only_where_there_is_nothing_else(text: str, count: int) -> None:
    assert len(calls_in(text, {"get_weather": {}}, is_thought=False, ending="whole")) == count


def test_where_nobody_knows_the_tools_any_name_but_an_example_is_one() -> None:
    example = ONE.replace('"f"', '"function_name"')
    assert named(f"{ONE} {example} {TWO}", None, is_thought=True) == ["thought f", "thought g"]


def test_what_is_shown_of_a_growing_text_stays() -> None:
    text = f"I look. {ONE} And {TWO} and {ONE}"
    counts = [len(named(text[:size])) for size in range(len(text) + 1)]
    assert counts == sorted(counts)
    assert counts[-1] == 2


@pytest.mark.parametrize(
    ("text", "tools", "arguments"),
    [
        pytest.param(ONE, OFFERED, '{"a": 1}', id="as written"),
        pytest.param(LITERAL, OFFERED, '{"a": null}', id="Python made JSON"),
        pytest.param(XML, OFFERED, '{"a": "1"}', id="no types"),
        pytest.param(XML, {"f": {"properties": {"a": {"type": "integer"}}}}, '{"a": 1}', id="types of the schema"),
    ],
)
def test_arguments_are_json_with_the_types_that_the_tool_says(text: str, tools: Schemas, arguments: str) -> None:
    assert [call.arguments for call in recover(text, tools)] == [arguments]
    assert [as_json(call) for call in calls_in(text, tools, is_thought=False)] == [arguments]


def test_of_a_draft_that_cannot_be_read_the_text_is_shown() -> None:
    (call,) = calls_in('<tool_call>{"name": "f", "arguments": {"a": }}</tool_call>', None, is_thought=True)
    assert as_json(call) == '{"a": }'


@needs_shared
def test_a_glance_tells_every_text_of_the_suite_that_has_a_certain_call() -> None:
    suite = (SHARED / "conformance" / "tool_text_cases.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in suite]
    sure = [text for text in texts if any(call.confidence == "certain" for call in scan(text).calls)]
    assert len(sure) > 200
    assert all(map(has_mark, sure))
    assert not has_mark("The user asks for <b>weather</b> in {city}, so I call get_weather(city).")
