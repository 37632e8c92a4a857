"""Which calls in a text are meant and which are shown, where the finding points, and what its message says."""

from __future__ import annotations

import json
from typing import Any

import pytest

from inspector.findings.registry import RULES
from inspector.findings.rule import Finding
from tests.dialects.reading import calls, chunk, fragment, sse, text
from tests.findings.case import found
from tests.findings.leak_cases import BARE, CALL, INVOKE, STRIPPED, TOOLS, called, thought, told
from tests.shared import SHARED, needs_shared

LEAKS = [rule for rule in RULES if rule.code[:2] == "TL" or rule.code in ("TC071", "TC072")]
KNOWN = {**TOOLS, "get_weather": {}}
TOKEN, DSML = "<|im_end|>", "｜DSML｜"


def codes(data: bytes, *, offered: bool = False) -> list[str]:
    return [each.code for each in found(data, LEAKS, tools=KNOWN if offered else None)]


def the(data: bytes, *, offered: bool = False) -> Finding:
    (finding,) = found(data, LEAKS, tools=KNOWN if offered else None)
    return finding


HEALTHY = {
    "prose that names a mark": "Hermes models open a call with <tool_call> and close it with </tool_call>.",
    "prose that shows a call in code": f"A call looks like `{CALL}` there.",
    "prose that shows a call in a fence": f"Look:\n```\n{CALL}\n```\nThat is all.",
    "prose with a call in the middle": f"Hermes models write a call so:\n\n{CALL}\n\nThen the server parses it.",
    "prose with placeholders": 'The format: <function_call>{"name": "function_name", "arguments": {}}</function_call>',
    "prose about tokens": f"Each turn ends with {TOKEN} in ChatML, and {TOKEN} is one token.",
    "a list of tokens": f"They are:\n- {TOKEN}\n- <|im_start|>: opens\n| <|eot_id|> | Llama |\nand more.",
    "tokens in quotes": f'Split at "{TOKEN}" or (<|eot_id|>).',
    "prose about tags": "Reasoning models put their thoughts between <think> and </think> tags, or [THINK].",
    "prose about the channels of Harmony": "gpt-oss writes <|channel|>analysis before its thoughts.",
    "prose about an opening tag": "So:\n<function=f> begins a call, and\n<tool_call> stands before it.",
    "prose about the invoke tag": 'Claude\'s markup has <invoke name="f"> in it, for one.',
    "tags in a pair": "They write <think>...</think> first, then the answer (no <think> without </think>).",
    "the usage of a command": "Usage: run [OPTIONS] [ARGS]",
    "a piece of code": "```python\nx = '<think>'\nif '<|im_end|>' in x: y = x.split('</tool_call>')\n```",
    "a JSON answer": '{"name": "Ada", "age": {"a": 1}}',
    "JSON in a fence": '```json\n{"city": "Oslo", "days": [1, 2]}\n```',
    "a list of JSON": '[{"name": "Ada", "age": 36}, {"name": "Bob"}]',
    "HTML": "<div>\n<p>Call <b>f</b>(a)</p>\n<tool/>\n</div>",
    "XML": "<parameters>\n<parameter name='a'>1</parameter>\n</parameters>",
    "pipes": "let y = x |> f <| g; a <|> b; list = [f(1), g(2)]",
    "Markdown": "See [f](https://example.com) and [TODO] > quote >>> f\n| a | b |",
    "a call in words": "Action: I would call f(a=1) and then look.",
}


@pytest.mark.parametrize("content", HEALTHY.values(), ids=HEALTHY)
@pytest.mark.parametrize("offered", [False, True], ids=["no tools known", "tools known"])
def test_a_healthy_answer_has_no_leak(content: str, offered: bool) -> None:
    if offered and CALL in content and "`" not in content:
        return  # of a tool that was offered it is a call
    assert codes(told(content), offered=offered) == []
    assert codes(told(*content), offered=offered) == []


