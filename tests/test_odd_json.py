"""Any JSON, and what is nearly JSON, is read or shown as it came, and raises nothing (RELIABILITY I5-I7)."""

from __future__ import annotations

import json

import pytest

from inspector.events import Undecoded
from tests.exporting import all_said
from tests.wire.reading import tiles

CHUNK = b'data: {"id":"c","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"a"}}]}\n\n'

# -- What a value may be: any JSON where a dialect looks for its own ------------------------------------------------

VALUES = [
    "null", "true", "0", "-1", "1e999", "-1e999", "9" * 5000, "0.1234567890123456789012345678901", '""', '"a"',
    '"\\ud800"', "[]", "[[]]", "[null]", "[{}]", "{}", '{"a":null}', '{"":{"":[]}}',
    "[" * 150 + "]" * 150, "18446744073709551616",
]  # fmt: skip
PLACES = [
    '{"id":%s,"choices":[{"index":0,"delta":{"content":"a"}}]}',
    '{"object":%s,"choices":[{"index":0,"delta":{"content":"a"}}]}',
    '{"model":%s,"choices":[{"index":0,"delta":{"content":"a"}}]}',
    '{"choices":%s}',
    '{"choices":[%s]}',
    '{"choices":[{"index":%s,"delta":{"content":"a"}}]}',
    '{"choices":[{"index":0,"delta":%s}]}',
    '{"choices":[{"index":0,"delta":{"content":%s}}]}',
    '{"choices":[{"index":0,"delta":{"role":%s}}]}',
    '{"choices":[{"index":0,"delta":{"refusal":%s}}]}',
    '{"choices":[{"index":0,"delta":{"reasoning_content":%s}}]}',
    '{"choices":[{"index":0,"delta":{"function_call":%s}}]}',
    '{"choices":[{"index":0,"delta":{"tool_calls":%s}}]}',
    '{"choices":[{"index":0,"delta":{"tool_calls":[%s]}}]}',
    '{"choices":[{"index":0,"delta":{"tool_calls":[{"index":%s}]}}]}',
    '{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":%s}]}}]}',
    '{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"type":%s,"id":"x"}]}}]}',
    '{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":%s}]}}]}',
    '{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"name":%s}}]}}]}',
    '{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"name":"f","arguments":%s}}]}}]}',
    '{"choices":[{"index":0,"delta":{},"finish_reason":%s}]}',
    '{"choices":[{"index":0,"delta":{"content":"a"},"logprobs":%s}]}',
    '{"choices":[{"index":0,"delta":{"metadata":%s}}]}',
    '{"choices":[{"index":0,"delta":{"metadata":{"status":%s}}}]}',
    '{"choices":[{"index":0,"delta":{"metadata":{"status":"tools_executed","tools":%s}}}]}',
    '{"choices":[{"index":0,"delta":{"metadata":{"status":"tools_executed","tools":[%s]}}}]}',
    '{"choices":[],"usage":%s}',
    '{"choices":[],"usage":{"total_tokens":%s}}',
    '{"choices":[],"system_fingerprint":%s,"created":%s}',
    '{"error":%s}',
    '{"error":{"message":%s,"code":%s}}',
    '{"stage_id":%s,"chunk":{"choices":[{"index":0,"delta":{"content":"a"}}]}}',
    '{"stage_id":"a","chunk":%s}',
    '{"stage_id":"a","tool_results":%s}',
    '{"stage_id":"a","tool_summary":%s}',
    '{"stage_id":"a","tool_summary":{"x":%s}}',
    '{"stage_id":"a","error":%s}',
    '{"content":%s}',
    "%s",
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_any_json_value_in_any_place_is_read(place: str) -> None:
    for value in VALUES:
        body = place.replace("%s", value).encode()
        for event in (b"", b"event: error\n", b"event: done\n", b"event: tool_summary\n"):
            data = CHUNK + event + b"data: " + body + b"\n\n" + body + b"\n"
            transcript, lines = all_said(data)
            said = "".join(lines)
            assert "Traceback" not in said, f"{value[:40]} in {place}"
            assert tiles(transcript, len(data))
        all_said(body)
        all_said(body + b"\n" + body + b"\n")


# -- I5, I6, I7: deep, long and odd JSON ----------------------------------------------------------------------------

DEEP: list[tuple[str, bytes]] = [
    ("lists", b"[" * 100_000),
    ("lists, closed", b"[" * 100_000 + b"]" * 100_000),
    ("objects", b'{"a":' * 100_000),
    ("objects, closed", b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    ("in a chunk", b'{"choices":[{"index":0,"delta":' + b"[" * 100_000 + b"]" * 100_000 + b"}]}"),
    ("not so deep", b'{"choices":' + b"[" * 900 + b"]" * 900 + b"}"),
]


@pytest.mark.parametrize("value", [pytest.param(value, id=id) for id, value in DEEP])
def test_json_that_is_too_deep_is_shown_as_it_came(value: bytes) -> None:
    transcript, _ = all_said(b"data: " + value + b"\n\n")
    (event,) = transcript.events(0)
    assert isinstance(event, Undecoded)
    assert "deeper" in event.reason or "JSON" in event.reason
    assert event.raw == value.decode()
    for data in (value, value + b"\n", value + b"\n" + value + b"\n"):
        assert tiles(all_said(data)[0], len(data))


@pytest.mark.parametrize("depth", [10, 900, 100_000])
def test_arguments_of_any_depth_are_text(depth: int) -> None:
    arguments = "[" * depth + "]" * depth
    call = {"index": 0, "id": "x", "function": {"name": "f", "arguments": arguments}}
    body = json.dumps({"choices": [{"index": 0, "delta": {"tool_calls": [call]}}]}).encode()
    transcript, lines = all_said(b"data: " + body + b"\n\ndata: [DONE]\n\n")
    state = next(json.loads(line) for line in lines if '"choices"' in line and '"phase"' in line)
    assert state["choices"][0]["tool_calls"][0]["arguments"] == arguments
    assert transcript.framed == 2


NUMBERS = [
    "9" * 5000, "-" + "9" * 5000, "18446744073709551616", "1e400", "-1e400", "NaN", "-Infinity", "-0", "-0.0", "1E5",
    "0.12345678901234567890123456789", "3.141592653589793238462643383279502884197", "1.0", "1e-400",
]  # fmt: skip


@pytest.mark.parametrize("digits", [pytest.param(number, id=number[:20]) for number in NUMBERS])
def test_a_number_keeps_its_digits_in_the_frame_and_in_arguments(digits: str) -> None:
    call = {"index": 0, "id": "x", "function": {"name": "f", "arguments": f'{{"n": {digits}}}'}}
    first = json.dumps({"choices": [{"index": 0, "delta": {"tool_calls": [call]}}]})
    second = f'{{"choices":[],"usage":{{"total_tokens":{digits}}}}}'
    transcript, lines = all_said(f"data: {first}\n\ndata: {second}\n\n".encode())
    state = next(json.loads(line) for line in lines if '"choices"' in line and '"phase"' in line)
    assert state["choices"][0]["tool_calls"][0]["arguments"] == f'{{"n": {digits}}}'
    assert transcript.frame(1).text == second


ODD: list[tuple[str, bytes]] = [
    ("trailing data", b'{"choices":[]} {"choices":[]}'),
    ("a trailing word", b'{"choices":[]} ok'),
    ("single quotes", b"{'choices':[]}"),
    ("a trailing comma", b'{"choices":[],}'),
    ("a comment", b'{"choices":[] /* none */}'),
    ("no quotes", b"{choices:[]}"),
    ("a lone brace", b"{"),
    ("half a text", b'{"choices":[{"delta":{"content":"a'),
    ("a list", b"[1, 2]"),
    ("a text", b'"choices"'),
    ("a word", b"oops"),
    ("a NUL", b"\0"),
    ("UTF-16", '{"choices":[]}'.encode("utf-16")[:-1].replace(b"\n", b"")),
]


@pytest.mark.parametrize("value", [pytest.param(value, id=id) for id, value in ODD])
def test_what_is_no_chunk_is_undecoded_with_its_text(value: bytes) -> None:
    transcript, lines = all_said(b"data: " + value + b"\n\n" + CHUNK)
    (event,) = transcript.events(0)
    assert isinstance(event, Undecoded)
    assert event.raw == value.decode("utf-8", "replace")
    assert event.reason
    row = next(json.loads(line) for line in lines if '"undecoded"' in line)
    assert (row["frame"], row["raw"], row["reason"]) == (0, event.raw, event.reason)


def test_duplicate_keys_stay_in_the_text_of_the_frame() -> None:
    body = b'{"choices":[{"index":0,"delta":{"content":"a","content":"b"}}]}'
    transcript, _ = all_said(b"data: " + body + b"\n\n")
    assert transcript.frame(0).data == body
