"""Strategies for streams of every dialect, sound and unsound; knows the shapes of chunks and nothing of the engine."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.dialects.reading import chunk, named

Frame = tuple[str, str, Any]

WORDS = st.sampled_from(["Hi", " you", "é", "😀", "\u2028", "\n", '{"a"', ": 1", "}", "\\", '"', "\ud83d", "x" * 40])
TEXT = st.lists(WORDS, max_size=3).map("".join)
IDS = st.sampled_from([None, "", "a", "b", "c"])
CHOICES = st.sampled_from([0, 0, 0, 0, 1, None])


def _without_nones(**fields: Any) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value is not None}


FUNCTIONS = st.builds(_without_nones, name=st.sampled_from([None, None, "", "f", "g"]), arguments=st.none() | TEXT)
FRAGMENTS = st.builds(_without_nones, index=st.sampled_from([None, 0, 0, 1, 2]), id=IDS, function=st.none() | FUNCTIONS)
DELTAS = st.fixed_dictionaries(
    {},
    optional={
        "role": st.sampled_from(["assistant", None]),
        "content": st.none() | TEXT | st.just([{"type": "text", "text": "Hi"}]),
        "reasoning": TEXT,
        "reasoning_content": TEXT,
        "refusal": TEXT,
        "tool_calls": st.none() | st.lists(FRAGMENTS, max_size=2),
    },
)
ONE_FIELD = st.one_of(
    TEXT.map(lambda text: {"content": text}), FRAGMENTS.map(lambda each: {"tool_calls": [each]}), DELTAS
)
MORE = st.fixed_dictionaries(
    {},
    optional={
        "id": st.sampled_from(["A", "B"]),
        "model": st.sampled_from(["m", "n", None]),
        "usage": st.sampled_from([None, {"total_tokens": 1}, {"total_tokens": 2}]),
    },
)
FINISHES = st.sampled_from([None] * 8 + ["stop", "tool_calls"])


def _chunk(delta: Any, choice: int | None, finish: str | None, more: dict[str, Any]) -> dict[str, Any]:
    return chunk(delta, choice=choice, finish=finish, **more)


CHUNKS = st.builds(_chunk, ONE_FIELD, CHOICES, FINISHES, MORE)
JUNK = st.sampled_from(["junk", "[1]", "{", "", '{"choices": 3}', "null"])
PAYLOADS = st.one_of(
    CHUNKS, CHUNKS, CHUNKS, CHUNKS, JUNK, st.sampled_from(["[DONE]", {"error": "no"}, {"choices": []}])
)
PLAIN = PAYLOADS.map(lambda payload: ("", "", payload))

STAGE_IDS = st.sampled_from(["S", "S", "T", ""])
RESULTS = st.dictionaries(st.sampled_from("abc"), TEXT, max_size=2)


def _envelope(event: str, stage: str, key: str, body: Any, part: str) -> Frame:
    return f"{stage}-chunk-{part}1", event, {"stage_id": stage} | ({key: body} if key else {})


ENVELOPES = st.one_of(
    st.builds(
        _envelope,
        st.sampled_from(["chat_completion_chunk", "tool_completion_chunk"]),
        STAGE_IDS,
        st.sampled_from(["chunk", "tool_results"]),
        CHUNKS,
        st.sampled_from(["", "", "integ-"]),
    ),
    st.builds(_envelope, st.just("tool_summary"), STAGE_IDS, st.just("tool_summary"), RESULTS, st.just("")),
    st.builds(_envelope, st.sampled_from(["done", "cancel"]), STAGE_IDS, st.just(""), st.none(), st.just("")),
    st.builds(_envelope, st.just("error"), STAGE_IDS, st.just("error"), TEXT, st.just("")),
)

STATUSES = st.sampled_from(["tool_call_detected", "tools_executed", "continuing_generation"])
TOOLS = st.lists(st.sampled_from(['{"name": "f", "arguments": "{\'a\': 1}"}', '{"name": "g"}', "junk"]), max_size=2)
NOTES = st.builds(
    lambda status, tools: ("", "", chunk({"metadata": {"status": status, "tools": tools}})), STATUSES, TOOLS
)

STREAMS = {
    "openai-chat": st.lists(PLAIN, max_size=16),
    "stage": st.lists(st.one_of(ENVELOPES, ENVELOPES, PLAIN, st.just(("", "", {"content": "Hi"}))), max_size=16),
    "agent": st.lists(st.one_of(NOTES, PLAIN), max_size=16),
}
SILENCE = st.sampled_from([b"", b"", b"", b": hi\n\n", b"event: ping\n\n", b"\n"])
RESTS = st.sampled_from([b"", b"", b"data: {", b"data: [DONE]", b": ", b"\n"])


def streams(dialect: str) -> st.SearchStrategy[bytes]:
    """Whole frames of one dialect, silent ones among them, and perhaps half a one at the end."""
    return st.builds(_join, STREAMS[dialect], st.lists(SILENCE, min_size=16, max_size=16), RESTS)


def _join(frames: list[Frame], silences: list[bytes], rest: bytes) -> bytes:
    return b"".join(named(frame) + silence for frame, silence in zip(frames, silences, strict=False)) + rest
