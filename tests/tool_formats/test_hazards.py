"""What the catalogue says goes wrong: tokens lost, tags misspelt, marks within values, mere look-alikes."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from inspector.tool_formats.scan import scan, scan_pieces

TOOLS: dict[str, Any] = {
    "get_weather": {
        "type": "object",
        "properties": {"city": {"type": "string"}, "days": {"type": "integer"}, "where": {"type": "object"}},
    },
    "get_time": {"type": "object", "properties": {}},
    "run": {"type": "object", "properties": {"code": {"type": "string"}}},
    "tell the time": {},
}
PARIS = {"city": "Paris", "days": 2}
JSON = '{"city": "Paris", "days": 2}'
ENVELOPE = f'{{"name": "get_weather", "arguments": {JSON}}}'
_VALUES = '<parameter name="city">Paris</parameter>\n<parameter name="days">2</parameter>'
INVOKE = f'<invoke name="get_weather">\n{_VALUES}\n</invoke>'
QWEN = "<function=get_weather>\n<parameter=city>\nParis\n</parameter>\n<parameter=days>\n2\n</parameter>\n</function>"


class Case(NamedTuple):
    text: str
    format: str
    calls: tuple[tuple[str, Any], ...] = (("get_weather", PARIS),)
    content: str = ""
    reasoning: str = ""


def _dsml(bar: str) -> str:
    return INVOKE.replace("</", f"</{bar}").replace("<i", f"<{bar}i").replace("<p", f"<{bar}p")


CASES = {
    # what is left where special tokens are stripped
    "stripped Harmony": Case(
        f"analysisNeed weather.assistantcommentary to=functions.get_weather json{JSON}",
        "harmony",
        reasoning="Need weather.",
    ),
    "stripped Kimi": Case(f"functions.get_weather:0{JSON}", "kimi_k2"),
    "stripped Gemma": Case("call:get_weather{city:Paris,days:2}", "gemma4"),
    "stripped Mistral": Case(f"get_weather[ARGS]{JSON}", "mistral_v11"),
    "stripped Mistral, two": Case(
        f"get_weather{JSON}get_time{{}}", "mistral_v11", (("get_weather", PARIS), ("get_time", {}))
    ),
    "stripped DeepSeek V3": Case(f"functionget_weather\n```json\n{JSON}\n```", "deepseek_v3"),
    "stripped Mistral with its id": Case(f"get_weatheraB3dE5fG7{JSON}", "mistral_v11_callid"),
    "stripped Inkling": Case(f'get_weather{{"name":"get_weather","args":{JSON}}}', "inkling"),
    "stripped Kimi K3": Case(
        'toolscall tool="get_weather" index="1"argument key="city" type="string"Parisargument'
        'argument key="days" type="number"2argumentcallcall tool="get_time" index="2"calltools',
        "kimi_k3",
        (("get_weather", PARIS), ("get_time", {})),
    ),
    "GLM without its outer tags": Case(
        "I look.\nget_weather\n<arg_key>city</arg_key>\n<arg_value>Paris</arg_value>\n"
        "<arg_key>days</arg_key>\n<arg_value>2</arg_value>",
        "glm45_xml",
        content="I look.",
    ),
    "GLM without any tag": Case(
        "I look.\nget_weather\ncity\nParis\ndays\n2\nget_weather\ncity\nNew\nYork\n",
        "glm45_xml",
        (("get_weather", PARIS), ("get_weather", {"city": "New\nYork"})),
        content="I look.",
    ),
    "LongCat without its outer tags": Case(
        "get_weather<longcat_arg_key>city</longcat_arg_key><longcat_arg_value>Paris</longcat_arg_value>",
        "longcat",
        (("get_weather", {"city": "Paris"}),),
    ),
    "stripped Apertus": Case(f'[{{"get_weather": {JSON}}}]', "generic_json"),
    "stripped Cohere": Case(
        f'[{{"tool_call_id": "0", "tool_name": "get_weather", "parameters": {JSON}}}]', "cohere_action"
    ),
    "stripped DSML": Case(INVOKE, "anthropic_invoke"),
    "stripped MiniMax M3": Case(
        '<tool_call><invoke name="get_weather"><city>Paris</city><days>2</days></invoke></tool_call>', "minimax_m3_xml"
    ),
    "a Functionary text and call": Case(
        f"all\nLet me look.>>>get_weather\n{JSON}", "functionary_v32", content="Let me look."
    ),
    "Functionary whose mark was in the prompt": Case(f"get_weather\n{JSON}", "functionary_v32"),
    "stripped OLMo": Case(
        'get_weather(city="Paris", days=2)\nget_weather(city="Oslo")',
        "olmo3_pythonic",
        (("get_weather", PARIS), ("get_weather", {"city": "Oslo"})),
    ),
    # spelling
    "an odd wrapper": Case(f"<tools>\n{ENVELOPE}\n</tools>", "hermes"),
    "single quotes and Python words": Case(
        "<tool_call>{'name': 'get_weather', 'arguments': {'city': 'Paris', 'days': 2,}}</tool_call>", "hermes"
    ),
    "arguments as a string": Case(
        '<tool_call>{"name": "get_weather", "arguments": "{\\"city\\": \\"Paris\\", \\"days\\": 2}"}</tool_call>',
        "granite4",
    ),
    "a byte-fallback line end": Case(f"</think><0x0A><tool_call>\n{ENVELOPE}\n</tool_call>", "ernie45"),
    "Hunyuan in its wrapper": Case(
        f"<think>\nneed weather\n</think>\n<answer>\n<tool_calls>[{ENVELOPE}]</tool_calls>\n</answer>",
        "hunyuan_a13b",
        reasoning="need weather",
    ),
    "no closing tag": Case(f"<tool_call>\n{ENVELOPE}", "hermes"),
    "no opening tag": Case(f"{QWEN}\n</tool_call>", "qwen3_coder_xml"),
    "no equals sign": Case(f"<tool_call>{QWEN.replace('=get', ' get')}</tool_call>", "qwen3_coder_xml"),
    "no closing tag of a parameter": Case(
        "<tool_call><function=get_weather>\n<parameter=city>\nParis\n<parameter=days>\n2\n</parameter>\n</function></tool_call>",
        "qwen3_coder_xml",
    ),
    "an ASCII bar": Case(f"<|tool▁call▁begin|>get_weather<|tool▁sep|>{JSON}<|tool▁call▁end|>", "deepseek_v31"),
    "DSML with ASCII bars": Case(f"<|DSML|tool_calls>{_dsml('|DSML|')}</|DSML|tool_calls>", "deepseek_v4_dsml"),
    "DSML V4.1": Case(f"<｜DSML｜ calls>{_dsml('｜DSML｜ ')}</｜DSML｜ calls>", "deepseek_v4_dsml"),
    "DeepSeek with other blanks": Case(
        "<｜tool_calls_begin｜><｜tool_call_begin｜>function<｜tool_sep｜>get_weather\n"
        f"```json\n{JSON}\n```<｜tool_call_end｜><｜tool_calls_end｜>",
        "deepseek_v3",
    ),
    "DeepSeek with plain bars": Case(
        f"<|tool▁calls▁begin|><|tool▁call▁begin|>get_weather<|tool▁sep|>{JSON}<|tool▁call▁end|><|tool▁calls▁end|>",
        "deepseek_v31",
    ),
    "Step3 without the word before its call": Case(
        f"<｜tool_calls_begin｜><｜tool_call_begin｜>{_dsml('steptml:')}<｜tool_call_end｜><｜tool_sep｜><｜tool_call_begin｜>"
        '<steptml:invoke name="get_time"></steptml:invoke><｜tool_call_end｜><｜tool_calls_end｜>',
        "step3",
        (("get_weather", PARIS), ("get_time", {})),
    ),
    "a name with blanks": Case(
        "<tool_call>\n<function=tell the time>\n</function>\n</tool_call>",
        "qwen3_coder_xml",
        (("tell the time", {}),),
    ),
    "line ends around GLM's name": Case("<tool_call>\n  get_time \n</tool_call>", "glm45_xml", (("get_time", {}),)),
    "two objects in one tag": Case(
        f'<tool_call>{ENVELOPE}, {{"name": "get_time", "arguments": {{}}}}</tool_call>',
        "hermes",
        (("get_weather", PARIS), ("get_time", {})),
    ),
    "a line end that was not decoded": Case(
        f"</think><0x0A><tool_call><0x0A>{ENVELOPE}<0x0A></tool_call><0x0A>", "ernie45"
    ),
    "Mistral's marks without their last brackets": Case(f"[TOOL_CALLSget_weather[ARGS{JSON}", "mistral_v11"),
    "an echo in words": Case(f"I'll call get_weather with {JSON}", "transcript_echo"),
    "a set in Python": Case(
        "<|tool_call_start|>[run(code={'a', 'b'})]<|tool_call_end|>", "lfm2", (("run", {"code": ["a", "b"]}),)
    ),
    "quotes within quotes of their kind": Case(
        "<|tool_call_start|>[run(code='sed -n '1,5p' /x, y | grep 'a''), get_time()]<|tool_call_end|>",
        "lfm2",
        (("run", {"code": "sed -n '1,5p' /x, y | grep 'a'"}), ("get_time", {})),
    ),
    "strings that Python joins": Case(
        "<|tool_call_start|>[run(code='a' 'b', more='''c\nd''', none='')]<|tool_call_end|>",
        "lfm2",
        (("run", {"code": "ab", "more": "c\nd", "none": ""}),),
    ),
    "a fence of Python": Case('```python\nprint(get_weather(city="Paris", days=2))\n```', "gemma3_tool_code"),
    "a prefix on Anthropic's tags": Case(_dsml("antml:"), "anthropic_invoke"),
    "tags of Hunyuan 3 with a suffix": Case(
        "<tool_calls:opensource><tool_call:opensource>get_weather<tool_sep:opensource><arg_key:opensource>city"
        "</arg_key:opensource><arg_value:opensource>Paris</arg_value:opensource><arg_key:opensource>days</arg_key:opensource>"
        "<arg_value:opensource>2</arg_value:opensource></tool_call:opensource></tool_calls:opensource>",
        "hy_v3",
    ),
    "LongCat's newer form": Case(
        "<longcat_tool_call>get_weather\n<longcat_arg_key>city</longcat_arg_key><longcat_arg_value>Paris</longcat_arg_value>"
        "<longcat_arg_key>days</longcat_arg_key><longcat_arg_value>2</longcat_arg_value></longcat_tool_call>",
        "longcat",
    ),
    "GLM with a literal backslash-n": Case(
        "<tool_call>get_weather\\n<arg_key>city</arg_key><arg_value>Paris</arg_value>"
        "<arg_key>days</arg_key><arg_value>2</arg_value></tool_call>",
        "glm45_xml",
    ),
    "MiniCPM with CDATA and a lost space": Case(
        '<functionname="run"><paramname="code"><![CDATA[if a < b:\n  pass]]></param></function>',
        "minicpm5_xml",
        (("run", {"code": "if a < b:\n  pass"}),),
    ),
    "MiniCPM with its vocabulary's blank": Case(
        '<functionĠname="get_weather"><paramĠname="city">Paris</param><paramname="days">2</param></function>',
        "minicpm5_xml",
    ),
    "dots with JSON": Case(f"<dots_function_call>{ENVELOPE}</dots_function_call>", "dots"),
    "a Kimi id without a name": Case(
        f"<|tool_call_begin|>0<|tool_call_argument_begin|>{ENVELOPE}<|tool_call_end|>", "kimi_k2"
    ),
    "a Kimi id without a name anywhere": Case(
        f"<|tool_call_begin|>0<|tool_call_argument_begin|>{JSON}<|tool_call_end|>", "kimi_k2"
    ),
    "Glimmer's headers": Case(
        " to=self<|message|>Hm.<|eom|><|start|>assistant to=user<|message|>I look.<|eom|><|start|>assistant "
        f"to=get_weather<|message|><atem:function_calls>{_dsml('atem:')}</atem:function_calls><|eot|>",
        "glimmer",
        content="I look.",
        reasoning="Hm.",
    ),
    "the end of Kimi K3's message": Case(
        '<|open|>tools<|sep|><|open|>call tool="get_time" index="1"<|sep|><|close|>call<|sep|><|close|>tools<|sep|>'
        "<|close|>message<|sep|>",
        "kimi_k3",
        (("get_time", {}),),
    ),
    "Harmony with the recipient in the role": Case(
        f"<|start|>assistant to=functions.get_weather<|channel|>commentary json<|message|>{JSON}<|call|>", "harmony"
    ),
    "Harmony with a preamble": Case(
        "<|channel|>commentary<|message|>I look.<|end|><|start|>assistant<|channel|>commentary "
        f"to=functions.get_weather<|channel|>commentary<|message|>{JSON}",
        "harmony",
        content="I look.",
    ),
    "a built-in tool of Llama": Case('<|python_tag|>get_weather.call(city="Paris", days=2)', "llama3_json"),
    "LFM2 with JSON": Case(f"<|tool_call_start|>[{ENVELOPE}]<|tool_call_end|>Done.", "lfm2", content="Done."),
    "an echo of OpenAI's message": Case(
        '{"role": "assistant", "content": null, "tool_calls": '
        f'[{{"id": "a", "type": "function", "function": {ENVELOPE}}}]}}',
        "generic_json",
    ),
    "an envelope within another": Case(f'{{"type": "function", "function": {ENVELOPE}}}', "generic_json"),
    "a ReAct turn with text for input": Case(
        "Action: run\nAction Input: print(1)\nObservation:", "react_text", (("run", None),)
    ),
    "Python calls one a line": Case(
        '```tool_code\nprint(default_api.get_weather(city="Paris", days=2))\nget_time()\n```',
        "gemma3_tool_code",
        (("get_weather", PARIS), ("get_time", {})),
    ),
    "arguments by place": Case('[get_weather("Paris", 2)]', "pythonic"),
    "MiniMax M3, nested": Case(
        ']<]minimax[>[<tool_call>]<]minimax[>[<invoke name="get_weather">]<]minimax[>[<where>]<]minimax[>[<at>'
        "]<]minimax[>[<item>1]<]minimax[>[</item>]<]minimax[>[<item>b]<]minimax[>[</item>]<]minimax[>[</at>"
        "]<]minimax[>[</where>]<]minimax[>[</invoke>]<]minimax[>[</tool_call>",
        "minimax_m3_xml",
        (("get_weather", {"where": {"at": ["1", "b"]}}),),
    ),
    "Kimi K3 with blanks in its marks": Case(
        '<|open|> tools <|sep|><|open|> call tool="get_time" index="1"<|sep|>'
        "<|close|> call <|sep|><|close|> tools <|sep|>",
        "kimi_k3",
        (("get_time", {}),),
    ),
    # marks within values
    "a closing tag in a value": Case(
        "<tool_call>\n<function=run>\n<parameter=code>\na </parameter> b </function> c\n"
        "</parameter>\n</function>\n</tool_call>",
        "qwen3_coder_xml",
        (("run", {"code": "a </parameter> b </function> c"}),),
    ),
    "a closing mark in a string": Case(
        '<tool_call>{"name": "run", "arguments": {"code": "</tool_call>"}}</tool_call>',
        "hermes",
        (("run", {"code": "</tool_call>"}),),
    ),
    "a line end in a Python string": Case(
        '<function_calls>run(code="a\nb")\nget_time()</function_calls>',
        "olmo3_pythonic",
        (("run", {"code": "a\nb"}), ("get_time", {})),
    ),
    "a comma in a Python string": Case(
        "<|tool_call_start|>[run(code='a, b)')]<|tool_call_end|>", "lfm2", (("run", {"code": "a, b)"}),)
    ),
    "an element that closes itself": Case('<invoke name="get_time"/>', "anthropic_invoke", (("get_time", {}),)),
    # trouble in one does not hide the others
    "a mark after a mention of it": Case(
        f"I use <tool_call> now: <tool_call>{ENVELOPE}</tool_call>", "hermes", content="I use <tool_call> now: "
    ),
    "a bad call before a good one": Case(
        "<tool_calls>\n" + ENVELOPE + "\n{bad\n" + '{"name": "get_time", "arguments": {}}' + "\n</tool_calls>",
        "minimax_m1",
        (("get_weather", PARIS), ("get_time", {})),
        content="{bad",
    ),
    "open brackets before a good call": Case(
        '<|tool_call_begin|>functions.run:0<|tool_call_argument_begin|>{"code": 1<|tool_call_end|>'
        f"<|tool_call_begin|>functions.get_weather:1<|tool_call_argument_begin|>{JSON}<|tool_call_end|>",
        "kimi_k2",
        (("run", None), ("get_weather", PARIS)),
    ),
}

NONE = {
    "a link": "See [the docs](https://example.org/a(b)) and [get_weather](x).",
    "a list": "numbers = [get, set, 1]",
    "code": "def f(x):\n    return {'name': x, 'arguments': [1]}\n",
    "an answer in JSON": '{"name": "Ada", "city": "London"}',
    "an answer with a tool's name": '{"name": "get_weather", "description": "tells the weather"}',
    "a call deeper in an answer": f'{{"data": [{ENVELOPE}]}}',
    "a tool that was not offered": '{"name": "rm", "arguments": {}}',
    "a schema": '{"type": "object", "properties": {"name": {"type": "string"}}}',
    "a mention of a tag": "The model writes <tool_call> before a call and </tool_call> after it.",
    "a mention of a function tag": "Write <function=NAME> first.",
    "a mention of two tags": "It writes <tool_call> and </tool_call> around a call.",
    "a definition": '{"type": "function", "function": {"name": "get_weather", "description": "d", "parameters": {}}}',
    "a link in code": "1. [get_weather(city)](url) or [get_weather(city: 1)]",
    "a Python prompt before an object": ">>> get_weather\n{'city': 1}",
    "a recipient in a sentence": " to=me, {then} to=get_weather {you}",
    "a call in words": "I'll call get_weather with Paris.",
    "an empty tag": "<tool_call>   </tool_call>",
    "a Python prompt": ">>> get_weather\n>>> 1 + 1",
    "a final answer": '```json\n{"action": "Final Answer", "action_input": "42"}\n```',
    "no tool wanted": 'Action:\n```json\n[{"tool_name": "directly_answer", "parameters": {}}]\n```',
    "an HTML page": "<html><body><tool>x</tool><json>{}</json></body></html>",
    "prose with a name": "I call get_weather (city) and get_weather: it is sunny.",
    "code that calls": "get_time() tells the time, and\nget_weather(city) the weather; `get_weather(city=1)` fails",
    "a word on a line of its own between two tags": "<tool_call>\noops\n</tool_call>",
    "elements that close themselves": '<page><function name="f"/><invoke name="x"/></page>',
    "a name before braces that hold no key": 'print(f"{n} get_weather{still} or get_time{n:03}")',
    "a malformed invoke": '<minimax:tool_call>\n<invoke>\n<parameter name="city">Miami</parameter>\n</invoke>',
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_call_is_read_in_spite_of_it(case: Case) -> None:
    found = scan(case.text, TOOLS)
    assert [(call.name, call.value) for call in found.calls] == list(case.calls)
    assert found.calls[0].format == case.format
    assert (found.content.strip(), found.reasoning) == (case.content.strip(), case.reasoning)


@pytest.mark.parametrize("text", [case.text for case in CASES.values()] + list(NONE.values()), ids=[*CASES, *NONE])
@pytest.mark.parametrize("tools", [TOOLS, None], ids=["tools known", "tools not known"])
def test_it_is_read_the_same_however_it_is_cut(text: str, tools: Any) -> None:
    whole = scan(text, tools)
    assert scan_pieces(text, tools) == whole
    for cut in range(1, len(text)):
        assert scan_pieces([text[:cut], text[cut:]], tools) == whole


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_what_only_looks_like_a_call_is_text(text: str) -> None:
    found = scan(text, TOOLS)
    assert (found.calls, found.content) == ((), text)
    assert all(call.confidence == "hint" for call in scan(text, None).calls)


SURE = {
    "a name right behind its tag": "<tool_call>now</tool_call>",
    "a name right behind its tag, and a line end": "<tool_call>now\n</tool_call>",
    "an element that closes itself in a wrapper": '<function_calls>\n<invoke name="now"/>\n</function_calls>',
    "an element of Qwen that closes itself in a wrapper": "<tool_call><function=now/></tool_call>",
    "an element of DeepSeek that closes itself": '<｜DSML｜invoke name="now"/>',
}


@pytest.mark.parametrize("text", SURE.values(), ids=SURE)
def test_a_call_without_arguments_is_sure_where_a_format_writes_it_so(text: str) -> None:
    assert [(call.name, call.value, call.confidence) for call in scan(text).calls] == [("now", {}, "certain")]


def test_a_call_within_reasoning_is_none_of_the_answer() -> None:
    drafted = f"<tool_call>{ENVELOPE}</tool_call>"
    for text in (f"<think>{drafted}</think>Done.", f"{drafted}</think>Done."):
        found = scan(text, TOOLS)
        assert (found.calls, found.content, found.reasoning) == ((), "Done.", drafted)
        assert [call.in_reasoning for call in found.rehearsed] == [True]


def test_kimi_ends_its_thoughts_by_calling() -> None:
    call = f"<|tool_call_begin|>functions.get_weather:0<|tool_call_argument_begin|>{JSON}<|tool_call_end|>"
    found = scan(f"<think>Now.<|tool_calls_section_begin|>{call}<|tool_calls_section_end|>", TOOLS)
    assert (len(found.calls), found.rehearsed, found.reasoning) == (1, (), "Now.")
