"""Where one completion ends and another begins, and which stage a frame belongs to."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from inspector import kinds
from inspector.transcript import Transcript
from tests.dialects.reading import Reading, calls, chunk, fragment, named, sse, text

DONE = "[DONE]"
FIRST = chunk({"role": "assistant", "content": ""}, id="A")
STOP = chunk(finish="stop", id="A")
USAGE: dict[str, Any] = {"id": "A", "choices": [], "usage": {"total_tokens": 3}}


class Case(NamedTuple):
    """Some payloads, and the content of choice 0 of each stage in the end."""

    payloads: list[Any]
    contents: list[str]


CASES = {
    "a chunk after [DONE] begins another": Case([text("a"), DONE, text("b"), DONE], ["a", "b"]),
    "a chunk after [DONE] with the same id begins another": Case(
        [text("a", id="A"), DONE, text("b", id="A")], ["a", "b"]
    ),
    "a second [DONE] begins nothing": Case([text("a"), DONE, DONE], ["a"]),
    "a chunk with another id after the finish reason begins another": Case(
        [text("a", id="A"), STOP, text("b", id="B")], ["a", "b"]
    ),
    "a role after the finish reason begins another where ids are missing": Case(
        [text("a"), chunk(finish="stop"), chunk({"role": "assistant", "content": "b"})], ["a", "b"]
    ),
    "a role under the same id after the finish reason begins nothing": Case(
        [text("a", id="A"), STOP, chunk({"role": "assistant", "content": "b"}, id="A")], ["ab"]
    ),
    "text under the same id after the finish reason belongs to it": Case(
        [text("a", id="A"), STOP, text("b", id="A")], ["ab"]
    ),
    "text without any id after the finish reason belongs to it": Case(
        [text("a"), chunk(finish="stop"), text("b")], ["ab"]
    ),
    "usage after the finish reason belongs to it": Case([text("a", id="A"), STOP, USAGE], ["a"]),
    "usage under another id belongs to it": Case([text("a", id="A"), STOP, USAGE | {"id": "B"}], ["a"]),
    "usage between two begins nothing": Case([text("a", id="A"), STOP, USAGE, text("b", id="B")], ["a", "b"]),
    "an id that changes midway begins nothing": Case(
        [text("a", id="A"), text("b", id="B"), text("c", id="C")], ["abc"]
    ),
    "an id that changes with the finish reason begins nothing": Case(
        [text("a", id="A"), chunk(finish="stop", id="B")], ["a"]
    ),
    "a model that changes midway begins nothing": Case([text("a", model="m"), text("b", model="n")], ["ab"]),
    "a role that is repeated begins nothing": Case(
        [chunk({"role": "assistant", "content": "a"}), chunk({"role": "assistant", "content": "b"})], ["ab"]
    ),
    "another id while a choice is open begins nothing": Case(
        [chunk({"content": "a"}, finish="stop", id="A"), chunk({"content": "x"}, choice=1, id="A"), text("b", id="B")],
        ["ab"],
    ),
    "a role after an error begins another": Case(
        [text("a", id="A"), {"error": "no"}, chunk({"role": "assistant", "content": "b"}, id="B")], ["a", "b"]
    ),
    "text under the same id after an error belongs to it": Case(
        [text("a", id="A"), {"id": "A", "error": "no"}, text("b", id="A")], ["ab"]
    ),
    "two requests of an agent's run are two stages": Case(
        [
            FIRST,
            calls(fragment(0, "c", "f", "{}"), id="A"),
            chunk(finish="tool_calls", id="A"),
            DONE,
            text("b", id="B"),
            DONE,
        ],
        ["", "b"],
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_completion_is_a_stage_however_its_server_numbers_chunks(case: Case) -> None:
    states = Reading(sse(*case.payloads)).states()
    assert [state["choices"][0]["content"] for state in states] == case.contents
    assert [state["stage"] for state in states] == [f"s{number}" for number in range(1, len(states) + 1)]


def test_every_stage_ends_once_and_the_one_before_ends_when_the_next_begins() -> None:
    reading = Reading(sse(text("a", id="A"), STOP, text("b", id="B"), chunk(finish="stop", id="B")))
    ends = [
        (each["frame"], each["stage"], each["type"]) for each in reading.events if each["type"].startswith("stage.")
    ]
    assert ends == [(2, "s1", "stage.done"), (3, "s2", "stage.done")]


def test_decoding_on_after_the_end_tells_nothing_more() -> None:
    reading = Reading(sse(text("a", id="A"), STOP, text("b", id="B")))
    before = reading.states(), reading.events
    assert [state["phase"] for state in reading.states()] == ["done", "cut"]
    reading.transcript.decode(1)
    assert (reading.states(), reading.events) == before


def test_a_frame_belongs_to_the_stage_that_was_spoken_of_last() -> None:
    reading = Reading(b": hello\n\n" + sse(text("a"), DONE) + b": wait\n\n" + sse(text("b")) + b": bye\n\n")
    stages = [reading.transcript.stage_at(n) for n in range(reading.last + 1)]
    assert [stage and stage.key for stage in stages] == [None, "s1", "s1", "s1", "s2", "s2"]


def test_stages_without_and_with_ids_stand_beside_each_other() -> None:
    reading = Reading(
        named(
            ("", "chat_completion_chunk", {"stage_id": "S", "chunk": text("a")}),
            ("", "chat_completion_chunk", {"chunk": text("b")}),
            ("", "done", {"stage_id": "S"}),
        )
    )
    assert [(state["stage"], state["phase"]) for state in reading.states()] == [("S", "done"), ("s2", "cut")]


KINDS = {
    "a comment": (b": hi\n\n", kinds.SILENT),
    "a role": (sse(FIRST), kinds.CHUNK),
    "text": (sse(text("Hi", id="A")), kinds.TEXT),
    "reasoning": (sse(chunk({"reasoning": "Hm."}, id="A")), kinds.REASONING),
    "a call": (sse(calls(fragment(0, "c", "f", ""), id="A")), kinds.CALL),
    "text beside a call": (sse(chunk({"content": "x", "tool_calls": [fragment(0)]}, id="A")), kinds.CALL),
    "junk": (sse("junk"), kinds.UNDECODED),
    "a finish reason": (sse(STOP), kinds.FINISH),
    "usage": (sse(USAGE), kinds.USAGE),
    "[DONE]": (sse(DONE), kinds.END),
    "an error": (sse({"error": "no"}), kinds.ERROR),
}


def test_the_kind_of_a_frame_is_the_most_telling_thing_in_it() -> None:
    reading = Reading(b"".join(data for data, _ in KINDS.values()))
    assert list(reading.transcript.kinds) == [kind for _, kind in KINDS.values()]


def test_boundaries_are_the_frames_in_which_a_stage_a_phase_a_call_or_a_result_begins() -> None:
    summary = {"stage_id": "S", "tool_summary": {"c": "1", "d": "2"}}
    tool = [
        fragment(0, "c", "f", ""),
        fragment(0, arguments="{}"),
        fragment(1, "d", "g", ""),
        fragment(1, arguments="{}"),
    ]
    frames = [("", "tool_completion_chunk", {"stage_id": "S", "chunk": calls(each)}) for each in tool]
    texts = [("S-chunk-integ-1", "tool_completion_chunk", {"stage_id": "S", "chunk": text(each)}) for each in "ab"]
    reading = Reading(named(*frames, ("", "tool_summary", summary), *texts, ("", "done", {"stage_id": "S"})))
    assert list(reading.transcript.boundaries) == [0, 2, 4, 5, 7]


def test_the_plain_form_of_a_stage_is_known_by_an_end_far_behind_its_first_frames() -> None:
    chunk = b'data: {"choices":[{"index":0,"delta":{"content":"a"}}]}\n\n'
    data = chunk * 700 + b'data: {"content": "So it is."}\n\nevent: done\ndata: {}\n\n'
    transcript = Transcript(lambda start, end: data[start:end])
    for at in range(0, len(data), 5000):  # as it comes, decoded meanwhile
        transcript.feed(data[at : at + 5000])
        transcript.decode_all()
    transcript.finish()
    transcript.decode_all()
    assert transcript.dialect == "stage"
    assert [(stage.phase.last, stage.synthesis.text) for stage in transcript.stages] == [("done", "So it is.")]
