"""What the user writes for a chat run: parameters and messages."""

from __future__ import annotations

from typing import Any

import pytest

from inspector.errors import InspectorError
from inspector.toolchain.options import ChatOptions, check_tool_choice, opening_messages, parameters
from inspector.toolchain.specs import ToolSpec

PARAMETERS: dict[str, tuple[list[str], dict[str, Any]]] = {
    "none": ([], {}),
    "a number": (["top_p=0.9", "seed=1"], {"top_p": 0.9, "seed": 1}),
    "text": (["stop=END", "user="], {"stop": "END", "user": ""}),
    "text that is quoted": (['stop="1"'], {"stop": "1"}),
    "JSON of any kind": (['a={"b": [true, null]}'], {"a": {"b": [True, None]}}),
    "an equals sign in the value": (["a=b=c"], {"a": "b=c"}),
    "a nested name": (["options.num_predict=64", "options.top_k=1"], {"options": {"num_predict": 64, "top_k": 1}}),
    "what JSON has no form for": (["a=NaN", "b=1e999", "c=Infinity"], {"a": "NaN", "b": "1e999", "c": "Infinity"}),
    "broken JSON": (["a={"], {"a": "{"}),
}
BAD_PARAMETERS = ["top_p", "=1", ".a=1", "a.=1", "a..b=1", ""]
TWICE = [["a=1", "a=2"], ["a=1", "a.b=2"], ["a.b=1", "a=2"]]

USER = {"role": "user", "content": "Hi"}
SYSTEM = {"role": "system", "content": "Be brief."}
MESSAGES = {
    "a prompt": (("Hi", None, None), (USER,)),
    "a system text": (("Hi", "Be brief.", None), (SYSTEM, USER)),
    "an empty prompt": (("", None, None), ({"role": "user", "content": ""},)),
    "a file": ((None, None, b'[{"role": "user", "content": "Hi"}]'), (USER,)),
    "a file and both": (("Hi", "Be brief.", b'[{"role": "assistant"}]'), (SYSTEM, {"role": "assistant"}, USER)),
    "what export writes": (
        (None, None, b'{"stage": "s1", "messages": [{"role": "user", "content": "Hi"}]}\n'),
        (USER,),
    ),
    "nothing": ((None, None, None), ()),
}
BAD_MESSAGES = [
    b"",
    b"Hi",
    b"{}",
    b"[]",
    b"1",
    b'["Hi"]',
    b'[{"content": "Hi"}]',
    b'[{"role": 1}]',
    b"\xff",
    b"[" * 9999,
    b'[{"role": "user", "content": NaN}]',
    b'[{"role": "user", "content": 1e999}]',
]


@pytest.mark.parametrize(("pairs", "expected"), PARAMETERS.values(), ids=PARAMETERS)
def test_parameters_are_json_where_they_read_as_such(pairs: list[str], expected: dict[str, Any]) -> None:
    assert parameters(pairs) == expected


@pytest.mark.parametrize("pair", BAD_PARAMETERS)
def test_a_parameter_without_a_name_or_a_value_is_refused(pair: str) -> None:
    with pytest.raises(InspectorError, match="is not NAME=VALUE"):
        parameters([pair])


@pytest.mark.parametrize("pairs", TWICE)
def test_a_parameter_is_given_once(pairs: list[str]) -> None:
    with pytest.raises(InspectorError, match="twice"):
        parameters(pairs)


@pytest.mark.parametrize(("given", "expected"), MESSAGES.values(), ids=MESSAGES)
def test_the_messages_to_begin_with(given: tuple[Any, Any, Any], expected: tuple[Any, ...]) -> None:
    assert opening_messages(*given) == expected


@pytest.mark.parametrize("text", BAD_MESSAGES)
def test_a_file_without_messages_is_refused_in_a_sentence(text: bytes) -> None:
    with pytest.raises(InspectorError, match=r"^The messages are n|^Message 0 has no role"):
        opening_messages(None, None, text)


CHOICES: dict[str, tuple[str | None, dict[str, Any], bool]] = {
    "none": (None, {}, True),
    "a mode": ("required", {}, True),
    "a tool": ("get_weather", {}, True),
    "no tool of these": ("get_wether", {}, False),
    "no tool of these, but the body has others": ("get_news", {"tools": []}, True),
}


@pytest.mark.parametrize(("choice", "params", "is_fine"), CHOICES.values(), ids=CHOICES)
def test_a_tool_choice_is_a_mode_or_one_of_the_tools(choice: str | None, params: dict[str, Any], is_fine: bool) -> None:
    options = ChatOptions("http://127.0.0.1:1/v1", tool_choice=choice, params=params)
    check_tool_choice(options, ())
    spec = ToolSpec("get_weather", "Tell the weather.", {"type": "object"}, None)
    if is_fine:
        check_tool_choice(options, (spec,))
    else:
        with pytest.raises(InspectorError, match="none of the tools"):
            check_tool_choice(options, (spec,))


@pytest.mark.parametrize("options", [{"temperature": float("nan")}, {"synthesis_temperature": float("-inf")}])
def test_a_temperature_that_json_has_no_form_for_is_refused(options: dict[str, float]) -> None:
    with pytest.raises(InspectorError, match="cannot be sent"):
        ChatOptions("http://h", **options)  # type: ignore[arg-type]
