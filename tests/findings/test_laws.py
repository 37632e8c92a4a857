"""Laws of the findings over any stream: bytes within the input, no broken rule, the same however it comes."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from inspector.findings.rule import Finding
from inspector.findings.watch import Findings
from tests.dialects.random_streams import streams
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
@example(b'data: {"choices":[{"delta":{"tool_calls":[{"function":{"arguments":{}}}]}}]}')
@example(b'data: {"choices":[{"delta":{"tool_calls":{"function":[]}}}]}\n\ndata: {"choices":{}}\n\n')
@example(b'data: {"choices":[{"delta":{"content":[1]}}], "id":[]}\n\ndata: {"choices":[{"delta":{"content":"a"}}]}\n\n')
@example(
    b'data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f"}}]}}]}\n\n'
    b'data: {"choices":[{"delta":{"tool_calls":["ab",{"index":0,"function":{"arguments":"{"}}]}}]}\n\n'
)
def test_rules_never_break_on_junk(stream: bytes) -> None:
    assert_sound(found(stream, tools=TOOLS), len(stream))


def _of_all_chunks(data: bytes, monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    """What is found where no chunk is taken for an ordinary one."""
    with monkeypatch.context() as patch:
        patch.setattr(Findings, "_is_ordinary", lambda *chunk: False)
        return found(data)


@needs_shared
@pytest.mark.parametrize("part", range(8))
def test_what_is_no_moment_hides_no_finding(part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in STREAMS[part::8]:
        data = path.read_bytes()
        quick = [replace(each, count=1) for each in found(data)]
        slow = [replace(each, count=1) for each in _of_all_chunks(data, monkeypatch)]
        assert quick == slow, path.name
