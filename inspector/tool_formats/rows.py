"""The table of marks: which grammar reads on after each, and whose formats it may be.

Rows that share a mark stand in the order in which they are tried; their `follow` tells them apart.
"""

from __future__ import annotations

from inspector.tool_formats.bare import ARRAYS, BY_KEYS, LISTS, OBJECTS, bare, fenced
from inspector.tool_formats.elements import Elements, elements
from inspector.tool_formats.envelope import Envelopes
from inspector.tool_formats.harmony import FIRST, harmony
from inspector.tool_formats.named import Named, named, of_kimi
from inspector.tool_formats.pairs import Pairs, pairs
from inspector.tool_formats.pseudo_json import PseudoJson, pseudo_json, quoted_by
from inspector.tool_formats.pythonic import Pythonic, pythonic
from inspector.tool_formats.row import Row
from inspector.tool_formats.tagged import Tagged, passed_over, tagged
from inspector.tool_formats.tags import TAG_ROWS

_HERMES = ("hermes", "granite4", "ernie45")
_LISTS = ("jamba", "hunyuan_a13b", "apriel")
_GLM, _GLM_JOINED = ("glm45_xml", "poolside_v1"), ("glm47_xml", "glm45_xml", "poolside_v1")
_ODD_WRAPPERS = ("tools", "tool", "json", "xml", "response", "function_call")  # which models write for `tool_call`
_CALL = Tagged(("</tool_call>", "<0x0A></tool_call>"), between=("\n", ","))
_JSON_AHEAD = ("{", "[{", "[ {", "[\n{", "[\n  {", "[\n    {")


def _tagged(mark: str, follow: tuple[str, ...], formats: tuple[str, ...], plan: Tagged) -> Row:
    return Row((mark,), follow, formats, tagged, plan)


JSON_ROWS = (
    Row(("<tool_call>", "<tool_call><0x0A>"), ("{",), _HERMES, tagged, _CALL),  # a line end that was not decoded
    _tagged("<tool_call>", ("[",), ("granite3", "xlam"), _CALL),
    _tagged("<|tool_call|>", ("[", "{"), ("granite3", "phi4_mini"), Tagged(("<|/tool_call|>", "</tool_call>"))),
    _tagged("<function_call>", ("{",), ("granite_20b_fc", "hermes"), Tagged(("</function_call>",))),
    Row(
        ("<|action_start|><|plugin|>", "<|action_start|> <|plugin|>", "<|action_start|>\n<|plugin|>"),
        ("{",),
        ("internlm2",),
        tagged,
        Tagged(("<|action_end|>",)),
    ),
    _tagged("<tool_calls>", ("[",), _LISTS, Tagged(("</tool_calls>",))),
    _tagged("<tool_calls>", ("{",), ("minimax_m1",), Tagged(("</tool_calls>",), between=("\n",))),
    _tagged("<TOOLCALL>", ("[", "{"), ("nemotron_v2_toolcall",), Tagged(("</TOOLCALL>",))),
    _tagged("<longcat_tool_call>", ("{",), ("longcat",), Tagged(("</longcat_tool_call>",))),
    _tagged("<dots_function_call>", ("{",), ("dots",), Tagged(("</dots_function_call>",))),
    _tagged(
        "<|tools_prefix|>", ("[", "{"), ("apertus",), Tagged(("<|tools_suffix|>",), envelopes=Envelopes(keyed=True))
    ),
    _tagged("<|START_ACTION|>", ("[", "{"), ("cohere_action",), Tagged(("<|END_ACTION|>",), between=("\n",))),
    _tagged("functools", ("[",), ("phi4_mini", "firefunction_v2"), Tagged()),
    _tagged("function call<|role_sep|>", ("{", "["), ("gigachat3",), Tagged()),
    _tagged("<|function_call|>", ("{", "["), ("gigachat3",), Tagged(between=("\n",))),
    _tagged("<|python_tag|>", ("{",), ("llama3_json",), Tagged(between=(";",))),
    _tagged("[TOOL_CALLS]", ("[", "{"), ("mistral", "xlam"), Tagged()),
    Row(("<|message_model|>",), (), ("inkling",), passed_over, "<|content_"),
    _tagged("<|content_invoke_tool_json|>", ("{",), ("inkling",), Tagged(("<|end_message|>",))),
    _tagged("[TOOL_REQUEST]", ("{",), ("lmstudio_default",), Tagged(("[END_TOOL_REQUEST]",))),
    _tagged(
        "<|tool_call_start|>",
        _JSON_AHEAD,
        ("lfm2",),
        Tagged(("<|tool_call_end|>",)),
    ),
    Row(
        ("Action:\n```json\n", "Action:\n```\n", "Action: ```json\n"),
        ("[", "{"),
        ("command_r_plus_md",),
        tagged,
        Tagged(("```",)),
    ),
    *(
        Row((f"<{each}>",), ('{"name"', "{'name'"), ("hermes",), tagged, Tagged((f"</{each}>",)), is_sure=False)
        for each in _ODD_WRAPPERS
    ),
)


def _deepseek(bar: str, gap: str) -> tuple[Row, Row]:
    """V3, and V3.1, which has neither `function` nor a fence. Distilled models write a plain bar, or another blank."""
    names = (("call", "begin"), ("sep",), ("call", "end"))
    begin, sep, end = (f"<{bar}{gap.join(('tool', *each))}{bar}>" for each in names)
    old = Named(("\n", "{", "```"), lead=f"function{sep}", closes=(end,))
    return (
        Row((begin,), (old.lead,), ("deepseek_v3",), named, old),
        Row((begin,), (), ("deepseek_v31",), named, Named((sep,), closes=(end,))),
    )


