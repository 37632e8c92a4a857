"""What one frame says when it is not one whole chunk: junk, half, several at once, broken, or no frame at all."""

from __future__ import annotations

import json
from typing import Any

import pytest

from inspector.dialects.dialect import Dialect
from inspector.dialects.openai_chat import recognise
from inspector.events import Event, Undecoded
from tests.dialects.reading import Json, Reading, chunk, named, sse, text

HI = json.dumps(text("Hi"))


def deep(levels: int) -> str:
    return '{"choices": ' + "[" * levels + "]" * levels + "}"


UNDECODED = {
    "no JSON": ("OPENROUTER PROCESSING", "not JSON"),
    "a comment that a proxy wrapped": (": keep-alive", "not JSON"),
    "half a chunk": (HI[:40], "not JSON"),
    "a list": ("[1, 2]", "no object"),
    "a number": ("7", "no object"),
    "a text": ('"hi"', "no object"),
    "null": ("null", "no object"),
    "[DONE] in other letters": ("[done]", "not JSON"),
    "JSON that nests without end": (deep(10_000), "deeper than 200"),
    "JSON that nests just too deep": (deep(250), "deeper than 200"),
    "a page": ("<html>502</html>", "not JSON"),
}


@pytest.mark.parametrize(("payload", "reason"), UNDECODED.values(), ids=UNDECODED)
def test_a_frame_that_is_no_chunk_is_shown_with_its_text_and_harms_nothing(payload: str, reason: str) -> None:
    reading = Reading(sse(text("Hi"), payload, text(" you"), chunk(finish="stop")))
    (event,) = reading.said("undecoded")
    assert reason in event["reason"]
    assert (event["frame"], event["stage"], event["raw"]) == (1, "s1", payload)
    assert (reading.state["choices"][0]["content"], reading.state["phase"]) == ("Hi you", "done")


def test_an_undecoded_frame_before_any_stage_belongs_to_none() -> None:
    (event,) = Reading(sse("junk", text("Hi"))).said("undecoded")
    assert event["stage"] is None


REPAIRED = {
    "a raw tab in a text": (b'{"choices":[{"delta":{"content":"a\tb"}}]}', "a\tb", "characters"),
    "a raw line end in a text": (b'{"choices":[{"delta":{"content":"a\ndata: b"}}]}', "a\nb", "U+2028"),
    "a lone surrogate": (rb'{"choices":[{"delta":{"content":"a\ud83db"}}]}', "a\ud83db", "characters"),
    "bad UTF-8": (b'{"choices":[{"delta":{"content":"a\xffb"}}]}', "a�b", "bad UTF-8"),
}


@pytest.mark.parametrize(("payload", "content", "reason"), REPAIRED.values(), ids=REPAIRED)
def test_what_strict_json_refuses_is_read_and_marked_as_repaired(payload: bytes, content: str, reason: str) -> None:
    reading = Reading(b"data: " + payload + b"\n\n" + sse(chunk(finish="stop")))
    assert reading.state["choices"][0]["content"] == content
    first, second = reading.said("chunk")
    assert reason in first["repaired"]
    assert "repaired" not in second


def test_a_surrogate_pair_cut_over_two_chunks_stays_two_halves_in_both_texts() -> None:
    halves = [rb'{"choices":[{"delta":{"content":"\ud83d"}}]}', rb'{"choices":[{"delta":{"content":"\ude00"}}]}']
    state = Reading(b"".join(b"data: " + half + b"\n\n" for half in halves)).state
    assert state["choices"][0]["content"].encode("utf-16", "surrogatepass").decode("utf-16") == "😀"


def test_several_chunks_that_a_server_ended_with_one_line_end_are_all_read() -> None:
    lines = [HI, json.dumps(text(" you")), json.dumps(chunk(finish="stop")), "[DONE]"]
    for ending in ("\n", "\n\n", ""):
        reading = Reading("".join(f"data: {line}\n" for line in lines)[:-1].encode() + ending.encode())
        assert reading.transcript.dialect == "openai-chat"
        assert reading.state["choices"][0]["content"] == "Hi you"
        assert reading.said("chunk")[0]["repaired"] == "one of several chunks in one frame"
    assert reading.transcript.framed == 1


def test_a_log_of_one_line_end_a_chunk_is_known_by_its_beginning_however_long_it_is() -> None:
    reading = Reading(f"data: {HI}\n".encode() * 20_000 + b"\n")
    assert (reading.transcript.framed, reading.transcript.dialect) == (1, "openai-chat")
    assert reading.state["choices"][0]["content"] == "Hi" * 20_000


def test_a_junk_line_among_several_chunks_is_shown() -> None:
    reading = Reading(f"data: {HI}\ndata: junk\ndata: {HI}\n\n".encode())
    assert [each["raw"] for each in reading.said("undecoded")] == ["junk"]
    assert reading.state["choices"][0]["content"] == "HiHi"


def test_several_lines_of_junk_are_shown_as_one() -> None:
    reading = Reading(sse(text("Hi")) + b"data: junk\ndata: more\n\n")
    assert [each["raw"] for each in reading.said("undecoded")] == ["junk\nmore"]


def test_of_several_chunks_in_one_frame_only_the_line_that_the_end_cuts_is_lost() -> None:
    reading = Reading(f"data: {HI}\ndata: {HI}\ndata: {HI[:30]}".encode())
    assert reading.state["choices"][0]["content"] == "HiHi"
    (event,) = reading.said("undecoded")
    assert (event["reason"], event["raw"]) == ("the input ends inside this line", f"data: {HI[:30]}")


