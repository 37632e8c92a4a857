"""`parse` and `formats` (CLI.md): one object out, whatever the text; what is bad usage."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from inspector.cli.main import main
from inspector.tool_formats.registry import FORMATS

HERMES = '<tool_call>\n{"name": "get_weather", "arguments": {"city": "Paris"}}\n</tool_call>'
BARE = '{"name": "get_weather", "arguments": {"city": "Møre"}}'
TOOLS = [
    {
        "type": "function",
        "function": {
            "name": "get_weather",
            "parameters": {"type": "object", "properties": {"city": {"type": "string"}, "days": {"type": "integer"}}},
        },
    }
]
TYPED = "<function=get_weather>\n<parameter=days>\n2\n</parameter>\n</function>"


@pytest.fixture
def said(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Any:
    (tmp_path / "tools.json").write_text(json.dumps(TOOLS))

    def of(text: str | bytes, *more: str) -> Any:
        path = tmp_path / "answer.txt"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        out = leave("parse", str(path), *[each.replace("TOOLS", str(tmp_path / "tools.json")) for each in more])
        assert out.isascii()
        assert out.endswith(b"\n")
        return json.loads(out)

    def leave(*arguments: str, code: int = 0) -> bytes:
        with pytest.raises(SystemExit) as left:
            main(arguments)
        assert left.value.code == code
        return capfdbinary.readouterr().out

    of.leave = leave  # type: ignore[attr-defined]  # the same command without a text
    return of


def test_a_call_is_printed_with_its_arguments_and_its_bytes(said: Any) -> None:
    found = said(f"Let me see. {HERMES}")
    assert found["format"] == "hermes"
    assert found["family"][:2] == ["hermes", "granite4"]
    assert (found["confidence"], found["content"], found["reasoning"]) == ("certain", "Let me see. ", "")
    (call,) = found["calls"]
    assert (call["name"], call["arguments"], call["raw"]) == ("get_weather", {"city": "Paris"}, '{"city": "Paris"}')
    assert (call["complete"], call["format"]) == (True, "hermes")
    assert (call["start"], call["end"]) == (12, 12 + len(HERMES))


RECORDED = {
    "data first": ("data: {}\n\n", True),
    "after a comment and an event": ("\ufeff: hi\n\nevent: x\r\ndata: {}\n\n", True),
    "a text about data": ("The\ndata: {}\n", False),
    "a text": (HERMES, False),
}


@pytest.mark.parametrize(("text", "is_told"), RECORDED.values(), ids=RECORDED)
def test_a_recording_in_the_place_of_a_text_is_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], text: str, is_told: bool
) -> None:
    (tmp_path / "answer").write_text(text)
    with pytest.raises(SystemExit) as left:
        main(["parse", str(tmp_path / "answer")])
    assert left.value.code == 0
    assert ("looks like a recorded stream" in capfd.readouterr().err) is is_told


def test_no_call_is_no_failure(said: Any) -> None:
    assert said("It is sunny.") == {
        "format": None,
        "family": [],
        "confidence": None,
        "calls": [],
        "content": "It is sunny.",
        "reasoning": "",
        "reasoning_calls": [],
    }


def test_a_call_that_is_cut_has_its_text_and_no_arguments(said: Any) -> None:
    (call,) = said(HERMES[:60])["calls"]
    assert (call["name"], call["arguments"], call["complete"]) == ("get_weather", None, False)
    assert call["raw"] == HERMES[49:60]


def test_without_tools_a_call_without_marks_is_a_hint(said: Any) -> None:
    assert said(BARE)["confidence"] == "hint"
    assert said(BARE, "--tools", "TOOLS")["confidence"] == "likely"


def test_values_without_types_are_strings_unless_a_schema_says_otherwise(said: Any) -> None:
    (call,) = said(TYPED)["calls"]
    assert (call["arguments"], call["untyped"]) == ({"days": "2"}, True)
    (call,) = said(TYPED, "--tools", "TOOLS")["calls"]
    assert (call["arguments"], call["untyped"]) == ({"days": 2}, False)


def test_a_format_that_is_named_is_the_only_one(said: Any) -> None:
    assert said(HERMES, "--format", "kimi_k2")["calls"] == []
    assert said(HERMES, "--format", "granite4")["format"] == "granite4"


def test_a_call_within_the_reasoning_stands_apart(said: Any) -> None:
    found = said(f"<think>I could {HERMES}</think>Done.")
    assert (found["calls"], found["content"]) == ([], "Done.")
    assert [call["name"] for call in found["reasoning_calls"]] == ["get_weather"]
    assert found["reasoning"] == f"I could {HERMES}"


@pytest.mark.parametrize("text", [b"", b"\xff\xfe<tool_call>{", b"\x00", b"\xed\xa0\x80" + HERMES.encode()])
def test_any_bytes_can_be_read(said: Any, text: bytes) -> None:
    assert said(text)["content"] is not None


def test_bad_usage(said: Any, tmp_path: Path) -> None:
    said.leave("parse", str(tmp_path / "absent"), code=2)
    said.leave("parse", str(tmp_path), code=2)
    (tmp_path / "a").write_text("x")
    said.leave("parse", str(tmp_path / "a"), "--format", "nonsense", code=2)
    said.leave("parse", str(tmp_path / "a"), "--tools", str(tmp_path / "a"), code=2)


def test_the_formats_are_listed(said: Any) -> None:
    lines = said.leave("formats", "--json").decode().splitlines()
    assert [json.loads(each)["id"] for each in lines] == [each.name for each in FORMATS]
    assert said.leave("formats").decode().count("\n") == len(FORMATS)