NAMED_ROWS = (
    Row(
        ("[TOOL_CALLS]",),
        (),
        ("mistral_v11", "mistral_v11_callid"),
        named,
        Named(("[ARGS]", "{", "[CALL_ID]", "["), skips=("[ARGS]",), id_end="[CALL_ID]"),
    ),
    Row(("[TOOL_CALLS",), (), ("mistral_v11",), named, Named(("[ARGS]", "[ARGS", "{")), is_sure=False),  # brackets lost
    Row(
        ("<｜tool_call_begin｜>",),
        ("<steptml:", "function<｜tool_sep｜><steptml:"),
        ("step3",),
        passed_over,
        "<steptml:",
    ),
    *(row for bar, gap in ("｜▁", "｜_", "｜ ", "|▁", "| ") for row in _deepseek(bar, gap)),  # `|_` is Kimi's
    Row(
        ("<|tool_call_begin|>",),
        (),
        ("kimi_k2",),
        named,
        Named(("<|tool_call_argument_begin|>",), closes=("<|tool_call_end|>",), clean=of_kimi),
        ends_thinking=True,
    ),
    Row((">>>",), (), ("functionary_v32",), named, Named(("\n",), is_glued=True), is_sure=False),
    Row(("I'll call ", "I’ll call "), (), ("transcript_echo",), named, Named((" with ",)), is_sure=False),
    Row(
        ("<use_mcp_tool>",),
        (),
        ("mirothinker_mcp",),
        named,
        Named(
            ("</tool_name>",), lead="<tool_name>", skips=("<arguments>",), closes=("</arguments>", "</use_mcp_tool>")
        ),
    ),
    Row(("✿FUNCTION✿:", "✿FUNCTION✿"), (), ("qwen_agent",), named, Named(("\n", "✿ARGS✿:"), skips=("✿ARGS✿:",))),
    Row(
        ("Action:",),
        (),
        ("react_text",),
        named,
        Named(("\n",), skips=("Action Input:",), text_ends=("Observation:",), closes=("Observation:",)),
        is_sure=False,
    ),
)

OTHER_ROWS = (
    *(
        Row(
            (f"<tool_calls{each}>",),
            (f"<tool_call{each}>",),
            ("hy_v3",),
            pairs,
            Pairs(
                (f"<tool_call{each}>",),
                f"</tool_call{each}>",
                suffix=each,
                wrappers=(f"<tool_calls{each}>",),
                wrapper_closes=(f"</tool_calls{each}>",),
                separators=(f"<tool_sep{each}>",),
            ),
        )
        for each in ("", ":opensource")
    ),
    Row(
        ("<longcat_tool_call>",),
        (),
        ("longcat",),
        pairs,
        Pairs(("<longcat_tool_call>",), "</longcat_tool_call>", prefix="longcat_"),
    ),
    Row(
        ("]<]minimax[>[<tool_call>",),
        ("]<]minimax[>[<invoke",),
        ("minimax_m3_xml",),
        elements,
        Elements("]<]minimax[>["),
    ),
    Row(("<tool_call>",), ("<invoke",), ("minimax_m3_xml",), elements, Elements("")),
    Row(
        ("<start_function_call>",),
        ("call:",),
        ("functiongemma",),
        pseudo_json,
        PseudoJson(quoted_by("<escape>"), ("<end_function_call>",)),
    ),
    Row(("<|tool_call>",), ("call:",), ("gemma4",), pseudo_json, PseudoJson(quoted_by('<|"|>'), ("<tool_call|>",))),
    Row(("<|tool_call_start|>",), (), ("lfm2",), pythonic, Pythonic(("<|tool_call_end|>",))),
    Row(("<|python_start|>",), (), ("llama4_pythonic", "pythonic"), pythonic, Pythonic(("<|python_end|>",))),
    Row(("<|python_tag|>",), (), ("llama3_json",), pythonic, Pythonic(), is_sure=False),
    Row(("[Calling tool:", "[Calling tool"), (), ("transcript_echo",), pythonic, Pythonic(("]",))),
    Row(("Tool call:",), (), ("transcript_echo",), pythonic, Pythonic(), is_sure=False),
    Row(("<|channel|>", "<|start|>", " to=functions.", "to=functions."), (), ("harmony",), harmony, also=("glimmer",)),
    Row((FIRST,), (), ("harmony",), harmony, is_sure=False, also=("glimmer",)),
    Row(("```",), (), OBJECTS, fenced, is_sure=False, also=(*ARRAYS, *LISTS, *BY_KEYS)),
    Row(("{",), (), OBJECTS, bare, is_sure=False, also=BY_KEYS),
    Row(("[",), (), ARRAYS, bare, is_sure=False, also=(*LISTS, *BY_KEYS, "mistral_v11")),
)

# What has to come last of those that share a mark: after `<tool_call>` any word may be a name.
LAST_ROWS = (
    Row(("<function_calls>",), (), ("olmo3_pythonic",), pythonic, Pythonic(("</function_calls>",))),
    Row(
        ("<tool_call>",),
        (),
        _GLM,
        pairs,
        Pairs(("<tool_call>",), "</tool_call>", separators=("<tool_sep>",), joined_formats=_GLM_JOINED),
        also=_GLM_JOINED,
    ),
)

ROWS = (*JSON_ROWS, *TAG_ROWS, *NAMED_ROWS, *OTHER_ROWS, *LAST_ROWS)
