"""Which of the rules about arguments speaks, where several could; and that long arguments cost no more than once."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspector.findings.registry import RULES, named
from inspector.json_scan import JsonScanner
from tests.dialects.reading import Json, calls, fragment, sse
from tests.findings.argument_cases import CALLED, TOOLS, ends
from tests.findings.case import found
from tests.findings.test_laws import quickly
from tests.shared import SHARED, needs_shared

BLOCK = [rule for rule in RULES if "TC030" <= rule.code <= "TC044" or "TC077" <= rule.code <= "TC080"]
NO_FACTS = {"TC043", "TC044"}  # what they say may be beside anything


def codes(stream: bytes, tools: dict[str, Any] | None = None) -> set[str]:
    return {each.code for each in found(stream, BLOCK, tools=tools)}


def faults(*pieces: str, finish: str = "tool_calls", tools: dict[str, Any] | None = None) -> set[str]:
    return codes(ends(*pieces, finish=finish), tools) - NO_FACTS


# Whole arguments, and the one rule that speaks; "" for none.
ALONE = {
    "an object": ('{"b": 1}', ""),
    "blanks around it": (' {"b": 1}\n', ""),
    "nothing": ("", "TC031"),
    "blanks": (" \n", "TC031"),
    "an unknown word": ('{"b": yes}', "TC033"),
    "a raw line end in a string": ('{"b": "a\nb"}', "TC033"),
    "NaN": ('{"b": NaN}', "TC033"),
    "a brace too many": ('{"b": 1}}', "TC033"),
    "text behind": ('{"b": 1} ok', "TC033"),
    "text before": ('call {"b": 1}', "TC033"),
    "another object that is none": ('{"b": 1}{c}', "TC033"),
    "no brace in front": ('"b": {"c": 1}}', "TC034"),
    "no brace behind": ('{"b": {"c": 1}', "TC034"),
    "neither brace": ('"b": 1', "TC034"),
    "an opening brace alone": ("{", "TC034"),
    "a second value is missing": ('{"b": ', "TC036"),
    "two things open": ('{"b": [1', "TC036"),
    "twice": ('{"b": 1}{"b": 1}', "TC035"),
    "three times": ('{"b": 1}\n{"b": 1} {"b": 1}', "TC035"),
    "once and a half": ('{"b": 1}{"b"', "TC035"),
    "an empty object behind": ('{"b": 1}{}', "TC035"),
    "an empty object twice": ("{}{}", "TC035"),
    "an empty object in front": ('{}{"b": 1}', "TC080"),
    "two objects": ('{"b": 1}{"b": 2}', "TC080"),
    "two objects, the second cut": ('{"b": 1} {"b": 2', "TC080"),
    "encoded twice": (json.dumps('{"b": "x"}'), "TC037"),
    "a list encoded twice": (json.dumps("[1]"), "TC040"),
    "single quotes": ("{'b': 'say \"hi\", it\\'s'}", "TC038"),
    "True": ('{"b": True}', "TC038"),
    "a comma too many": ('{"b": [1, 2, ], }', "TC038"),
    "quotes that do not fit": ("{'b': 'it's'}", "TC033"),
    "a tag behind a value": ('{"b": "Oslo</arg_value>"}', "TC039"),
    "the next parameter in a value": ('{"b": "Oslo</parameter>\\n<parameter=unit>C"}', "TC039"),
    "a value between two marks": ('{"b": "<parameter=b>Oslo</parameter>"}', "TC039"),
    "only the next parameter in a value": ('{"b": "Oslo\\n<parameter=unit>\\nC"}', "TC039"),
    "the next parameter against a word": ('{"b": "Oslo<parameter=unit>C"}', "TC039"),
    "the next call in a value": ('{"b": "Oslo<tool_call>{\\"name\\""}', "TC039"),
    "a mark that is escaped": ('{"b": "Oslo\\u003c/parameter\\u003e"}', "TC039"),
    "a mark in a key": ('{"b</arg_key>": 1}', "TC039"),
    "Gemma's quotes": ('{"b": <|"|>Oslo<|"|>}', "TC039"),
    "Gemma's quotes in a string": ('{"b": "<|\\"|>Oslo<|\\"|>"}', "TC039"),
    "DeepSeek's marks": ('{"b": "x</｜DSML｜parameter>"}', "TC039"),
    "cut at a mark": ('{"b": "Oslo</parameter>', "TC039"),
    "a list": ("[1]", "TC040"),
    "a number": ("1", "TC040"),
    "null": ("null", "TC040"),
    "a string": ('"Oslo"', "TC040"),
    "a string with a mark": ('"Oslo</parameter>"', "TC039"),
    "text about marks": ('{"b": "It is <tool_call>{}</tool_call>, with <function=f></function> in it."}', ""),
    "text about one mark": ('{"b": "Stop at </tool_call> or at a line end"}', ""),
    "XML": ('{"b": "<c><parameter name=\\"d\\">1</parameter><function x=\\"1\\"/></c>"}', ""),
    "a token behind a value": ('{"b": "Oslo[TOOL_CALLS]"}', "TC039"),
    "a token in front of a value": ('{"b": "[ARGS]Oslo"}', "TC039"),
    "a token on the last line": ('{"b": "Oslo\\n<|tool_call_end|>"}', "TC039"),
    "a token behind a string": ('{"b": "Oslo"}[TOOL_CALLS]', "TC039"),
    "a token in the place of a value": ('{"b": <|channel|>', "TC039"),
    "marks of DeepSeek after one another": ('{"b": "x\\n</｜DSML｜parameter>\\n<｜DSML｜parameter name=c>"}', "TC039"),
    "a question about a token": ('{"b": "What does Mistral write after [TOOL_CALLS] in its calls?"}', ""),
    "a question that ends with a token": ('{"b": "What is <｜tool▁calls▁begin｜>?"}', ""),
    "a token that begins a sentence": ('{"b": "<|channel|> is what Harmony writes."}', ""),
    "code with a token": ('{"b": "text.split(\\"[TOOL_CALLS]\\")[1]"}', ""),
    "usage of a command": ('{"b": "usage: run [OPTIONS] [ARGS]"}', ""),
    "a question about a token, cut": ('{"b": "What is [TOOL_CALLS] in', "TC036"),
    "a question about a token, not JSON": ('{"b": "What is [TOOL_CALLS] in?", c}', "TC033"),
    "an operator of another language": ('{"b": "xs |> f <| g [ARG]"}', ""),
    "the same key in two objects": ('{"b": {"b": 1}, "c": [{"b": 1}, {"b": 1}]}', ""),
    "a key in a string": ('{"b": "\\"b\\": 1", "c": "b"}', ""),
    "a key twice, deep": ('{"b": [{"c": 1, "c": 1}]}', "TC078"),
    "numbers that stay": ("[0, -0.0, 1e22, 123456789012345, 0.1, 2.5e-300, 0e999, 1.000000000000000000]", "TC040"),
    "an id of 18 digits": ('{"b": 123456789012345678}', "TC079"),
    "an infinite number": ('{"b": -1e400}', "TC079"),
    "a number that is none left of": ('{"b": 1e-400}', "TC079"),
    "too many decimals": ('{"b": 3.141592653589793238}', "TC079"),
    "digits in a string": ('{"b": "123456789012345678"}', ""),
}


@pytest.mark.parametrize(("arguments", "code"), ALONE.values(), ids=ALONE.keys())
def test_one_rule_says_what_is_wrong_with_arguments(arguments: str, code: str) -> None:
    assert faults(arguments) == {code} - {""}


PYTHON = {
    """{"b": 1, 'c': "d"}""": "'c' in single quotes at byte 9",
    """ {'é': 1, "d": True}""": "'é' in single quotes at byte 2, True at byte 16",
    """{"d": [1], }""": "a comma before a bracket at byte 9",
    "{'b': '" + "long " * 10 + "'}": "'b' in single quotes at byte 1",
    "{" + "'" + "long " * 10 + "': 1}": "'long long long long long long…' in single quotes at byte 1",
}


@pytest.mark.parametrize(("arguments", "said"), PYTHON.items())
def test_what_is_python_in_arguments_is_quoted_with_its_place(arguments: str, said: str) -> None:
    (finding,) = found(ends(arguments), [named("TC038")])
    assert finding.message == f"the arguments of call 0 (f) are Python, not JSON: {said}"


@quickly
@given(
    st.text(alphabet="{}[]\"\\':,bT1e. -\n", max_size=12),
    st.sampled_from(["stop", "tool_calls", "length", "abort", None]),
)
@example("{'b': True}", "tool_calls")
def test_arguments_that_can_never_be_read_are_an_error_or_python(arguments: str, finish: str | None) -> None:
    scanner = JsonScanner()
    scanner.feed(arguments.encode())
    is_broken = arguments.strip() and scanner.verdict(scanner.size).state != "valid"
    findings = found(ends(arguments, finish=finish))
    assert not is_broken or any(each.severity == "error" or each.code == "TC038" for each in findings)


@pytest.mark.parametrize("arguments", ['{"b": "</parameter> and', '{"b": "Os"', '{"b": {"c": 1'])
def test_arguments_that_a_limit_cut_are_truncated_and_no_more(arguments: str) -> None:
    assert faults(arguments, finish="length") == {"TC036"}


SPLIT = sse(calls(fragment(0, "a", "f", '{"b": "x\u2028y"}')), *CALLED)


def test_a_payload_that_was_cut_into_lines_is_at_fault_and_not_the_arguments_in_it() -> None:
    lines = SPLIT.replace(b"\\u2028", b"\ndata: ")
    assert lines != SPLIT
    assert [each.code for each in found(lines) if each.severity == "error"] == ["TS116", "TC110"]
    worse = lines.replace(b'y\\"}', b'y\\" oops}')
    assert {each.code for each in found(worse) if each.severity == "error"} == {"TS116", "TC033", "TC110"}


def test_an_end_of_another_kind_leaves_them_invalid() -> None:
    assert faults('{"b": "x', finish="content_filter") == {"TC033"}


@pytest.mark.parametrize("arguments", ["", " ", '{"b"', '{"b": 1', '{"b": "</parameter>'])
def test_what_a_cut_stream_did_not_finish_is_no_fault_of_the_arguments(arguments: str) -> None:
    assert codes(sse(calls(fragment(0, "a", "f", arguments)))) == set()


# Arguments and the codes, for the tool of `TOOLS`.
FITS = {
    "all is there": ('{"b": 1, "unit": "celsius", "stops": [1]}', set()),
    "missing": ('{"unit": "celsius"}', {"TC077"}),
    "extra": ('{"b": 1, "c": 2}', {"TC077"}),
    "none of the values": ('{"b": 1, "unit": "kelvin"}', {"TC077"}),
    "another type": ('{"b": "1"}', {"TC077"}),
    "a string that holds no list": ('{"b": 1, "stops": "{}"}', {"TC077"}),
    "a string that holds a list": ('{"b": 1, "stops": "[1]"}', {"TC041"}),
    "both": ('{"stops": "[1]"}', {"TC041", "TC077"}),
    "no JSON": ("{b}", {"TC033"}),
    "no object": ("[]", {"TC040"}),
    "nothing": ("", {"TC031"}),
    "a number beyond all": ('{"b": 1e999}', {"TC079"}),
}


@pytest.mark.parametrize(("arguments", "expected"), FITS.values(), ids=FITS.keys())
def test_arguments_are_held_against_the_schema(arguments: str, expected: set[str]) -> None:
    assert faults(arguments, tools=TOOLS) == expected


def test_a_misfit_is_told_with_path_what_was_expected_and_what_came() -> None:
    (said,) = found(ends('{"b": 1, ', '"unit": "K"}'), BLOCK, tools=TOOLS)
    assert said.message.endswith('do not fit its schema: unit: expected one of "celsius", "fahrenheit", got "K"')
    assert said.frame == 1


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object", "additionalProperties": None},  # flexo sends it
        {"type": 7},
        {"$ref": "http://127.0.0.1:9/x"},
        {"properties": {"b": {"pattern": "("}}},
    ],
)
def test_a_schema_that_cannot_be_used_is_no_finding(schema: Json) -> None:
    assert faults('{"b": "x"}', tools={"f": schema}) == set()


def test_a_tool_that_is_not_known_has_no_schema() -> None:
    assert faults('{"x": 1}', tools={"g": TOOLS["f"]}) == set()


def test_lost_arguments_of_a_tool_that_requires_some_are_named() -> None:
    (said,) = found(ends(""), BLOCK, tools=TOOLS)
    assert said.message == "call 0 (f) has no arguments, and its tool requires b"


NULLS: dict[str, Json] = {
    "the function": {"index": 0, "id": "a", "function": None},
    "name and arguments": {"index": 0, "id": "a", "function": {"name": None, "arguments": None}},
}


@pytest.mark.parametrize("sent", NULLS.values(), ids=NULLS.keys())
def test_null_is_seen_for_the_function_too(sent: Json) -> None:
    assert "TC032" in codes(sse(calls(sent), calls(fragment(0, None, "f", "{}")), *CALLED))


@pytest.mark.parametrize("value", [[1], {}, 1, True], ids=["a list", "an empty object", "a number", "a boolean"])
def test_arguments_of_any_other_type_are_no_string(value: Any) -> None:
    sent = {"index": 0, "id": "a", "function": {"name": "f", "arguments": value}}
    assert "TC030" in codes(sse(calls(sent), *CALLED))


BIG = {
    "sound calls": ([fragment(0, "a", "f", '{"b": 1}'), fragment(1, "b", "f", '{"b": 2}')], False),
    "a broken one": ([fragment(0, "a", "f", '{"b": 1}'), fragment(1, "b", "g", "oops")], True),
    "an empty one of a tool that takes none": (
        [fragment(0, "a", "f", '{"b": 1}'), fragment(1, "b", "g", "")],
        False,
    ),
    "an empty one of a tool nobody knows": ([fragment(0, "a", "f", '{"b": 1}'), fragment(1, "b", "h", "")], True),
    "an empty one of the same tool": ([fragment(0, "a", "f", '{"b": 1}'), fragment(1, "b", "f", "")], True),
    "one call in two pieces": ([fragment(0, "a", "f", "oo"), fragment(0, arguments="ps")], False),
}


@pytest.mark.parametrize(("fragments", "lost"), BIG.values(), ids=BIG.keys())
def test_several_calls_in_a_delta_are_a_hint_only_where_one_is_broken(fragments: list[Json], lost: bool) -> None:
    assert ("TC042" in codes(sse(calls(*fragments), *CALLED), {"f": {}, "g": {}})) is lost


def test_a_number_that_loses_digits_is_shown_as_what_it_becomes() -> None:
    (finding,) = (each for each in found(ends('{"b": 12345678901234567}')) if each.code == "TC079")
    assert finding.message == "12345678901234567 in the arguments of call 0 (f) is 12345678901234568 as a 64-bit float"


def test_a_call_of_a_custom_tool_has_no_arguments_to_look_for() -> None:
    custom = {"index": 0, "id": "a", "type": "custom", "custom": {"name": "run", "input": "ls"}}
    assert codes(sse(calls(custom), *CALLED)) == set()


def test_more_text_after_whole_arguments_counts_only_from_another_chunk_on() -> None:
    assert "TC044" not in codes(ends('{"b": 1}{"b": 1}'))
    assert "TC044" in codes(ends('{"b": 1}', "", '{"b": 1}'))


# One real stream for each of these rules that real servers show.
SHOWN = {
    "TC031": "corpus/azure-databricks-chat-databricks-tool-variations.sse",
    "TC032": "corpus/writer-chat-async-streaming-chat-tool-call-request-legacy.sse",
    "TC033": "corpus/github-copilot-chat-multiple-tool-calls.sse",
    "TC036": "captures/llamacpp-tool-cut-by-max-tokens.sse",
    "TC043": "captures/transformers-tool-long-escapes.sse",
    "TC079": "stages/ta-tool-odd-number.sse",
    "TC080": "stages/fx-parallel-two.sse",
}


@needs_shared
@pytest.mark.parametrize("code", SHOWN)
def test_a_real_server_shows_it(code: str) -> None:
    assert code in codes((SHARED / SHOWN[code]).read_bytes())


HUGE = 300_000
HOSTILE = {
    "one string": '{"b": "' + "x" * HUGE + '"}',
    "escapes": '{"b": "' + "\\n" * HUGE + '"}',
    "empty objects": "{}" * HUGE,
    "unlike objects": '{"b": 1}{"c": 2}' * (HUGE // 10),
    "blanks": "{}" + " " * HUGE + "{",
    "quotes": "{" + "'" * HUGE,
    "marks": '{"b": "' + "<parameter=" * (HUGE // 10) + '"}',
    "pairs of marks": '{"b": "x' + "<tool_call></tool_call>" * (HUGE // 20) + '</tool_call>"}',
    "keys": "{" + ", ".join(f'"k{each}": {each}' for each in range(HUGE // 10)) + "}",
    "digits": '{"b": ' + "1" * HUGE + "}",
    "deep": '{"b":' * (HUGE // 10) + "1" + "}" * (HUGE // 10),
    "commas": "[" + "," * HUGE,
    "many numbers": "[" + "1, " * (HUGE // 3) + "1]",
}


@pytest.mark.parametrize("arguments", HOSTILE.values(), ids=HOSTILE.keys())
def test_long_arguments_are_looked_at_in_linear_time(arguments: str) -> None:
    began = time.process_time()
    assert not [each for each in found(ends(arguments), RULES, tools=TOOLS) if each.code == "TS199"]
    assert time.process_time() - began < 2  # a quadratic one takes minutes
