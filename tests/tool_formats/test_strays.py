"""One bad item amid good ones, in each grammar: it is text, the others are calls, and the marks around are neither."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from inspector.tool_formats.scan import scan, scan_pieces


class Block(NamedTuple):
    """`call` writes one call, with the name of a tool and a city; `bad` are items that are none."""

    format: str
    opens: str
    call: str
    parts: str
    closes: str
    bad: tuple[str, ...]

    def text(self, *items: str) -> str:
        return f"Look.\n{self.opens}{self.parts.join(items)}{self.closes}\nBye."

    def of(self, name: str, city: str) -> str:
        return self.call.replace("NAME", name).replace("CITY", city)


_JSON = '{"name": "NAME", "arguments": {"city": "CITY"}}'
_NO_JSON = ("oops", '{"a": 1}', "{broken", "5", '"a text"')
_XML = '<invoke name="NAME">\n<parameter name="city">CITY</parameter>\n</invoke>'
_NO_XML = ("oops", '<invoke>\n<parameter name="city">X</parameter>\n</invoke>')
_BAR = "｜DSML｜"
_PYTHON = 'NAME(city="CITY")'
_NO_PYTHON = ("oops", "1 + 2", '"a text"', "oops(1)")
_PAIRS = "<tool_call>NAME<tool_sep>\n<arg_key>city</arg_key>\n<arg_value>CITY</arg_value>\n</tool_call>"
_M3 = "]<]minimax[>["
_DEEPSEEK = '<｜tool▁call▁begin｜>NAME<｜tool▁sep｜>{"city": "CITY"}<｜tool▁call▁end｜>'
_KIMI = '<|tool_call_begin|>functions.NAME:0<|tool_call_argument_begin|>{"city": "CITY"}<|tool_call_end|>'


def _barred(xml: str) -> str:
    return xml.replace("</", f"</{_BAR}").replace("<i", f"<{_BAR}i").replace("<p", f"<{_BAR}p")


def _elements(xml: str) -> str:
    return "\n".join(f"{_M3}{line}" for line in xml.split("\n"))


BLOCKS = {
    "a list in tags": Block("jamba", "<tool_calls>[", _JSON, ", ", "]</tool_calls>", _NO_JSON),
    "a list after a token": Block("mistral", "[TOOL_CALLS][", _JSON, ", ", "]", _NO_JSON),
    "a list keyed by names": Block(
        "apertus", "<|tools_prefix|>[", '{"NAME": {"city": "CITY"}}', ", ", "]<|tools_suffix|>", _NO_JSON
    ),
    "lines in tags": Block("minimax_m1", "<tool_calls>\n", _JSON, "\n", "\n</tool_calls>", _NO_JSON),
    "lines between tokens": Block("cohere_action", "<|START_ACTION|>\n", _JSON, "\n", "\n<|END_ACTION|>", _NO_JSON),
    "invokes": Block("minimax_m2_xml", "<minimax:tool_call>\n", _XML, "\n", "\n</minimax:tool_call>", _NO_XML),
    "invokes of DeepSeek": Block(
        "deepseek_v4_dsml",
        f"<{_BAR}tool_calls>\n",
        _barred(_XML),
        "\n",
        f"\n</{_BAR}tool_calls>",
        tuple(map(_barred, _NO_XML)),
    ),
    "elements": Block(
        "minimax_m3_xml",
        f"{_M3}<tool_call>\n",
        f'{_M3}<invoke name="NAME">{_M3}<city>CITY{_M3}</city>{_M3}</invoke>',
        "\n",
        f"\n{_M3}</tool_call>",
        ("oops", f"{_M3}<invoke>{_M3}</invoke>"),
    ),
    "pairs": Block("hy_v3", "<tool_calls>\n", _PAIRS, "\n", "\n</tool_calls>", ("oops", "<tool_call></tool_call>")),
    "a Python list": Block("lfm2", "<|tool_call_start|>[", _PYTHON, ", ", "]<|tool_call_end|>", _NO_PYTHON),
    "Python lines": Block("olmo3_pythonic", "<function_calls>", _PYTHON, "\n", "</function_calls>", _NO_PYTHON),
    "a section of DeepSeek": Block(
        "deepseek_v31", "<｜tool▁calls▁begin｜>", _DEEPSEEK, "", "<｜tool▁calls▁end｜>", ("oops",)
    ),
    "a section of Kimi": Block(
        "kimi_k2", "<|tool_calls_section_begin|>", _KIMI, "", "<|tool_calls_section_end|>", ("oops",)
    ),
}
TEXTS = {
    f"{name}: {bad!r} {'in the middle' if place == 1 else 'at the end'}": (block, bad, place)
    for name, block in BLOCKS.items()
    for bad in block.bad
    for place in (1, 2)
}


def written(block: Block, bad: str, place: int) -> str:
    items = [block.of("get_weather", "Paris"), block.of("get_time", "Oslo")]
    items.insert(place, bad)
    return block.text(*items)


@pytest.mark.parametrize(("block", "bad", "place"), TEXTS.values(), ids=TEXTS)
def test_the_others_are_calls_and_it_is_text(block: Block, bad: str, place: int) -> None:
    found = scan(written(block, bad, place))
    assert [(each.name, each.value) for each in found.calls] == [
        ("get_weather", {"city": "Paris"}),
        ("get_time", {"city": "Oslo"}),
    ]
    assert {each.format for each in found.calls} == {block.format}
    before, _, after = found.content.partition(bad)
    assert before.strip() == "Look."
    assert after.strip(" ,\n") == "Bye."
    assert not found.is_cut


@pytest.mark.parametrize(("block", "bad", "place"), TEXTS.values(), ids=TEXTS)
def test_it_is_so_however_the_text_is_cut(block: Block, bad: str, place: int) -> None:
    text = written(block, bad, place)
    whole = scan(text)
    assert scan_pieces(text) == whole
    for cut in range(1, len(text)):
        assert scan_pieces([text[:cut], text[cut:]]) == whole


def test_what_follows_a_block_that_is_never_closed_is_text() -> None:
    for name in ("lines in tags", "invokes", "pairs", "Python lines"):
        block = BLOCKS[name]
        found = scan(f"{block.opens}{block.of('get_time', 'Oslo')}\nBye, {{you}} (all).")
        assert (len(found.calls), found.content.strip()) == (1, "Bye, {you} (all)."), name


def test_reasoning_keeps_it_once() -> None:
    block = BLOCKS["lines in tags"]
    text = block.text(block.of("get_time", "Oslo"), "oops", block.of("get_weather", "Paris"))
    found = scan(f"<think>{text}</think>Done.")
    assert (found.content, found.reasoning, len(found.rehearsed)) == ("Done.", text, 2)


def test_a_long_item_ends_the_block_and_time_does_not_grow_with_its_square() -> None:
    block = BLOCKS["Python lines"]
    text = block.text(block.of("get_time", "Oslo"), "o" * 5000)
    found = scan_pieces(text)
    assert len(found.calls) == 1
    assert "o" * 5000 in found.content