LEAKED = {
    "a call alone": (CALL, "TL080"),
    "a call after text": (f"I look.\n\n{CALL}", "TL080"),
    "a call in the same line": (f"I look. {CALL}", "TL080"),
    "a call before text": (f"{CALL}\nI wait.", "TL080"),
    "two calls": (f"I look.\n{CALL}\n{CALL}", "TL080 TL080"),
    "a call and a token": (f"{CALL}{TOKEN}", "TL080"),
    "a call without its end": (CALL[:-13], "TL080"),
    "a call that the model did not go on with": ('I look.\n<tool_call>\n{"name": "f", "arguments": {"a', "TL080"),
    "a call that cannot be read": ('<tool_call>\n{"name": "f", "arguments": {oops}}\n</tool_call>', "TL080"),
    "invoke that the model did not go on with": ('I look.\n<invoke name="f">\n', "TL084"),
    "DSML": (
        f'<{DSML}tool_calls>\n<{DSML}invoke name="f">\n</{DSML}invoke>\n</{DSML}tool_calls>',
        "TL080",
    ),
    "invoke": (INVOKE, "TL084"),
    "invoke in its wrapper": (f"<function_calls>\n{INVOKE}\n</function_calls>", "TL084"),
    "a token that a word ends with": (f"It is 7{TOKEN}\n<|im_start|>user\nThanks", "TL085"),
    "a token in its own line": (f"It is 7\n{TOKEN}\n<|im_start|>user\nThanks", "TL085"),
    "a token behind a blank, and no more": (f"It is 7. {TOKEN}\n", "TL085"),
    "a token without a name": ("It is <SPECIAL_12> 7.", "TL085"),
    "a header of Harmony": ("<|channel|>final<|message|>It is 7.", "TL085"),
    "the end of thoughts": ("I think so.\n</think>\n\nIt is 7.", "TC072"),
    "the end of thoughts amid a line": ("I think so.</think>It is 7.", "TC072"),
    "the end of thoughts before a blank": ("I think so.</think> It is 7.", "TC072"),
    "the end of thoughts in the line of the answer": ("I think so.\n</think> It is 7.", "TC072"),
    "thoughts amid a line": ("Well.<think>Hm.</think>It is 7.", "TC072"),
    "thoughts": ("<think>Hm.</think>It is 7.", "TC072"),
    "thoughts of Mistral": ("[THINK]Hm.[/THINK]It is 7.", "TC072"),
    "thoughts of Harmony": ("<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant", "TC072"),
    "a call within thoughts": (f"<think>\n{CALL}\n</think>\n\nIt is 7.", "TC071 TC072"),
}


@pytest.mark.parametrize(("content", "expected"), LEAKED.values(), ids=LEAKED)
def test_what_leaks_is_found_however_it_is_cut(content: str, expected: str) -> None:
    for pieces in ([content], [*content], [content[:5], content[5:]]):
        for offered in (False, True):
            assert sorted(codes(told(*pieces), offered=offered)) == expected.split()


OFFERED = {
    "a call amid text": (f"So:\n{CALL}\nThen I read it.", "TL080"),
    "Harmony without tokens": (STRIPPED, "TL081"),
    "Gemma without tokens": ("call:get_weather{a:1}", "TL081"),
    "Mistral without tokens": ('get_weather{"a": 1}', "TL081"),
    "a list of Python calls": ("[f(a=1)]", "TL081"),
    "JSON": (BARE, "TL082"),
    "JSON in a fence": (f"```json\n{BARE}\n```", "TL082"),
    "objects in a row": (f"{BARE}\n{BARE}", "TL082 TL082"),
    "a list of JSON": (f"[{BARE}]", "TL082"),
    "a message in JSON": (f'{{"tool_calls": [{BARE}]}}', "TL082"),
    "thoughts, then JSON": (f"<think>\nHm.\n</think>\n{BARE}", "TC072 TL082"),
    "words, then JSON": (f"I look. {BARE}", "TL082"),
}


@pytest.mark.parametrize(("content", "expected"), OFFERED.values(), ids=OFFERED)
def test_a_call_of_a_tool_that_was_offered_is_found_where_it_is_doubtful_without(content: str, expected: str) -> None:
    assert sorted(codes(told(content), offered=True)) == expected.split()
    assert not {"TL080", "TL081", "TL082"} & set(codes(told(content)))