def test_two_completions_in_one_frame_are_two_stages_with_a_completion_each() -> None:
    bodies = [text("a", id="A"), chunk(finish="stop", id="A"), chunk({"role": "assistant", "content": "b"}, id="B")]
    reading = Reading("".join(f"data: {json.dumps(body)}\n" for body in bodies).encode() + b"\n")
    found = [(each["stage"], each["completion"]["id"]) for each in reading.completions()]
    assert found == [("s1", "A"), ("s2", "B")]
    assert [each["completion"]["choices"][0]["message"]["content"] for each in reading.completions()] == ["a", "b"]


CUT = {
    "inside a chunk": (f"data: {HI[:30]}", f"data: {HI[:30]}"),
    "before the empty line": (f"data: {HI}\n", f"data: {HI}\n"),
    "inside a field name": ("da", "da"),
    "inside a character": (b"data: \xf0\x9f", "data: �"),
}


@pytest.mark.parametrize(("rest", "raw"), CUT.values(), ids=CUT)
def test_half_a_frame_at_the_end_is_shown_and_says_nothing(rest: str | bytes, raw: str) -> None:
    reading = Reading(sse(text("Hi")) + (rest if isinstance(rest, bytes) else rest.encode()))
    (event,) = reading.said("undecoded")
    assert (event["raw"], event["frame"]) == (raw, 1)
    assert (reading.state["choices"][0]["content"], reading.state["phase"]) == ("Hi", "cut")


NO_STREAM: dict[str, tuple[bytes, str, str | None]] = {
    "an OpenAI error body": (b'{"error": {"message": "no such model"}}', "error", "no such model"),
    "a FastAPI error body": (b'{"detail": "Not Found"}', "error", "Not Found"),
    "a completion that was not streamed": (b'{"object": "chat.completion", "choices": []}', "error", "not a stream"),
    "a page": (b"<!DOCTYPE html>\n<html><body>502</body></html>", "error", "HTML"),
    "plain text": (b"Internal Server Error", "cut", None),
    "nothing": (b"", "cut", None),
    "white space": (b"\n\n  \n", "cut", None),
    "an HTTP head that failed": (b"HTTP/1.1 503 Service Unavailable\r\n\r\n", "error", "503"),
    "an HTTP head that failed, and a body": (
        b'HTTP/1.1 404 Not Found\r\n\r\n{"error": {"message": "no such model"}}',
        "error",
        "no such model",
    ),
    "an HTTP head that is good": (b"HTTP/1.1 200 OK\r\n\r\n", "cut", None),
}


@pytest.mark.parametrize(("data", "phase", "error"), NO_STREAM.values(), ids=NO_STREAM)
def test_what_is_no_stream_at_all_has_one_line_of_state(data: bytes, phase: str, error: str | None) -> None:
    reading = Reading(data)
    (state,) = reading.states()
    assert (state["stage"], state["phase"], state["choices"]) == ("s1", phase, [])
    assert (state["error"] or "").find(error or "") >= 0
    assert (state["error"] is None) == (error is None)
    assert reading.completions() == []


def test_a_dialect_that_fails_shows_its_failure_and_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(body: Json, event: str, id: str) -> list[Event]:
        return [Undecoded("read", "")] if "choices" in body else [body["no such key"]]

    broken = Dialect("broken", "for this test", recognise, read)
    monkeypatch.setattr("inspector.dialects.registry.DIALECTS", (broken,))
    reading = Reading(sse({"x": 1}, text("Hi")), dialect="broken")
    first, second = reading.said("undecoded")
    assert "the dialect broken failed" in first["reason"]
    assert "KeyError: 'no such key'" in first["reason"]
    assert second["reason"] == "read"


SILENT: dict[str, bytes] = {
    "a comment": b": keep-alive\n\n",
    "an event without data": b"event: ping\n\n",
    "an id": b"id: 7\n\n",
    "an unknown field": b"foo: bar\n\n",
    "a retry": b"retry: 100\n\n",
}


@pytest.mark.parametrize("block", SILENT.values(), ids=SILENT)
def test_a_frame_without_data_says_nothing_and_ends_nothing(block: bytes) -> None:
    reading = Reading(sse(text("Hi")) + block + sse(text(" you"), "[DONE]"))
    assert reading.said("undecoded") == []
    assert [event for event in reading.events if event["frame"] == 1] == []
    assert (reading.state["choices"][0]["content"], reading.state["phase"]) == ("Hi you", "done")


NO_CHUNK: dict[str, Any] = {"an empty object": {}, "an object of something else": {"ping": 1}}


@pytest.mark.parametrize("body", NO_CHUNK.values(), ids=NO_CHUNK)
def test_an_object_that_is_no_chat_chunk_is_a_chunk_that_says_nothing(body: Json) -> None:
    reading = Reading(sse(text("Hi"), body, text(" you"), "[DONE]"))
    assert [each["type"] for each in reading.events if each["frame"] == 1] == ["chunk"]
    assert reading.state["choices"][0]["content"] == "Hi you"


def test_the_data_of_a_named_event_is_read_like_any_other() -> None:
    assert (
        Reading(named(("", "message", text("Hi")), ("7", "chunk", text("!")))).state["choices"][0]["content"] == "Hi!"
    )


def test_an_event_named_error_is_one_whatever_its_data() -> None:
    (state,) = Reading(sse(text("Hi")) + b"event: error\ndata: upstream died\n\n").states()
    assert (state["phase"], state["error"]) == ("error", "upstream died")
