"""The scanner as it is fed: what it tells when, what it holds back, and what it takes whatever comes."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspector.tool_formats.found import CallBegan, CallEnded, CallGrew, Reasoning, Rethought, Text
from inspector.tool_formats.rows import ROWS
from inspector.tool_formats.scan import scan, scan_pieces
from inspector.tool_formats.scanner import Scanner

TOOLS: dict[str, Any] = {"get_weather": {"properties": {"city": {}}}}
MARKS = sorted({mark for row in ROWS for mark in row.marks})
PARTS = [*MARKS, "get_weather", '"', "'", "{", "}", "[", "]", "(", ")", ",", ":", "=", "\\", "\n", " ", "1", "ø", "a"]
PARTS += ['{"name": "get_weather", "arguments": ', "</tool_call>", "</function>", "</parameter>", "<think>", "</think>"]
PARTS += [
    "I'll call ",
    " with ",
    "city",
    "argument key=",
    "\ncity\n",
    "<|message|>",
    "[ARGS]",
    "<｜tool▁sep｜>",
    "<|end|>",
    "</arg_key>",
    "<arg_value>",
    "<arg_key>",
    ">",
    '<|"|>',
]

# What is repeated must cost what it is long, alone or after a beginning.
REPEATED = {
    "marks": ("", "<tool_call>"),
    "brackets": ("", "{"),
    "lists": ("", "["),
    "envelopes": ("", '{"arguments":'),
    "calls in calls": ("", '{"name":"get_weather","arguments":'),
    "heads": ("", "<function=a><parameter=b>"),
    "headers": ("", "<|start|>assistant<|channel|>commentary to=functions.a"),
    "names": ("", "get_weather"),
    "fences": ("", "```json\n{"),
    "lines": ("", "Action: get_weather\n"),
    "Python calls": ("", "[a(b="),
    "blanks": ("<tool_call>", " "),
    "half a closing tag": ("<tool_call><function=get_weather><parameter=a>", "</parameter>x"),
    "escapes": ('<tool_call>{"name":"get_weather","arguments":{"a":"', '\\"<'),
    "depth": ('<tool_call>{"name":"get_weather","arguments":', '{"a":'),
    "half a token": ('<|tool_call>call:get_weather{a:<|"|>', "<|"),
    "bad lines": ('<tool_calls>{"name":"get_weather","arguments":{}}\n', "{bad\n"),
    "elements": (']<]minimax[>[<tool_call>]<]minimax[>[<invoke name="get_weather">', "]<]minimax[>[<b>x"),
    "drafts": ("<think>", '<tool_call>{"name":"get_weather","arguments":{}}'),
    "items": ("<tool_calls>[", '{"name":"get_weather","arguments":{}},'),
    "lines of arguments": ("get_weather\n", "city\nx\n"),
    "names in lines": ("", "get_weather\ncity\n"),
    "heads without tags": ("", 'toolscall tool="get_weather" index="1"'),
    "recipients": ("", " to="),
    "quotes within quotes": ("<|tool_call_start|>[get_weather(a='", "'a' "),
    "echoes": ("", "I'll call get_weather with "),
}
_SIZE = 4_000
_GROWTH_MOST = 8.0  # for four times the length; a square would be 16


def test_arguments_grow_as_they_come() -> None:
    scanner = Scanner(TOOLS)
    assert scanner.feed("Hm <tool_c") == [Text("Hm ")]
    assert scanner.feed('all>\n{"name": "get_wea') == []
    assert scanner.feed('ther", "arguments": {"ci') == [
        CallBegan(0, "get_weather", "hermes", 3, False),
        CallGrew(0, "{"),
        CallGrew(0, '"'),
        CallGrew(0, "ci"),
    ]
    assert scanner.feed('ty": "Par') == [
        CallGrew(0, "ty"),
        CallGrew(0, '"'),
        CallGrew(0, ": "),
        CallGrew(0, '"'),
        CallGrew(0, "Par"),
    ]
    assert scanner.feed('is"}}</tool_') == [CallGrew(0, "is"), CallGrew(0, '"'), CallGrew(0, "}")]
    *_, ended = scanner.feed("call>!")[:-1]
    assert isinstance(ended, CallEnded)
    assert (ended.call.arguments, ended.call.value) == ('{"city": "Paris"}', {"city": "Paris"})
    assert scanner.close() == []


def test_only_what_may_be_a_mark_is_held_back() -> None:
    scanner = Scanner()
    assert scanner.feed("a < b <") == [Text("a < b ")]
    assert scanner.feed("t") == []
    assert scanner.feed("d> c") == [Text("<td> c")]
    assert scanner.feed(" {") == [Text(" ")]
    assert scanner.feed(' "x"') == [Text("{"), Text(' "x"')]


def test_a_call_that_has_no_mark_is_told_as_soon_as_it_is_one() -> None:
    scanner = Scanner(TOOLS)
    assert scanner.feed('{"name": "get_weather", "argu') == []
    assert scanner.feed('ments": {') == [CallBegan(0, "get_weather", "generic_json", 0, False), CallGrew(0, "{")]


def test_reasoning_that_began_in_the_prompt_is_told_when_it_ends() -> None:
    scanner = Scanner()
    assert scanner.feed("I think") == [Text("I think")]
    assert scanner.feed(" so.</think>Yes") == [Text(" so."), Rethought("I think so."), Text("Yes")]


def test_thoughts_may_end_with_code() -> None:
    assert (scan("Take `x`</think>Yes.").content, scan("```\nx\n```</think>Yes").content) == ("Yes.", "Yes")


@pytest.mark.parametrize("text", ["It writes <think> and </think> around it.", "The mark `</think>` ends them."])
def test_marks_of_reasoning_that_a_sentence_speaks_of_are_text(text: str) -> None:
    assert (scan(text).content, scan(text).reasoning) == (text, "")
    assert scan_pieces(text) == scan(text)


def test_reasoning_is_told_as_it_comes() -> None:
    scanner = Scanner()
    assert scanner.feed("<think>I th") == [Reasoning("I th")]
    assert scanner.feed("ink</thi") == [Reasoning("ink")]
    assert scanner.feed("nk>Yes") == [Text("Yes")]


def test_a_range_counts_bytes_and_takes_in_the_marks() -> None:
    call = '<tool_call>{"name": "get_weather", "arguments": {"city": "Møre"}}</tool_call>'
    text = f"☀ {call} \ud83d {call}"
    data = text.encode("utf-8", "surrogatepass")
    assert [data[each.start : each.end].decode() for each in scan(text).calls] == [call, call]


def test_marks_around_several_calls_belong_to_the_first_and_the_last() -> None:
    item = '{"name": "get_weather", "arguments": {}}'
    text = f"<tool_calls>[{item}, {item}, {item}]</tool_calls>"
    found = [text[each.start : each.end] for each in scan(text).calls]
    assert found == [f"<tool_calls>[{item}", item, f"{item}]</tool_calls>"]


@given(st.lists(st.sampled_from(PARTS), max_size=12), st.data())
def test_any_text_is_read_the_same_however_it_is_cut(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    for tools in (TOOLS, None):
        whole = scan(text, tools)
        assert scan_pieces(text, tools) == whole
        cut = data.draw(st.integers(0, len(text)))
        assert scan_pieces([text[:cut], text[cut:]], tools) == whole


@example(['{"name": "get_weather", "arguments": ', "[TOOL_CALLS]", "[TOOL_CALLS]", "[TOOL_CALLS]"])
@given(st.lists(st.sampled_from(PARTS), max_size=12))
def test_calls_are_within_the_text_in_order_and_say_what_they_hold(parts: list[str]) -> None:
    text = "".join(parts)
    found = scan(text, TOOLS)
    ends = [0, *(at for call in found.calls for at in (call.start, call.end)), len(text.encode())]
    assert all(first <= second for first, second in pairwise(ends))
    for call in (*found.calls, *found.rehearsed):
        assert call.format in call.family
        if call.value is not None:
            json.dumps(call.value)


@given(st.text(st.characters(), max_size=200))
def test_text_without_marks_is_what_it_was(text: str) -> None:
    if not any(mark in text for mark in [*MARKS, "</", "[", "<"]):
        assert scan(text).content == text


@pytest.mark.parametrize(("start", "unit"), REPEATED.values(), ids=REPEATED)
@pytest.mark.parametrize("by", ["whole", "characters"])
def test_time_grows_with_the_length_only(start: str, unit: str, by: str) -> None:
    small, large = (start + unit * (size // len(unit)) for size in (_SIZE, 4 * _SIZE))
    assert any(_cost(large, by) / _cost(small, by) < _GROWTH_MOST for _ in range(3))


def _cost(text: str, by: str) -> float:
    before = time.process_time()
    scan_pieces([text] if by == "whole" else text, TOOLS)
    return max(time.process_time() - before, 0.002)  # below that is noise