ALIKE = {
    "JSON": (BARE, "is nothing but JSON"),
    "JSON with parameters": ('{"name": "f", "parameters": {"a": 1}}', "is nothing but JSON"),
    "JSON in a fence": (f"```json\n{BARE}\n```", "is nothing but JSON"),
    "a fence behind words": (f"I look.\n```json\n{BARE}\n```\n", "ends with JSON"),
    "a list of JSON": (f"[{BARE}]", "is nothing but JSON"),
    "a fence of two calls behind words": (f"I look.\n```json\n[{BARE}, {BARE}]\n```\n", "ends with JSON"),
    "a line of Python in a fence behind words": (
        "I look.\n```tool_code\nf(a=1)\n```",
        "ends with text in the format gemma3_tool_code",
    ),
    "a line of its own behind words": (f"I look:\n\n{BARE}\n", "ends with JSON"),
    "JSON behind thoughts": (f"<think>\nHm.\n</think>\n{BARE}", "is nothing but JSON"),
    "a list of Python calls": ("[f(a=1)]", "is nothing but text in the format pythonic"),
    "a word between tags": ("<tool_call>\nf\n</tool_call>", "is nothing but text in the format glm45_xml"),
    "an element that closes itself": ('<invoke name="f"/>', "is nothing but text in the format anthropic_invoke"),
}


@pytest.mark.parametrize(("content", "said"), ALIKE.values(), ids=ALIKE)
def test_what_reads_like_a_call_is_a_warning_where_nobody_knows_the_tools(content: str, said: str) -> None:
    finding, *_ = (each for each in found(told(content), LEAKS) if each.code != "TC072")
    assert (finding.code, finding.message) == (
        "TL088",
        f"the content {said} that reads like a call of f; the answer has no tool_calls",
    )
    assert "TL088" not in codes(told(content), offered=True)


NOT_ALIKE = {
    "words behind the fence": f"```json\n{BARE}\n```\nThat is how a call looks.",
    "words before JSON": f"I look. {BARE}",
    "a line of more than a call": f'I look:\n\n{BARE[:-1]}, "note": 1}}',
    "a line of words behind the line": f"I look:\n\n{BARE}\n\nThat is how a call looks.",
    "no arguments": '{"name": "f", "city": "Oslo"}',
    "half of it": BARE[:-4],
    "the name of an example": BARE.replace('"f"', '"function_name"'),
    "two fences, and more": f"```json\n{BARE}\n```\nor\n```json\n[1]\n```",
}


@pytest.mark.parametrize("content", NOT_ALIKE.values(), ids=NOT_ALIKE)
def test_other_json_reads_like_no_call(content: str) -> None:
    assert codes(told(content)) == []


CUT_OFF = {
    "in its name": ('<tool_call>\n{"name": "get', "a call of get… as text, in the format hermes"),
    "before its name": ("I look.\n<tool_call>\n{", "a call of … as text, in the format hermes"),
    "behind its mark": ("[TOOL_CALLS]", "a call of … as text, in the format mistral"),
    "in a name that a mark begins": ("[TOOL_CALLS]get_we", "a call of get_we… as text, in the format mistral_v11"),
    "in its arguments": ('<tool_call>\n{"name": "f", "arguments": {"a', "a call of f as text, in the format hermes"),
    "after a whole one": (f'{CALL}\n<tool_call>\n{{"na', "a call of … as text, in the format hermes"),
}


@pytest.mark.parametrize("finish", ["length", None])
@pytest.mark.parametrize(("content", "said"), CUT_OFF.values(), ids=CUT_OFF)
def test_a_call_that_the_end_of_the_answer_cuts_is_a_leak(content: str, said: str, finish: str | None) -> None:
    findings = found(sse(text(content), *([chunk(finish=finish)] if finish else [])), LEAKS)
    assert {each.code for each in findings} == {"TL080"}
    assert said in findings[-1].message
    assert ", and is cut; " in findings[-1].message


NOT_CUT_OFF = ["Hermes models write <tool_call>", "They write `<tool_call>", "<tool_call> is what they", "a <function="]


@pytest.mark.parametrize("content", NOT_CUT_OFF)
def test_a_sentence_about_a_mark_that_is_cut_is_no_call(content: str) -> None:
    assert codes(sse(text(content), chunk(finish="length"))) == []


