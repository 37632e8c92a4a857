"""Input that is cut or damaged anywhere opens, is shown, and raises nothing (RELIABILITY I1, I2)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.demo import transcripts
from tests.exporting import all_said
from tests.shared import SHARED, needs_shared
from tests.wire.reading import opened, tiles

# -- I1: cut ------------------------------------------------------------------------------------------------------

DEMOS = transcripts()
CUT_FILES = [
    "corpus/ollama-ollama-stream-basic-text-1.jsonl",
    "corpus/sglang-chat-qwen3-0-6b-chat-completion-stream-f121d1ca-no-tool.jsonl",
    "corpus/nim-chat-edge-cases-valid-multi-line-data.sse",
    "corpus/github-copilot-chat-stream-containing-only-cot-id.sse",
    "corpus/anthropic-anthropic-redacted-thinking-streaming.sse",
    "corpus/openrouter-chat-tool-variations.sse",
    "corpus/mcp-mcp-call-http-mcp-tool-r5.sse",
    "captures/llamacpp-error-no-api-key.sse",
    "stages/ta-tool-stock-weather.sse",
    "stages/fx-tool-note.sse",
    "stages/ta-chat-stageid-forged-done.sse",
    "stages/ta-http-422.sse",
]
POINTS = 1200  # of a larger file not every byte, but so many, evenly


def cut_points_of(data: bytes) -> Iterator[int]:
    yield from range(0, len(data), max(1, len(data) // POINTS))


def is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def assert_a_cut_file_holds_its_whole_frames(data: bytes) -> None:
    whole = opened(data)
    ends = [whole.span(n)[1] for n in range(whole.framed)]
    for n in cut_points_of(data):
        cut = opened(data[:n])
        cut.decode_all()
        assert tiles(cut, n)
        assert cut.decoded == cut.framed
        if cut.framing != whole.framing:
            assert cut.framed <= 2, f"only what came before the first frame can hide the framing, {n}"
            continue
        before = [end for end in ends if end <= n]
        assert [cut.span(each)[1] for each in range(cut.framed)][: len(before)] == before
        assert cut.framed - len(before) <= 1
        if data[n - 1 : n + 1] == b"\r\n":
            continue  # the CR alone ended a line, and perhaps the frame
        if cut.framed > len(before) and data[ends[len(before) - 1] if before else 0 : n].strip(b"\r\n"):
            tail = cut.frame(cut.framed - 1)
            assert tail.complete == (whole.framing == "jsonl" and tail.text.endswith("}") and is_json(tail.text)), n


@pytest.mark.parametrize("name", DEMOS)
def test_a_recording_cut_at_any_byte_holds_its_whole_frames(name: str) -> None:
    assert_a_cut_file_holds_its_whole_frames(DEMOS[name].read_bytes()[:20_000])


@needs_shared
@pytest.mark.parametrize("name", CUT_FILES)
def test_a_shared_file_cut_at_any_byte_holds_its_whole_frames(name: str) -> None:
    assert_a_cut_file_holds_its_whole_frames((SHARED / name).read_bytes())


# -- I2: damaged --------------------------------------------------------------------------------------------------

CALL = (
    b'data: {"id":"c","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"a"}}]}\n\n'
    b'data: {"id":"c","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"x","function":{"name":"f",'
    b'"arguments":"{\\"a\\": [1,"}}]}}]}\n\n'
    b'data: {"id":"c","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"2]}"}}]}}]}\n\n'
    b'data: {"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}],"usage":{"total_tokens":3}}\n\n'
    b"data: [DONE]\n\n"
)
STAGE = (
    b'id: a-chunk-0\nevent: tool_completion_chunk\ndata: {"stage_id":"a","tool_results":{"id":"c","choices":'
    b'[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"x","function":{"name":"f","arguments":"{}"}}]}}]}}\n\n'
    b'id: 0\nevent: tool_summary\ndata: {"stage_id":"a","tool_summary":{"x":"sunny"}}\n\n'
    b'id: a-chunk-integ-0\nevent: tool_completion_chunk\ndata: {"stage_id":"a","tool_results":{"id":"c","choices":'
    b'[{"index":0,"delta":{"content":"It is sunny"}}]}}\n\n'
    b'id: 1\nevent: done\ndata: {"stage_id":"a"}\n\n'
)
AGENT = (
    b'data: {"object":"thread.message.delta","choices":[{"index":0,"delta":{"role":"system","metadata":{"status":'
    b'"tool_call_detected","tools":["{\\"name\\": \\"f\\", \\"arguments\\": \\"{\'a\': None}\\"}"]}}}]}\n\n'
    b'data: {"object":"thread.message.delta","choices":[{"index":0,"delta":{"content":"b"},"finish_reason":"stop"}]}'
    b"\n\n"
)
LINES = b"\n".join(each[6:] for each in CALL.split(b"\n\n"))
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
SAMPLES = [
    CALL,
    STAGE,
    AGENT,
    LINES,
    HEAD + CALL,
    CALL.replace(b"\n", b"\r\n"),
    b'{"error": {"message": "no", "code": 1}}',
]

# Where, how many bytes go, and what comes in their place.
DAMAGE = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 12),
        st.binary(max_size=4)
        | st.sampled_from(
            [b"null", b"-1", b"1e999", b"[]", b"{}", b'""', b"\\ud800", b"\n\n", b"\r", b'"', b"true", b"9" * 30]
        ),
    ),
    min_size=1,
    max_size=6,
)


def damaged(data: bytes, damage: list[tuple[float, int, bytes]]) -> bytes:
    for where, gone, put in damage:
        at = int(where * len(data))
        data = data[:at] + put + data[at + gone :]
    return data


def assert_it_opens(data: bytes) -> None:
    transcript, lines = all_said(data)
    assert tiles(transcript, len(data))
    assert transcript.decoded == transcript.framed
    assert not any("Traceback" in line for line in lines), "a dialect failed"


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(SAMPLES), DAMAGE)
def test_a_damaged_stream_opens_and_exports(sample: bytes, damage: list[tuple[float, int, bytes]]) -> None:
    assert_it_opens(damaged(sample, damage))


@cache
def samples() -> list[Path]:
    """Small files of every kind; the list is the same each time, so that a failing example can be had again."""
    found = [path for folder in ("corpus", "captures", "stages") for path in sorted((SHARED / folder).glob("*.*"))]
    recorded = [path for path in found if path.suffix in (".sse", ".jsonl", ".headers")]
    return [path for path in recorded if path.stat().st_size < 12_000][::5]


@needs_shared
@settings(max_examples=500, deadline=None)
@given(st.integers(0), DAMAGE)
def test_a_damaged_shared_file_opens_and_exports(which: int, damage: list[tuple[float, int, bytes]]) -> None:
    chosen = samples()
    assert_it_opens(damaged(chosen[which % len(chosen)].read_bytes(), damage))
