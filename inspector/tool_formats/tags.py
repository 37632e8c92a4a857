"""The spellings of the tags around names and parameters, and the rows of those formats."""

from __future__ import annotations

from collections.abc import Iterator

from inspector.tool_formats.parameters import Tags, tagged_parameters
from inspector.tool_formats.row import Row

_QWEN = ("qwen3_coder_xml", "step3p5_xml")
_BARS = ("｜DSML｜", "|DSML|", "‖DSML‖", "｜｜DSML｜｜")  # the first is right; the others leak


def _qwen(wrapper: str, close: str, *slips: str) -> Tags:
    return Tags(
        wrappers=(wrapper,) if wrapper else (),
        wrapper_closes=(close,),
        heads=("<function=", *slips),
        closes=("</function>",),
        parameters=("<parameter=",),
        parameter_closes=("</parameter>",),
        json_formats=("functionary_v31",),
    )


def invokes(wrapper: str, prefix: str = "", *, trims: bool = True) -> Tags:
    """`<invoke name="N"><parameter name="K">V</parameter></invoke>`, with a prefix in every tag, in a wrapper."""
    return Tags(
        wrappers=(f"<{wrapper}>",),
        wrapper_closes=(f"</{wrapper}>",),
        heads=(f"<{prefix}invoke name=", f"<{prefix}invoke\nname="),
        closes=(f"</{prefix}invoke>",),
        parameters=(f"<{prefix}parameter name=", f"<{prefix}parameter\nname="),
        parameter_closes=(f"</{prefix}parameter>",),
        trims=trims,
    )


def _row(tags: Tags, formats: tuple[str, ...], *, alone: bool = True) -> Iterator[Row]:
    """A row for the wrapper, and one for a head without it."""
    if tags.wrappers:
        yield Row(tags.wrappers, tags.heads, formats, tagged_parameters, tags, also=tags.json_formats)
    if alone:
        yield Row(tags.heads, (), formats, tagged_parameters, tags, also=tags.json_formats)


def _dsml() -> Iterator[Row]:
    for bar in _BARS:
        for wrapper, formats in (("function_calls", ("deepseek_v32_dsml",)), ("tool_calls", ("deepseek_v4_dsml",))):
            yield from _row(invokes(bar + wrapper, bar, trims=False), formats, alone=False)
        yield from _row(invokes(f"{bar} calls", f"{bar} ", trims=False), ("deepseek_v4_dsml",))
        both = ("deepseek_v32_dsml", "deepseek_v4_dsml")
        yield from _row(invokes(f"{bar}function_calls", bar, trims=False)._replace(wrappers=()), both)


_MINICPM = Tags(
    wrappers=(),
    wrapper_closes=(),
    heads=("<function name=", "<functionname=", "<functionĠname="),  # the blank lost, or as its vocabulary spells it
    closes=("</function>",),
    parameters=("<param name=", "<paramname=", "<paramĠname="),
    parameter_closes=("</param>",),
    json_formats=("hermes", "functionary_v31"),
)
_KIMI_K3 = Tags(
    wrappers=("<|open|>tools<|sep|>", "<|open|> tools <|sep|>"),  # the second of each after bad detokenisation
    wrapper_closes=("<|close|>tools<|sep|>", "<|close|> tools <|sep|>"),
    heads=("<|open|>call tool=", "<|open|> call tool="),
    closes=("<|close|>call<|sep|>", "<|close|> call <|sep|>"),
    parameters=("<|open|>argument key=", "<|open|> argument key="),
    parameter_closes=("<|close|>argument<|sep|>", "<|close|> argument <|sep|>"),
    head_end="<|sep|>",
    trims=False,
)
_STRIPPED_K3 = Tags(
    wrappers=("tools",),
    wrapper_closes=("tools",),
    heads=("call tool=",),
    closes=("call",),
    parameters=("argument key=",),
    parameter_closes=("argument",),
    head_end='"',
    head_quotes=4,
    trims=False,
)
_STEP3 = invokes("steptml:calls", "steptml:", trims=False)._replace(
    wrappers=(), wrapper_closes=("<｜tool_call_end｜>",)
)
_ANTHROPIC = ("anthropic_invoke",)
_WITHOUT_WRAPPER = ("minimax_m2_xml", "dots", "deepseek_v32_dsml")  # what the loss of a token makes the same

TAG_ROWS: tuple[Row, ...] = (
    *_row(_qwen("<tool_call>", "</tool_call>", "<function ", "<function"), _QWEN, alone=False),
    *_row(_qwen("<seed:tool_call>", "</seed:tool_call>"), ("seed_oss_xml",), alone=False),
    *_row(_qwen("", "</tool_call>"), (*_QWEN, "seed_oss_xml")),
    *_row(_MINICPM, ("minicpm5_xml",)),
    *_row(invokes("minimax:tool_call"), ("minimax_m2_xml",), alone=False),
    *_row(invokes("dots_function_call"), ("dots",), alone=False),
    *_row(invokes("function_calls"), _ANTHROPIC, alone=False),
    *_row(invokes("function_calls")._replace(wrappers=()), (*_ANTHROPIC, *_WITHOUT_WRAPPER)),
    *_row(invokes("antml:function_calls", "antml:"), _ANTHROPIC),
    *_row(invokes("atem:function_calls", "atem:"), ("glimmer",)),
    *_row(_STEP3, ("step3",)),
    *_row(_KIMI_K3, ("kimi_k3",)),
    Row(("toolscall tool=",), (), ("kimi_k3",), tagged_parameters, _STRIPPED_K3, is_sure=False),
    *_dsml(),
)