CUT_THOUGHTS = {
    "in its arguments": ('Hm.\n<tool_call>\n{"name": "f", "arguments": {"a', ["TC071"]),
    "behind its name": ("<function=f>\n", ["TC071"]),
    "amid a line": ("I write <function=f>", []),
    "before more thoughts": ("<function=f> begins it.", []),
}


@pytest.mark.parametrize(("content", "expected"), CUT_THOUGHTS.values(), ids=CUT_THOUGHTS)
def test_a_call_that_the_end_of_the_reasoning_cuts_is_found_in_a_line_of_its_own(
    content: str, expected: list[str]
) -> None:
    assert codes(thought(content)) == expected


def test_a_call_within_the_reasoning_is_no_leak() -> None:
    assert codes(thought(f"Hm. {CALL} Yes.")) == ["TC071"]


BESIDE = {
    "the same": ("f", ('{"a": 1}',), "it is there twice: as text, and in tool_calls as call 0"),
    "the same in other letters": ("f", ('{ "a"', ":1.0}"), "it is there twice: as text, and in tool_calls as call 0"),
    "another tool": ("g", ('{"a": 1}',), "the answer's tool_calls do not have it"),
    "other arguments": (
        "f",
        ('{"a": 2}',),
        "the answer's tool_calls do not have it, but call 0, with other arguments, calls the same tool",
    ),
}


@pytest.mark.parametrize("content", [text(CALL), chunk({"reasoning_content": CALL})], ids=["content", "reasoning"])
@pytest.mark.parametrize(("name", "arguments", "said"), BESIDE.values(), ids=BESIDE)
def test_of_a_call_beside_it_the_message_says_whether_it_is_the_same(
    name: str, arguments: tuple[str, ...], said: str, content: str
) -> None:
    first, *more = arguments
    fragments = [fragment(0, "a", name, first), *(fragment(0, arguments=each) for each in more)]
    data = sse(content, *map(calls, fragments), chunk(finish="tool_calls"), "[DONE]")
    assert the(data).message.endswith(said)


def test_the_message_names_the_format_and_its_family_and_the_advice_the_parser() -> None:
    finding = the(told(CALL))
    assert "in the format hermes (" in finding.message
    assert "ernie45" in finding.message
    assert finding.advice.startswith(
        "For hermes start vLLM with `--enable-auto-tool-choice --tool-call-parser hermes` "
        "or SGLang with `--tool-call-parser qwen25`. Start the server with"
    )


UNREAD = {
    "a brace missing": '<tool_call>\n{"name": "f", "arguments": {"a": 1}\n</tool_call>',
    "a value without quotes": '<tool_call>\n{"name": "f", "arguments": {"a": oops}}\n</tool_call>',
    "keys without quotes": '<tool_call>\n{name: "f", arguments: {a: 1}}\n</tool_call>',
    "keys without quotes behind thoughts": '<think>Hm.</think>\n<tool_call>{name: "f", arguments: {}}</tool_call>',
    "keys without quotes between other marks": '[TOOL_REQUEST]{name: "f"}[END_TOOL_REQUEST]',
}


@pytest.mark.parametrize("content", UNREAD.values(), ids=UNREAD)
@pytest.mark.parametrize("offered", [False, True], ids=["no tools known", "tools known"])
def test_a_call_that_its_mark_closes_and_that_cannot_be_read_is_found_and_not_called_cut(
    content: str, offered: bool
) -> None:
    findings = found(told(content), LEAKS, tools=KNOWN if offered else None)
    (finding,) = (each for each in findings if each.code != "TC072")
    assert (finding.code, "cannot be read; the answer has no tool_calls" in finding.message) == ("TL080", True)
    assert finding.advice.startswith("Ask again, ")


def test_of_unread_marks_in_a_sentence_only_those_around_the_name_of_a_tool_are_a_call() -> None:
    unread = UNREAD["keys without quotes"]
    assert codes(told(f"I look.\n{unread}"), offered=True) == ["TL080"]
    assert codes(told(f"I look.\n{unread}")) == []
    assert codes(told("<tool_call>...</tool_call>")) == []


