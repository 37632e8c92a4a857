"""Laws of the findings over any stream: bytes within the input, no broken rule, the same however it comes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from inspector.findings import watch
from inspector.findings.rule import Finding
from inspector.findings.watch import Findings
from tests.dialects.random_streams import streams
from tests.dialects.reading import chunk, sse
from tests.dialects.recordings import STREAMS
from tests.findings.case import found
from tests.shared import needs_shared

DIALECTS = ["openai-chat", "stage", "agent"]
CUTS = st.lists(st.integers(0, 4000), max_size=8)
TOOLS = {"f": {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}}
quickly = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def assert_sound(findings: list[Finding], size: int) -> None:
    for each in findings:
        assert each.code != "TS199", each.message
        assert 0 <= each.start <= each.end <= size, each
        assert each.message
        assert each.count >= 1


@pytest.mark.parametrize("dialect", DIALECTS)
@quickly
@given(data=st.data(), cuts=CUTS)
def test_rules_find_the_same_however_a_stream_is_cut_and_never_break(
    dialect: str, data: st.DataObject, cuts: list[int]
) -> None:
    stream = data.draw(streams(dialect))
    at = sorted({0, *(each for each in cuts if each < len(stream)), len(stream)})
    pieces = [stream[start:end] for start, end in pairwise(at)]
    whole = found(stream, tools=TOOLS)
    assert_sound(whole, len(stream))
    assert found(stream, tools=TOOLS, pieces=pieces) == whole


@quickly
@given(stream=st.binary(max_size=300))
@example(b'data: {"choices":[{"delta":{"tool_calls":[{"function":{"arguments":{}}}]}}]}\n\n')
@example(b'data: {"choices":[{"delta":{"tool_calls":{"function":[]}}}]}\n\ndata: {"choices":{}}\n\n')
@example(b'data: {"choices":[{"delta":{"content":[1]}}], "id":[]}\n\ndata: {"choices":[{"delta":{"content":"a"}}]}\n\n')
@example(
    b'data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f"}}]}}]}\n\n'
    b'data: {"choices":[{"delta":{"tool_calls":["ab",{"index":0,"function":{"arguments":"{"}}]}}]}\n\n'
)
@example(
    b'data: {"choices":[{"delta":{"tool_calls":[{"id":"a"}]}},{"index":0,"delta":{"tool_calls":[{},{"id":"b"}]}}]}\n\n'
)
def test_rules_never_break_on_junk(stream: bytes) -> None:
    assert_sound(found(stream, tools=TOOLS), len(stream))


def _of_all_chunks(data: bytes, monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    """What is found where no chunk is taken for an ordinary one, and none for like another."""
    with monkeypatch.context() as patch:
        patch.setattr(Findings, "_is_ordinary", lambda *chunk: False)
        patch.setattr(watch, "shape_of_chunk", lambda *chunk: None)
        patch.setattr(watch, "shape_of_frame", lambda frame: None)
        return found(data, tools=TOOLS)


@needs_shared
@pytest.mark.parametrize("part", range(8))
def test_what_is_no_moment_hides_no_finding(part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in STREAMS[part::8]:
        data = path.read_bytes()
        assert found(data, tools=TOOLS) == _of_all_chunks(data, monkeypatch), path.name


@pytest.mark.parametrize("dialect", DIALECTS)
@quickly
@given(data=st.data())
def test_what_is_no_moment_hides_no_finding_of_any_stream(dialect: str, data: st.DataObject) -> None:
    stream = data.draw(streams(dialect))
    with pytest.MonkeyPatch.context() as patch:
        assert found(stream, tools=TOOLS) == _of_all_chunks(stream, patch)


ALIKE = {
    "a role in each chunk": {"role": "assistant", "content": "x"},
    "a null in each chunk": {"content": "x", "tool_calls": None},
    "an id in each fragment": {"tool_calls": [{"index": 0, "id": "a", "function": {"name": "f", "arguments": " "}}]},
}


@pytest.mark.parametrize("delta", ALIKE.values(), ids=ALIKE)
def test_chunks_that_are_alike_are_counted_as_if_each_was_told(
    delta: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = sse(*[chunk(delta, id="A")] * 20, chunk({"content": "y"}, id="A"), *[chunk(delta, id="A")] * 9, "[DONE]")
    for data in (stream, stream.replace(b"\n", b"\r\n")):
        assert found(data, tools=TOOLS) == _of_all_chunks(data, monkeypatch)
