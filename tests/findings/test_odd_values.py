"""Nothing stops where a value in a sound stream is of another kind, missing or there twice: it is data all the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from functools import reduce
from operator import getitem
from typing import Any

import pytest

from inspector.json_place import Path
from tests.dialects.reading import calls, chunk, fragment, sse, text
from tests.findings.answer_cases import agent, staged
from tests.findings.case import found
from tests.findings.test_laws import TOOLS, assert_sound

CALL = calls(fragment(0, "a", "f", '{"a": ', type="function"))
MORE = calls(fragment(0, arguments="1}"), id="B")
USAGE = {"completion_tokens": 7, "completion_tokens_details": {"reasoning_tokens": 1}}
FINISH = chunk(finish="tool_calls", usage=USAGE)
OLD = chunk({"function_call": {"name": "f", "arguments": "{}"}})
SIGNED = chunk({"reasoning": "Hm", "reasoning_details": [{"type": "reasoning.text", "text": "Hm", "signature": "s"}]})
STREAMS = {
    "an answer with calls": sse(
        chunk({"role": "assistant", "content": None}), text("Hi"), CALL, MORE, {"choices": []}, FINISH, "[DONE]"
    ),
    "older fields and newer ones": sse(OLD, SIGNED, {"error": {"message": "no"}}),
    "a stage server's": staged(CALL, MORE, summary={"a": "17"}, after=(text("Hi"),)),
    "an agent server's": sse(agent("tool_call_detected"), agent("tools_executed"), text("Hi"), chunk(finish="stop")),
}
ODD: tuple[Any, ...] = (None, True, 2**70, 0.5, "a", [7], [{}], {"a": []})


def places(value: Any) -> Iterator[Path]:
    """Of all that is in it, itself first."""
    yield ()
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in items:
        yield from ((key, *path) for path in places(each))


def changed(body: Any) -> Iterator[Any]:
    """The same with one thing another, missing, or twice."""
    for path in places(body):
        for how in (*ODD, "missing", "twice"):
            whole: Any = [deepcopy(body)]
            parent: Any = reduce(getitem, (0, *path)[:-1], whole)
            last: Any = (0, *path)[-1]
            if how == "twice" and isinstance(parent, list):
                parent.insert(last, parent[last])
            elif how == "missing":
                del parent[last]
            else:
                parent[last] = how
            yield from whole[:1]


def odd_streams(stream: bytes) -> Iterator[bytes]:
    lines = stream.split(b"\n")
    for number, line in enumerate(lines):
        if line.startswith(b"data: {"):
            for body in changed(json.loads(line[6:])):
                yield b"\n".join([*lines[:number], b"data: " + json.dumps(body).encode(), *lines[number + 1 :]])


@pytest.mark.parametrize("stream", STREAMS.values(), ids=STREAMS)
def test_rules_never_break_on_a_value_of_another_kind(stream: bytes) -> None:
    for data in odd_streams(stream):
        assert_sound(found(data, tools=TOOLS), len(data))