def test_of_a_call_that_the_limit_cut_the_advice_begins_with_the_limit() -> None:
    finding = the(sse(text(CALL[:40]), chunk(finish="length"), "[DONE]"))
    assert finding.advice.startswith("Raise `max_tokens`")


def test_each_of_a_few_calls_is_a_finding_of_its_own_at_its_own_bytes() -> None:
    data = told(CALL, "\n", CALL)
    assert [(each.code, each.frame, each.count) for each in found(data, LEAKS)] == [("TL080", 0, 1), ("TL080", 2, 1)]


def test_what_comes_after_many_calls_is_only_counted() -> None:
    findings = found(told(*[CALL] * 25), LEAKS)
    assert [each.count for each in findings] == [1] * 19 + [6]


LEFT_BESIDE = {
    "an end behind a blank": ("I look. </tool_call>\n", "</tool_call>"),
    "an end against a word": ("I look.</tool_call> Wait.", "</tool_call>"),
    "a mark that opens nothing": ("I look. <tool_call>\n", "<tool_call>"),
    "a part of such a mark": ("I look.\n<function", "<function"),
    "a part alone": ("<tool_cal", "<tool_cal"),
}


@pytest.mark.parametrize(("content", "mark"), LEFT_BESIDE.values(), ids=LEFT_BESIDE)
def test_a_mark_that_is_left_beside_a_call_is_found_also_in_part(content: str, mark: str) -> None:
    finding = the(called(content))
    assert (finding.code, called(content)[finding.start : finding.end].decode()) == ("TL083", mark)
    assert codes(told(content)) == []


@pytest.mark.parametrize("content", ["Is a <tool_call> one? Yes.", "Is a </tool_call> one? Yes.", "a <b", "See [TODO"])
def test_a_mark_in_a_sentence_beside_a_call_is_none(content: str) -> None:
    assert codes(called(content)) == []


PLACES = {
    "as it is": ('"I look: <tool_call>{\\"name\\": \\"f\\", \\"arguments\\": {}}</tool_call>"', "<tool_call>{"),
    "escaped": (
        '"\\u00e9 \\ud83d\\ude00\\n\\u003ctool_call>{\\"name\\": \\"f\\", \\"arguments\\": {}}"',
        "\\u003ctool",
    ),
    "as UTF-8": ('"é 😀 <tool_call>{\\"name\\": \\"f\\", \\"arguments\\": {}}"', "<tool_call>{"),
}


@pytest.mark.parametrize(("literal", "begins"), PLACES.values(), ids=PLACES)
def test_a_finding_points_at_the_bytes_where_the_call_begins(literal: str, begins: str) -> None:
    sent = f'{{"choices": [{{"index": 0, "delta": {{"content" : {literal}}}}}]}}'
    data = sse(text("Hi "), sent, chunk(finish="stop"), "[DONE]")
    finding = the(data)
    assert finding.frame == 1
    assert data[finding.start : finding.end].decode().startswith(begins)
    assert data[finding.end - 1 :].startswith(b'>"}') or data[finding.end - 1 :].startswith(b'}"}')


def test_what_is_sent_as_a_list_of_parts_is_pinned_to_its_field() -> None:
    parts = [{"type": "text", "text": CALL[:20]}, {"type": "text", "text": CALL[20:]}]
    data = sse(text(parts), chunk(finish="stop"), "[DONE]")
    finding = next(each for each in found(data, LEAKS) if each.code == "TL080")
    assert finding.frame == 0
    assert CALL[:11] in data[finding.start : finding.end].decode()


_CATALOGUE = SHARED / "formats" / "formats.json"
FORMATS = json.loads(_CATALOGUE.read_text()) if _CATALOGUE.is_file() else []


@needs_shared
@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row["id"])
def test_the_example_of_each_format_is_a_leak_where_its_tool_was_offered(row: dict[str, str]) -> None:
    tools: dict[str, Any] = {"get_weather": {}, "get_time": {}, "search": {}}
    data = told(row["example"])
    signs = found(data, LEAKS, tools=tools)
    assert {"TL080", "TL081", "TL082", "TL084", "TC071"} & {each.code for each in signs}, row["example"]
    assert not [each for each in signs if each.code == "TL085"]
